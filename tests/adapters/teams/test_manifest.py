"""What is uploaded to Teams is as its schema asks, offers what the bot hears, and carries icons as Teams wants them."""

import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from adapters.chat.introducing import Introduction
from adapters.command import main
from adapters.teams.manifest import CAN_I_RETWEET, CHECK_POST, REFER_TO_OFFICE, NoPackage, manifest, package
from tests.adapters.teams.manifest_schema import manifest_problems

APP, SITE = "11111111-2222-3333-4444-555555555555", "https://society.example"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """What is in the package, by name."""
    with zipfile.ZipFile(io.BytesIO(package(APP, SITE))) as held:
        return {name: held.read(name) for name in held.namelist()}


def test_it_is_as_the_schema_of_teams_asks() -> None:
    assert manifest_problems(manifest(APP, SITE)) == []


@pytest.mark.parametrize(
    ("at", "broken"),
    [
        ("/name/short", {"name": {"short": "x" * 31}}),
        ("/description/short", {"description": {"short": "x" * 81, "full": "Words"}}),
        ("/id", {"id": "my-app"}),
        ("/accentColor", {"accentColor": "blue"}),
        ("/colour", {"colour": "blue"}),
        ("/manifestVersion", {"manifestVersion": "1.19"}),
        ("/bots/0/scopes", {"bots": [{"botId": APP}]}),
        ("/bots/0/scopes/0", {"bots": [{"botId": APP, "scopes": ["channel"]}]}),
        ("/bots/0/supportsFiles", {"bots": [{"botId": APP, "scopes": [], "supportsFiles": "no"}]}),
        (
            "/composeExtensions/0/commands/0/title",
            {"composeExtensions": [{"commands": [{"id": "a", "title": "x" * 33}]}]},
        ),
        ("/developer/privacyUrl", {"developer": {"name": "x", "websiteUrl": SITE, "termsOfUseUrl": SITE}}),
    ],
)
def test_the_schema_finds_what_is_planted(at: str, broken: dict[str, Any]) -> None:
    assert at in [found.partition(":")[0] for found in manifest_problems({**manifest(APP, SITE), **broken})]


def test_people_can_ask_everywhere_and_are_offered_the_same_questions() -> None:
    (bot,) = manifest(APP, SITE)["bots"]

    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert [one["scopes"] for one in bot["commandLists"]] == [["personal"], ["team"], ["groupChat"]]
    for offered in bot["commandLists"]:
        assert [command["prompt"] for command in offered["commands"]] == list(Introduction().prompts)
        assert {command["type"] for command in offered["commands"]} == {"prompt"}


def test_every_message_has_three_entries_in_its_menu_that_open_a_dialog() -> None:
    (offered,) = manifest(APP, SITE)["composeExtensions"]

    assert [one["id"] for one in offered["commands"]] == [CAN_I_RETWEET, CHECK_POST, REFER_TO_OFFICE]
    assert {(one["type"], tuple(one["context"]), one["fetchTask"]) for one in offered["commands"]} == {
        ("action", ("message",), True)
    }


def test_the_bot_is_the_app_that_was_registered() -> None:
    made = manifest(f" {APP.upper()} ", SITE)

    assert made["id"] == made["bots"][0]["botId"] == made["composeExtensions"][0]["botId"] == APP


@pytest.mark.parametrize("app_id", ["", "my-app", "11111111", "xoxb-1"])
def test_an_id_that_is_none_is_refused(app_id: str) -> None:
    with pytest.raises(NoPackage, match="of the form"):
        manifest(app_id, SITE)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "society.example",
        "http://society.example",
        "https://",
        "https://u:p@x.example",
        "https://x:y",
        "https://a b",
    ],
)
def test_an_address_that_teams_does_not_take_is_refused(url: str) -> None:
    with pytest.raises(NoPackage, match="begins with https://"):
        manifest(APP, url)


def test_the_package_holds_the_manifest_and_what_it_names(files: dict[str, bytes]) -> None:
    held = json.loads(files["manifest.json"])

    assert held == manifest(APP, SITE)
    assert set(files) == {"manifest.json", *held["icons"].values()}


def test_the_same_app_makes_the_same_package() -> None:
    assert package(APP, SITE) == package(APP, SITE)


def test_the_colour_icon_is_as_large_as_teams_wants_it(files: dict[str, bytes]) -> None:
    assert size_of(files["color.png"]) == (192, 192)


def test_the_outline_is_white_on_nothing(files: dict[str, bytes]) -> None:
    assert size_of(files["outline.png"]) == (32, 32)
    pixels = pixels_of(files["outline.png"])
    drawn = [pixel for pixel in pixels if pixel[3]]
    assert {pixel[:3] for pixel in drawn} == {(255, 255, 255)}
    assert 100 < len(drawn) < len(pixels) - 100


def test_the_command_writes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "app.zip"

    assert run(monkeypatch, "--id", APP, "--url", SITE, "--to", str(file)) == 0

    assert file.read_bytes() == package(APP, SITE)
    assert capsys.readouterr().out.startswith(f"Written: {file}\n")


def test_the_command_takes_the_id_from_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MICROSOFT_APP_ID", APP)
    monkeypatch.setenv("MICROSOFT_APP_TENANT_ID", "99999999-2222-3333-4444-555555555555")
    monkeypatch.setenv("MICROSOFT_APP_PASSWORD", "not-a-secret")

    assert run(monkeypatch, "--url", SITE, "--to", str(tmp_path / "app.zip")) == 0

    assert (tmp_path / "app.zip").read_bytes() == package(APP, SITE)


def test_a_changed_package_can_be_given_a_higher_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "app.zip"

    assert run(monkeypatch, "--id", APP, "--url", SITE, "--to", str(file), "--version", "1.0.1") == 0

    assert manifest(APP, SITE)["version"] == "1.0.0"
    with zipfile.ZipFile(file) as held:
        assert json.loads(held.read("manifest.json"))["version"] == "1.0.1"


@pytest.mark.parametrize(
    ("society", "office", "refer_it"),
    [("ipem", "National Office", "Refer to National Office"), ("icis", "the Society's office", None)],
)
def test_it_speaks_of_the_office_of_the_society_that_is_served(
    society: str, office: str, refer_it: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIETY", society)
    monkeypatch.delenv("POLICY_DIR", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    file = tmp_path / "app.zip"

    assert run(monkeypatch, "--id", APP, "--url", SITE, "--to", str(file)) == 0

    with zipfile.ZipFile(file) as held:
        made = json.loads(held.read("manifest.json"))
    assert manifest_problems(made) == []
    assert f"send the question on to {office}" in made["description"]["full"]
    assert made["composeExtensions"][0]["commands"][2]["title"] == (refer_it or f"Refer to {office}")
    prompts = [one["prompt"] for one in made["bots"][0]["commandLists"][0]["commands"]]
    assert prompts == list(Introduction(society).prompts)


def test_an_office_with_a_long_name_is_called_the_office_in_a_menu() -> None:
    assert Introduction("ipem", "National Office").refer_it(24)[0] == "Refer to National Office"
    assert Introduction("icis", "the Society's office").refer_it(24)[0] == "Refer to the office"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--url", SITE], "or set MICROSOFT_APP_ID"),
        (["--url", SITE, "--id", "my-app"], "of the form"),
        (["--url", "society.example", "--id", APP], "begins with https://"),
        (["--url", SITE, "--id", APP, "--to", "no/such/folder/app.zip"], "cannot be written"),
        (["--url", SITE, "--id", APP, "--version", "2"], "three numbers as in 1.0.1"),
        (["--id", APP], "Missing option '--url'. `verse manifest teams --help` tells more."),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(
    options: list[str], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MICROSOFT_APP_ID", raising=False)

    assert run(monkeypatch, *options) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def run(monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """The status of `verse manifest teams`."""
    monkeypatch.setattr(sys, "argv", ["verse", "manifest", "teams", *options])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def pixels_of(picture: bytes) -> list[tuple[int, ...]]:
    """The pixels of a PNG of 8 bits a channel with transparency, each red, green, blue and how much covers."""
    width, height = size_of(picture)
    assert picture[24:29] == bytes([8, 6, 0, 0, 0])
    rows, at = bytearray(), 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            rows += picture[at + 8 : at + 8 + length]
        at += length + 12
    filtered, before, pixels = zlib.decompress(bytes(rows)), bytearray(width * 4), list[tuple[int, ...]]()
    for number in range(height):
        start = number * (width * 4 + 1)
        before = unfiltered(filtered[start], filtered[start + 1 : start + 1 + width * 4], before)
        pixels += [tuple(before[one : one + 4]) for one in range(0, width * 4, 4)]
    return pixels


def unfiltered(kind: int, row: bytes, above: bytearray) -> bytearray:
    """A row as it is drawn, from how it is written (PNG, section 9)."""
    made = bytearray()
    for place, value in enumerate(row):
        left = made[place - 4] if place >= 4 else 0
        corner = above[place - 4] if place >= 4 else 0
        near = min((left, above[place], corner), key=lambda one: abs(left + above[place] - corner - one))
        guess = (0, left, above[place], (left + above[place]) // 2, near)[kind]
        made.append((value + guess) % 256)
    return made
