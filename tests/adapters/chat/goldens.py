"""What is sent to a platform as it was when somebody last looked at it: tests/golden/PLATFORM/NAME.json."""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "golden"
REMAKE = "REMAKE_GOLDEN"  # set in the environment, the files are written anew, to be looked at and kept


def agrees(platform: str, name: str, shape: Any) -> None:
    """Compares a shape with what is kept under this name."""
    file = FOLDER / platform / f"{name}.json"
    if os.environ.get(REMAKE):
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(shape, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(file.read_text(encoding="utf-8")) == shape, f"{file.name} is another; {REMAKE}=1 writes it anew"
