"""The only file that reads the environment, and `.env` beside where the command is run."""

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, quote_plus, urlsplit, urlunsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.loopback import leads_here
from adapters.settings_of_microsoft import (
    KEYS,
    LOGIN,
    AppId,
    AppType,
    Development,
    Kind,
    Secret,
    StandIn,
    TenantId,
    of_form,
)

_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")
_FORMS = "write sqlite:////FOLDER/FILE, or postgresql://USER:PASSWORD@HOST/NAME"
_WHOLE_PATH = "write it whole, with four slashes: sqlite:////FOLDER/FILE"
_SMTP_FORM = (
    "write smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS, or smtps:// where the connection is encrypted from the start"
)
SLACK = "https://slack.com/api/"
_BOT_TOKEN, _APP_TOKEN = re.compile(r"xoxb-[!-~]+"), re.compile(r"xapp-[!-~]+")
_SIGNING_SECRET = re.compile(r"[!-~]+")
_NO_BOT_TOKEN = "it is no bot token, which begins with xoxb-; copy it from OAuth & Permissions of your app in Slack"
_NO_APP_TOKEN = "it is no app-level token, which begins with xapp-; make one in Basic Information of your app in Slack"
_NO_SIGNING_SECRET = "it holds blanks or other signs that no secret has; copy it from Basic Information of your app"
_UNSIGNED = (
    "it is not set, and without it nobody can tell what Slack sends from what others send; copy it from Basic"
    " Information of your app in Slack, or set SLACK_APP_TOKEN for Socket Mode"
)
_NO_STAND_IN = "it is for a stand-in on this machine, e.g. http://127.0.0.1:9000/api/; leave it out for Slack itself"


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
    database_url: str = Field(
        default="",
        validate_default=True,
        repr=False,
        description="where queries are kept: SQLite in the data folder by default, or postgresql://...",
    )
    policy_dir: Path | None = Field(default=None, description="a folder with further policies, one Markdown file each")
    embeddings: str = Field(
        default="minilm", description="minilm, none (words alone), or PROVIDER:MODEL of any LangChain embedding model"
    )
    host: str = Field(default="127.0.0.1", description="the address at which `verse serve` listens")
    port: int = Field(default=8080, ge=0, le=65535, description="the port at which `verse serve` listens")
    metrics_host: str = Field(default="127.0.0.1", description="the address of /metrics")
    metrics_port: int = Field(
        default=8081, ge=0, le=65535, description="the port of /metrics; that of PORT puts it on the same site"
    )
    smtp_url: SecretStr | None = Field(
        default=None, description="the server that takes notices by e-mail: smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS"
    )

    slack_bot_token: SecretStr | None = Field(
        default=None, description="the bot token of the app in Slack, xoxb-...; with it Slack is on"
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="an app-level token, xapp-...; with it Slack is reached over Socket Mode"
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        validate_default=True,
        description="by which what Slack sends over HTTP is known to be Slack's; not needed in Socket Mode",
    )
    slack_api_url: str = Field(default=SLACK, description="Slack, or a stand-in for it on this machine")

    microsoft_development: Development = Field(
        default=False, description="Teams without an app id, for trying: whatever comes from this machine is believed"
    )
    microsoft_app_id: AppId = Field(
        default=None, description="the id of the app in Microsoft Entra; with it Teams is on"
    )
    microsoft_app_type: Kind = Field(
        default=AppType.SINGLE_TENANT, description="SingleTenant, or UserAssignedMSI for a managed identity"
    )
    microsoft_app_tenant_id: TenantId = Field(default=None, description="the id of the organisation in Microsoft Entra")
    microsoft_app_password: Secret = Field(
        default=None, description="a client secret of the app; a managed identity has none"
    )
    microsoft_keys_url: StandIn = Field(
        default=KEYS, description="where it is told by which keys Teams is known, or a stand-in on this machine"
    )
    microsoft_login_url: StandIn = Field(
        default=LOGIN, description="where the bot gets its tokens, or a stand-in on this machine"
    )

    @field_validator("database_url")
    @classmethod
    def _database_that_can_be_opened(cls, url: str, info: ValidationInfo) -> str:
        """The address in full, with the driver that is installed; it never stands in what is said about a fault."""
        if not url:
            folder = info.data.get("data_dir", Path()).expanduser().absolute()
            return f"sqlite:///{folder / 'verse.db'}"
        kind, _, rest = url.partition("://")
        if kind == "sqlite":
            file = rest.removeprefix("/").partition("?")[0]
            if file.strip("/") in ("", ":memory:"):
                raise ValueError(f"it names no file, and what is kept must outlive this process; {_FORMS}")
            if not Path(file).is_absolute():
                raise ValueError(f"it names another file in each folder where a command is run; {_WHOLE_PATH}")
            return url
        if kind not in _POSTGRES:
            raise ValueError(f"it is of no kind that is known; {_FORMS}")
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError as error:
            raise ValueError(f"it holds no port that can be read; {_FORMS}") from error
        if "@" in parts.netloc.rpartition("@")[0]:
            raise ValueError("it has an @ in its password: write it as %40 (and : as %3A, / as %2F)")
        if find_spec("psycopg") is None:
            raise ValueError("it needs the driver of PostgreSQL: install chapter-and-verse[postgres]")
        return f"postgresql+psycopg://{rest}"

    @field_validator("smtp_url")
    @classmethod
    def _server_that_can_be_reached(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None:
            return None
        try:
            parts = urlsplit(url.get_secret_value())
            usable = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError(f"it names no server; {_SMTP_FORM}")
        return url

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _token_of_its_kind(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        of_bot = info.field_name == "slack_bot_token"
        form, fault = (_BOT_TOKEN, _NO_BOT_TOKEN) if of_bot else (_APP_TOKEN, _NO_APP_TOKEN)
        return of_form(token, form, fault)

    @field_validator("slack_signing_secret")
    @classmethod
    def _secret_wherever_anybody_could_post(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if secret is None and info.data.get("slack_bot_token") and info.data.get("slack_app_token", "") is None:
            raise ValueError(_UNSIGNED)
        return of_form(secret, _SIGNING_SECRET, _NO_SIGNING_SECRET)

    @field_validator("slack_api_url")
    @classmethod
    def _stand_in_on_this_machine(cls, url: str) -> str:
        """Ends in a slash. Whoever could send our token elsewhere could act in our name."""
        if url == SLACK:
            return url
        if not leads_here(url):
            raise ValueError(_NO_STAND_IN)
        return url if url.endswith("/") else f"{url}/"

    @property
    def teams_is_on(self) -> bool:
        """Whether Teams is served: with an app id, or without one for trying."""
        return self.microsoft_app_id is not None or self.microsoft_development

    @property
    def may_hold_queries(self) -> bool:
        """Whether anything may have been kept: in a SQLite file that is there, or in a PostgreSQL."""
        return self.database_file is None or self.database_file.exists()

    @property
    def database_file(self) -> Path | None:
        """The file of a SQLite database; None where it is a PostgreSQL."""
        kind, _, rest = self.database_url.partition("://")
        return Path(rest.removeprefix("/").partition("?")[0]) if kind == "sqlite" else None

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
        first = error.errors(include_input=False, include_context=False)[0]
        whole = first["type"].startswith(("int_", "greater_", "less_"))  # only ports are numbers
        what = "it is no number from 0 to 65535" if whole else first["msg"].removeprefix("Value error, ")
        # The chain would carry what was set, and that may be a password.
        raise SettingsError(f"the setting {str(first['loc'][0]).upper()} cannot be used: {what}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read as UTF-8 text ({error}); mend it or move it away") from error


def without_secrets(url: str) -> str:
    """An address as it may be shown: what stands for a password in it is starred out."""
    parts = urlsplit(url)
    login, at, host = parts.netloc.rpartition("@")
    user, colon, _ = login.partition(":")
    asked = "&".join(
        f"{quote_plus(name)}={'***' if 'pass' in name.lower() else quote_plus(value, safe='/:')}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    netloc = f"{user}{':***' if colon else ''}{at}{host}"
    return urlunsplit((parts.scheme, netloc, parts.path, asked, "")) if netloc else url.partition("?")[0]
