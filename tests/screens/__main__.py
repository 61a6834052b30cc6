"""Draws what the shipped bot says in Slack and in Teams, as PNGs beside this file: `make screens`."""

import json
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import adapters.teams
from tests.screens import slack, teams
from tests.screens.talk import shipped_library

_HERE = Path(__file__).parent
_ICON = Path(adapters.teams.__file__).parent / "icons" / "color.png"
_CARDS = _HERE.parent / "golden" / "teams"


def main() -> None:
    """Draws them all, and has each golden card looked at by the renderer of Microsoft.

    Raises:
        CalledProcessError: the browser could not draw one, or a card is not as it should be.
    """
    library, encoder = shipped_library()
    _draw("draw.mjs", slack.screens(library, encoder))
    _draw("teams.mjs", teams.screens(library, encoder), str(_ICON), str(_CARDS))
    print(f"Drawn into {_HERE.name}:", ", ".join(sorted(picture.name for picture in _HERE.glob("*.png"))))


def _draw(script: str, screens: Iterable[dict[str, Any]], *further: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(list(screens), file)
        file.flush()
        subprocess.run(["node", str(_HERE / script), file.name, str(_HERE), *further], check=True)


if __name__ == "__main__":
    main()
