"""What the environment and `.env` may set."""

from pathlib import Path

import pytest

from adapters.settings import Settings, SettingsError, from_environment, without_secrets
from adapters.settings_of_microsoft import AppType

NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set, and there is no `.env` where we stand."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def set_all(monkeypatch: pytest.MonkeyPatch, given: dict[str, str]) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)


def see_that_it_is_refused(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], name: str, told: str) -> None:
    """Whether a setting is named that cannot be used, with what is to be told of it and without what was set."""
    set_all(monkeypatch, given)
    with pytest.raises(SettingsError) as refused:
        from_environment()
    assert str(refused.value).startswith(f"the setting {name} cannot be used: ")
    assert told in str(refused.value)
    assert "s3c" not in str(refused.value)


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


class TestDatabase:
    def test_by_default_it_is_a_file_in_the_data_folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("DATA_DIR", str(tmp_path / "kept"))

        assert from_environment().database_url == f"sqlite:///{tmp_path / 'kept' / 'verse.db'}"

    def test_a_relative_data_folder_is_named_in_full(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("DATA_DIR", "kept")

        assert from_environment().database_url == f"sqlite:///{tmp_path / 'kept' / 'verse.db'}"

    @pytest.mark.parametrize("kind", ["postgresql", "postgres", "postgresql+psycopg"])
    def test_postgresql_is_spoken_to_by_the_driver_that_is_installed(
        self, monkeypatch: pytest.MonkeyPatch, kind: str
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", f"{kind}://verse:s%40cret@db.example:5432/verse?sslmode=require")

        assert from_environment().database_url == (
            "postgresql+psycopg://verse:s%40cret@db.example:5432/verse?sslmode=require"
        )

    def test_another_file_may_be_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "sqlite:////var/kept.db")

        assert from_environment().database_url == "sqlite:////var/kept.db"

    @pytest.mark.parametrize(
        ("url", "told"),
        [
            ("mysql://u:s3cret@h/n", "is of no kind that is known; write sqlite:////FOLDER/FILE"),
            ("/var/s3cret.db", "is of no kind that is known"),
            ("sqlite://", "names no file"),
            ("sqlite:///:memory:", "names no file"),
            ("sqlite:////", "names no file"),
            (
                "sqlite:///s3cret.db",
                "it names another file in each folder where a command is run; write it whole, with",
            ),
            ("sqlite:///~/s3cret.db", "with four slashes: sqlite:////FOLDER/FILE"),
            ("sqlite://s3cret.db", "with four slashes: sqlite:////FOLDER/FILE"),
            ("sqlite:///file:s3cret.db?uri=true", "with four slashes: sqlite:////FOLDER/FILE"),
            ("postgresql://u:s3cret@h:port/n", "no port that can be read"),
            ("postgresql://u:s3cret@more@h/n", "cannot be used: it has an @ in its password: write it as %40"),
        ],
    )
    def test_what_cannot_be_used_is_refused_without_showing_it(
        self, monkeypatch: pytest.MonkeyPatch, url: str, told: str
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", url)

        with pytest.raises(SettingsError) as refused:
            from_environment()

        assert "the setting DATABASE_URL cannot be used: " in str(refused.value)
        assert told in str(refused.value)
        assert "s3cret" not in str(refused.value)


class TestMailServer:
    @pytest.mark.parametrize("url", ["smtp://mail.example", "smtps://u:p@mail.example:465"])
    def test_a_server_can_be_named(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("SMTP_URL", url)

        settings = from_environment()

        assert settings.smtp_url is not None
        assert settings.smtp_url.get_secret_value() == url
        assert url not in repr(settings)

    @pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://u:s3cret@h:x"])
    def test_what_names_none_is_refused_without_showing_it(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("SMTP_URL", url)

        with pytest.raises(
            SettingsError, match="SMTP_URL cannot be used: it names no server; write smtp://"
        ) as refused:
            from_environment()

        assert "s3cret" not in str(refused.value)


class TestSlack:
    def test_by_default_it_is_off(self) -> None:
        settings = from_environment()

        assert (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret) == (None, None, None)
        assert settings.slack_api_url == "https://slack.com/api/"

    @pytest.mark.parametrize("further", ["SLACK_SIGNING_SECRET=5ecret", "SLACK_APP_TOKEN=xapp-1-a"])
    def test_a_bot_token_with_a_secret_or_an_app_token_switches_it_on(
        self, monkeypatch: pytest.MonkeyPatch, further: str
    ) -> None:
        name, _, value = further.partition("=")
        monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-1-abc\n")
        monkeypatch.setenv(name, value)

        settings = from_environment()

        assert settings.slack_bot_token is not None
        assert settings.slack_bot_token.get_secret_value() == "xoxb-1-abc"
        assert "abc" not in repr(settings)
        assert value not in repr(settings)

    @pytest.mark.parametrize(
        ("given", "name", "told"),
        [
            ({"SLACK_BOT_TOKEN": "xoxp-s3cret"}, "SLACK_BOT_TOKEN", "no bot token, which begins with xoxb-"),
            ({"SLACK_BOT_TOKEN": "xoxb-s3cret more"}, "SLACK_BOT_TOKEN", "no bot token"),
            ({"SLACK_BOT_TOKEN": "xoxb-s3crét"}, "SLACK_BOT_TOKEN", "no bot token"),
            ({"SLACK_APP_TOKEN": "xoxb-s3cret"}, "SLACK_APP_TOKEN", "no app-level token, which begins with xapp-"),
            ({"SLACK_BOT_TOKEN": "xoxb-s3cret"}, "SLACK_SIGNING_SECRET", "it is not set, and without it nobody can"),
            ({"SLACK_BOT_TOKEN": "xoxb-s3cret", "SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET", "is not set"),
            ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s3c ret"}, "SLACK_SIGNING_SECRET", "holds blanks"),
            ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "  "}, "SLACK_SIGNING_SECRET", "holds blanks"),
        ],
    )
    def test_what_cannot_be_used_names_its_setting_without_showing_it(
        self, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], name: str, told: str
    ) -> None:
        see_that_it_is_refused(monkeypatch, given, name, told)

    @pytest.mark.parametrize(
        ("url", "kept"),
        [
            ("http://127.0.0.1:9000/api/", "http://127.0.0.1:9000/api/"),
            ("http://localhost:9000/api", "http://localhost:9000/api/"),
            ("http://[::1]:9000/api/", "http://[::1]:9000/api/"),
            ("https://slack.com/api/", "https://slack.com/api/"),
        ],
    )
    def test_a_stand_in_may_be_on_this_machine(self, monkeypatch: pytest.MonkeyPatch, url: str, kept: str) -> None:
        monkeypatch.setenv("SLACK_API_URL", url)

        assert from_environment().slack_api_url == kept

    @pytest.mark.parametrize(
        "url",
        [
            "https://slack.example/api/",
            "http://10.0.0.1/api/",
            "http://127.0.0.1@other.example/api/",
            "http://127.0.0.1.other.example/",
            "http://127.0.0.1:port/",
            "http://127.0.0.1/api/?to=x",
            "ftp://127.0.0.1/",
            "127.0.0.1:9000",
        ],
    )
    def test_a_token_is_sent_nowhere_else(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        monkeypatch.setenv("SLACK_API_URL", url)

        with pytest.raises(SettingsError, match="SLACK_API_URL cannot be used: it is for a stand-in on this machine"):
            from_environment()


ID, OTHER_ID = "0B070000-0000-4000-8000-00000000B070", "7e4a4700-0000-4000-8000-000000007e4a"
APP = {"MICROSOFT_APP_ID": ID, "MICROSOFT_APP_TENANT_ID": OTHER_ID, "MICROSOFT_APP_PASSWORD": "s3c~ret"}
MANAGED = {"MICROSOFT_APP_ID": ID, "MICROSOFT_APP_TENANT_ID": OTHER_ID, "MICROSOFT_APP_TYPE": "UserAssignedMSI"}


class TestTeams:
    def test_by_default_it_is_off(self) -> None:
        settings = from_environment()

        assert (settings.microsoft_app_id, settings.microsoft_app_password, settings.teams_is_on) == (None, None, False)
        assert settings.microsoft_keys_url == "https://login.botframework.com/v1/.well-known/openidconfiguration"
        assert settings.microsoft_login_url == "https://login.microsoftonline.com/"

    def test_an_app_with_a_secret_of_its_own_tenant_switches_it_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        set_all(monkeypatch, APP | {"MICROSOFT_APP_ID": f" {ID}\n"})

        settings = from_environment()

        assert settings.teams_is_on
        assert (settings.microsoft_app_id, settings.microsoft_app_tenant_id) == (ID.lower(), OTHER_ID)
        assert settings.microsoft_app_password is not None
        assert settings.microsoft_app_password.get_secret_value() == "s3c~ret"
        assert "s3c" not in repr(settings)

    @pytest.mark.parametrize("kind", ["UserAssignedMSI", "userassignedmsi"])
    def test_a_managed_identity_needs_no_secret(self, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
        set_all(monkeypatch, MANAGED | {"MICROSOFT_APP_TYPE": kind})

        assert from_environment().microsoft_app_type is AppType.MANAGED

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", ""])
    @pytest.mark.parametrize("switch", ["true", "1", "Yes"])
    def test_it_can_be_tried_without_an_app_where_nobody_else_reaches_it(
        self, monkeypatch: pytest.MonkeyPatch, host: str, switch: str
    ) -> None:
        set_all(monkeypatch, {"MICROSOFT_DEVELOPMENT": switch, "HOST": host})

        settings = from_environment()

        assert settings.teams_is_on
        assert settings.microsoft_app_id is None

    @pytest.mark.parametrize("switch", ["false", "0", "no"])
    def test_what_is_switched_off_is_off(self, monkeypatch: pytest.MonkeyPatch, switch: str) -> None:
        set_all(monkeypatch, {"MICROSOFT_DEVELOPMENT": switch, "HOST": "0.0.0.0"})

        assert not from_environment().teams_is_on

    @pytest.mark.parametrize(
        ("given", "name", "told"),
        [
            ({"MICROSOFT_APP_ID": "s3c"}, "MICROSOFT_APP_ID", "it is no id such as 01234567-"),
            (APP | {"MICROSOFT_APP_ID": ""}, "MICROSOFT_APP_TENANT_ID", "of no use without MICROSOFT_APP_ID; set that"),
            ({"MICROSOFT_APP_PASSWORD": "s3c"}, "MICROSOFT_APP_PASSWORD", "is of no use without MICROSOFT_APP_ID"),
            ({"MICROSOFT_APP_TYPE": "UserAssignedMSI"}, "MICROSOFT_APP_TYPE", "of no use without MICROSOFT_APP_ID"),
            ({"MICROSOFT_KEYS_URL": "http://127.0.0.1:1/"}, "MICROSOFT_KEYS_URL", "no use without MICROSOFT_APP_ID"),
            (APP | {"MICROSOFT_APP_TENANT_ID": ""}, "MICROSOFT_APP_TENANT_ID", "it is not set, and without it nobody"),
            (APP | {"MICROSOFT_APP_TENANT_ID": "s3c.example"}, "MICROSOFT_APP_TENANT_ID", "it is no id such as"),
            (APP | {"MICROSOFT_APP_PASSWORD": ""}, "MICROSOFT_APP_PASSWORD", "make a client secret in Certificates"),
            (APP | {"MICROSOFT_APP_PASSWORD": "s3c ret"}, "MICROSOFT_APP_PASSWORD", "it holds blanks or other signs"),
            (APP | {"MICROSOFT_APP_TYPE": "MultiTenant"}, "MICROSOFT_APP_TYPE", "write SingleTenant, or UserAssigned"),
            (APP | {"MICROSOFT_DEVELOPMENT": "true"}, "MICROSOFT_APP_ID", "take one of the two away"),
            ({"MICROSOFT_DEVELOPMENT": "perhaps"}, "MICROSOFT_DEVELOPMENT", "write true, or leave it out"),
            ({"MICROSOFT_DEVELOPMENT": "true", "HOST": "0.0.0.0"}, "MICROSOFT_DEVELOPMENT", "beyond this machine may"),
            ({"MICROSOFT_DEVELOPMENT": "true", "MICROSOFT_APP_PASSWORD": "s3c"}, "MICROSOFT_APP_PASSWORD", "of no use"),
        ],
    )
    def test_what_cannot_be_used_names_its_setting_without_showing_it(
        self, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], name: str, told: str
    ) -> None:
        see_that_it_is_refused(monkeypatch, given, name, told)

    @pytest.mark.parametrize("name", ["MICROSOFT_KEYS_URL", "MICROSOFT_LOGIN_URL"])
    def test_a_stand_in_may_be_on_this_machine_and_nowhere_else(
        self, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        set_all(monkeypatch, APP | {name: "http://127.0.0.1:9010/v1/"})
        assert getattr(from_environment(), name.lower()) == "http://127.0.0.1:9010/v1/"

        for url in ("https://login.example/", "http://127.0.0.1@login.example/", "http://10.0.0.1/", "127.0.0.1"):
            monkeypatch.setenv(name, url)
            with pytest.raises(SettingsError, match=f"{name} cannot be used: it is for a stand-in on this machine"):
                from_environment()


@pytest.mark.parametrize("name", ["PORT", "METRICS_PORT"])
@pytest.mark.parametrize("port", ["-1", "70000", "http"])
def test_a_port_that_is_none_names_its_setting(monkeypatch: pytest.MonkeyPatch, name: str, port: str) -> None:
    monkeypatch.setenv(name, port)

    with pytest.raises(SettingsError, match=f"the setting {name} cannot be used: it is no number from 0 to 65535"):
        from_environment()


def test_nothing_listens_beyond_this_machine_unless_it_is_told_to() -> None:
    assert (from_environment().host, from_environment().metrics_host) == ("127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql+psycopg://u:s3cret@h:1/n?sslmode=require", "postgresql+psycopg://u:***@h:1/n?sslmode=require"),
        ("postgresql+psycopg://h/n?user=u&password=s3cret", "postgresql+psycopg://h/n?user=u&password=***"),
        ("postgresql+psycopg:///n?host=/run/db&password=s3cret", "postgresql+psycopg:///n"),
        ("sqlite:////var/kept.db", "sqlite:////var/kept.db"),
        ("smtps://u:s3cret@mail.example:465", "smtps://u:***@mail.example:465"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_secrets(url) == shown
