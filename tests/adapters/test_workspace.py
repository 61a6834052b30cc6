"""A workspace belongs to one society; what its office has decided is known before an index is open."""

from pathlib import Path

import pytest

from adapters.settings import Settings, SettingsError
from adapters.workspace import Workspace, society_of, workspace_of
from bot.people import Standing
from tests.conftest import SAMPLE


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """The choir's workspace, with an office of its own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("POLICY_DIR", str(SAMPLE))
    monkeypatch.setenv("SOCIETY", "larks")
    return Settings()


def test_desks_and_open_channels_are_those_of_the_platform(settings: Settings) -> None:
    (settings.data / "office.toml").write_text(
        """
        [society.larks]
        desk = "slack:C0DESK1"
        open_channels = ["slack:C0OPEN1"]
        [society.oars]
        desk = "console:desk"
        open_channels = ["slack:C0OPEN2"]
        """,
        encoding="utf-8",
    )

    found = workspace_of(settings, "slack")

    assert found == Workspace("larks", frozenset({"slack:C0DESK1"}), frozenset({"slack:C0OPEN1"}))


@pytest.mark.parametrize(
    ("decided", "admitted"),
    [
        ("", set()),
        ("guests = true", {Standing.GUEST}),
        ("other_organisations = true", {Standing.OUTSIDER}),
    ],
)
def test_who_is_admitted_besides_members_is_what_the_office_decided(
    settings: Settings, decided: str, admitted: set[Standing]
) -> None:
    (settings.data / "office.toml").write_text(f"[society.larks]\n{decided}\n", encoding="utf-8")

    assert workspace_of(settings, "slack").admitted == admitted


def test_an_office_that_decided_nothing_has_neither(settings: Settings) -> None:
    assert workspace_of(settings, "slack") == Workspace("larks", frozenset(), frozenset())


def test_an_office_file_that_cannot_be_read_is_refused(settings: Settings) -> None:
    (settings.data / "office.toml").write_text("desk = [", encoding="utf-8")

    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        workspace_of(settings, "slack")


def test_the_only_society_that_is_held_need_not_be_named() -> None:
    assert society_of(Settings(society=None), ["larks", "larks"]) == "larks"


def test_where_several_are_held_one_must_be_named() -> None:
    with pytest.raises(SettingsError, match=r"SOCIETY does not say for which; set it to larks or oars$"):
        society_of(Settings(society=None), ["oars", "larks"])


def test_one_that_is_not_held_is_refused() -> None:
    with pytest.raises(SettingsError, match="no policy of 'wrens' is held; mend SOCIETY: held are larks, oars"):
        society_of(Settings(society="wrens"), ["larks", "oars"])
