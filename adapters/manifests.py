"""The command `verse manifest`: what registers the bot with a platform."""

import json
from typing import Annotated

import typer

from adapters.console.inbound import BadInput
from adapters.console.terminal import write
from adapters.slack.manifest import NoAddress, manifest

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
        write(json.dumps(manifest(url), indent=2, ensure_ascii=False))
    except NoAddress as error:
        raise BadInput(str(error)) from error
