"""What the README tells a person to type is really run, and everything that there is to know of is named in it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.command import app
from adapters.manifests import manifest_app
from adapters.policies import policies_app
from adapters.settings import Settings
from adapters.slack.manifest import scopes
from knowledge.library import Library
from tests.conftest import KEPT

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
LINES = [line.strip().removeprefix("$ ") for block in BLOCKS for line in block.replace("\\\n", " ").splitlines()]
VERSE = re.compile(r"(?:^|[|;&] *|^(?:[A-Z_]+=\S+ +)+)(?:\.venv/bin/)?verse\b")
COMMANDS = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]
FURTHER = [command.name or getattr(command.callback, "__name__", "") for command in policies_app.registered_commands]
MANIFESTS = [command.name or getattr(command.callback, "__name__", "") for command in manifest_app.registered_commands]


@pytest.mark.parametrize("line", [line for line in LINES if VERSE.search(line)])
def test_a_line_with_verse_runs(line: str, library: Library, warm_verse: Path, tmp_path: Path) -> None:
    binaries = Path(sys.executable).parent
    environment = {
        "PATH": f"{warm_verse}{os.pathsep}{binaries}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "DATA_DIR": str(KEPT),
        "DATABASE_URL": f"sqlite:///{tmp_path}/verse.db",
    }
    done = subprocess.run(
        ["sh", "-c", line.replace(".venv/bin/verse", "verse")],
        input=b"quit\n",
        capture_output=True,
        cwd=ROOT,
        env=environment,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.strip()


@pytest.mark.parametrize("line", [line for line in LINES if re.match(r"(?:[A-Z_]+=\S+ +)*make\b", line)])
def test_a_line_with_make_names_targets_that_exist(line: str) -> None:
    words = re.sub(r"\w+=(?:\"[^\"]*\"|'[^']*'|\S*)|#.*", "", line).split()
    targets = [word for word in words[words.index("make") + 1 :] if not word.startswith("-")]

    assert targets
    assert [target for target in targets if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)] == []


@pytest.mark.parametrize("target", ["make ask", "make test"])
def test_two_commands_do_everything_on_a_fresh_machine(target: str) -> None:
    assert any(line.startswith(target) for line in LINES)


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_named(name: str) -> None:
    assert re.search(rf"`{name}[`=]", README)


@pytest.mark.parametrize("name", [*COMMANDS, *(f"policies {name}" for name in FURTHER)])
def test_every_command_is_named(name: str) -> None:
    words = name.split()
    told = rf"verse {words[0]}\b" if len(words) == 1 else rf"verse policies\b[^\n]*\b{words[1]}\b"

    assert re.search(told, README)


@pytest.mark.parametrize("platform", MANIFESTS)
def test_every_manifest_is_named(platform: str) -> None:
    assert f"verse manifest {platform}" in README


@pytest.mark.parametrize("scope", scopes())
def test_every_scope_that_slack_is_asked_for_is_named_with_its_use(scope: str) -> None:
    assert f"`{scope}`" in README
