"""The command `verse manifest`: what registers the bot with a platform."""

import json
from pathlib import Path
from typing import Annotated

import typer

from adapters.bootstrap import in_force
from adapters.chat.introducing import Introduction
from adapters.console.inbound import BadInput
from adapters.console.terminal import write
from adapters.settings import Settings, from_environment
from adapters.slack.manifest import NoAddress, manifest
from adapters.teams.manifest import FIRST, NoPackage, package
from adapters.workspace import society_of
from knowledge import editions

manifest_app = typer.Typer(help="What registers the bot with a platform.", no_args_is_help=True, rich_markup_mode=None)


@manifest_app.callback()
def _several() -> None:
    """What registers the bot with a platform."""


@manifest_app.command()
def slack(
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The public address of `verse serve`, https://... Without it: Socket Mode."),
    ] = None,
) -> None:
    """Print the app manifest for Slack, which takes it under “Create New App, From a manifest”."""
    try:
        write(json.dumps(manifest(url, _introduction(from_environment())), indent=2, ensure_ascii=False))
    except NoAddress as error:
        raise BadInput(str(error)) from error


@manifest_app.command()
def teams(
    url: Annotated[
        str,
        typer.Option(
            metavar="URL", help="The website of your society, https://..., to which Teams leads from the app."
        ),
    ],
    app_id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="The Application (client) ID. Default: the setting MICROSOFT_APP_ID."),
    ] = None,
    version: Annotated[
        str,
        typer.Option(
            metavar="VERSION", help="Of the package: Teams takes a changed one only where this has risen, as to 1.0.1."
        ),
    ] = FIRST,
    to: Annotated[Path, typer.Option(metavar="FILE", help="Where to write it.")] = Path("chapter-and-verse-teams.zip"),
) -> None:
    """Write the app package for Teams, which takes it under “Manage your apps”, “Upload an app”."""
    settings = from_environment()
    known = app_id if app_id is not None else settings.microsoft_app_id
    if not known:
        raise BadInput("give the Application (client) ID of the app with --id, or set MICROSOFT_APP_ID")
    try:
        content = package(known, url, version, _introduction(settings))
    except NoPackage as error:
        raise BadInput(str(error)) from error
    try:
        to.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{to} cannot be written ({error.strerror}); name another file with --to") from error
    write(f"Written: {to}")


def _introduction(settings: Settings) -> Introduction:
    """Of the society that is served; of any where several are held and none is named yet.

    Raises:
        SettingsError: one is named that is not held.
        PolicyFileError: a folder of policies cannot be read.
        EditionError: the history or an edition in force is damaged.
    """
    offices = {policy.society: policy.office for policy in editions.read(in_force(settings))}
    if settings.society is None and len(offices) > 1:
        return Introduction()
    society = society_of(settings, offices)
    return Introduction(society, offices[society])
