"""What the office decides is read from one file, and a faulty one is told of."""

from pathlib import Path

import pytest

from adapters.office import Office, office_of
from adapters.settings import Settings, SettingsError


def test_without_a_file_nothing_is_decided(tmp_path: Path) -> None:
    assert office_of(Settings(data_dir=tmp_path)) == Office()


def test_names_to_hide_are_read(tmp_path: Path) -> None:
    (tmp_path / "office.toml").write_text('hide_names = ["Ann Example", "Bo Example"]\n', encoding="utf-8")

    assert office_of(Settings(data_dir=tmp_path)).hide_names == ("Ann Example", "Bo Example")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hide_names = [", "cannot be read as TOML"),
        ("hide_name = []", "'hide_name': "),
        ("hide_names = 3", "'hide_names': "),
        ("\udcff", "cannot be read as TOML"),
    ],
)
def test_a_faulty_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "office.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(SettingsError) as refused:
        office_of(Settings(data_dir=tmp_path))

    assert str(file) in str(refused.value)
    assert told in str(refused.value)
