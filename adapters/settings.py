"""The only file that reads the environment, and `.env` beside where the command is run."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting that cannot be used: which, and what to do."""


class Settings(BaseSettings):
    """What the environment may set, with its defaults. `verse doctor` lists it."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    society: str | None = Field(
        default=None, description="the society whose policy applies where a question names none"
    )
    data_dir: Path = Field(
        default=Path("~/.chapter-and-verse"), description="the folder for the index and all that is kept"
    )
    policy_dir: Path | None = Field(default=None, description="a folder with further policies, one Markdown file each")
    embeddings: str = Field(
        default="minilm", description="minilm, none (words alone), or PROVIDER:MODEL of any LangChain embedding model"
    )

    @property
    def data(self) -> Path:
        return self.data_dir.expanduser()

    @property
    def own_policies(self) -> Path:
        """Where a policy that is made here is written."""
        return self.policy_dir.expanduser() if self.policy_dir else self.data / "policies"

    @property
    def policy_folders(self) -> list[Path]:
        """Folders with further policies: the one that is set, and the one in the data folder once it is there."""
        named = [self.policy_dir.expanduser()] if self.policy_dir else []
        made = self.data / "policies"
        return [*named, made] if made.is_dir() and made not in named else named


def from_environment() -> Settings:
    """The settings as they are now.

    Raises:
        SettingsError: one of them cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"the setting {str(first['loc'][0]).upper()} cannot be used: {first['msg']}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read as UTF-8 text ({error}); mend it or move it away") from error
