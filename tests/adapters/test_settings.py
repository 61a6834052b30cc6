"""What the environment and `.env` may set."""

from pathlib import Path

import pytest

from adapters.settings import Settings, from_environment

NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set, and there is no `.env` where we stand."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default() -> None:
    settings = from_environment()

    assert settings.society is None
    assert settings.embeddings == "minilm"
    assert settings.policy_folders == []
    assert settings.data == Path.home() / ".chapter-and-verse"


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOCIETY", "icis")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("POLICY_DIR", str(tmp_path / "more"))
    monkeypatch.setenv("EMBEDDINGS", "none")

    settings = from_environment()

    assert settings.society == "icis"
    assert settings.data == tmp_path / "kept"
    assert settings.policy_folders == [tmp_path / "more"]
    assert settings.embeddings == "none"


def test_the_policies_in_the_data_folder_are_read_once_they_are_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "policies").mkdir()

    assert from_environment().policy_folders == [tmp_path / "policies"]
    monkeypatch.setenv("POLICY_DIR", str(tmp_path / "more"))
    assert from_environment().policy_folders == [tmp_path / "more", tmp_path / "policies"]
    monkeypatch.setenv("POLICY_DIR", str(tmp_path / "policies"))
    assert from_environment().policy_folders == [tmp_path / "policies"]


def test_a_file_beside_us_sets(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ours\nSOCIETY=icis\nDATA_DIR='with space'\n", encoding="utf-8")

    settings = from_environment()

    assert settings.society == "icis"
    assert settings.data == Path("with space")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SOCIETY=icis\n", encoding="utf-8")
    monkeypatch.setenv("SOCIETY", "ipem")

    assert from_environment().society == "ipem"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_setting_is_none_at_all(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")

    assert from_environment() == Settings()


def test_settings_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SOMETHING_ELSE=1\nPATH_TO_NOWHERE=2\n", encoding="utf-8")

    assert from_environment().embeddings == "minilm"


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "~/kept")
    monkeypatch.setenv("POLICY_DIR", "~/more")

    settings = from_environment()

    assert settings.data == Path.home() / "kept"
    assert settings.policy_folders == [Path.home() / "more"]


def test_settings_are_read_once_and_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        from_environment().society = "icis"  # type: ignore[misc]  # the very thing that is refused


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())
