"""What the office decides, from `office.toml` in the data folder."""

import tomllib

from pydantic import BaseModel, ConfigDict, ValidationError

from adapters.settings import Settings, SettingsError


class Office(BaseModel):
    """`hide_names` are people's, in full: no answer shows them, whatever text they stand in.

    A name of one word is hidden only after a title ("Dr Example"), since many are ordinary words as well.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    hide_names: tuple[str, ...] = ()


def office_of(settings: Settings) -> Office:
    """What is decided in the data folder; the defaults where nothing is.

    Raises:
        SettingsError: the file cannot be used.
    """
    file = settings.data / "office.toml"
    try:
        return Office.model_validate(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        return Office()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as TOML ({error}); mend it or move it away") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"{file}: '{first['loc'][0]}': {first['msg']}; known are: hide_names") from error
