"""The commands `verse retweet` and `verse check`: a post of somebody else's, and a draft of one's own."""

import sys
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from adapters.bootstrap import Parts, put_together
from adapters.console import inbound, render
from adapters.console.app import as_line
from adapters.console.terminal import progress_shown, write
from adapters.options import AsJson, Role, Society, not_held, only_society, see_that_it_is_held
from adapters.settings import Settings, from_environment
from bot import wording_of_posts
from bot.replies import Checked, Judged
from knowledge.flows.sharing import SharedPost
from knowledge.posts.drafts import Draft

_STANDARD_INPUT = "-"

Lines = Annotated[
    str | None,
    typer.Option("--jsonl", metavar="FILE", help="Go through a file ('-': standard input), a JSON object a line."),
]


def retweet(
    post: Annotated[str | None, typer.Argument(help="The post, in quotes; '-' reads standard input.")] = None,
    author: Annotated[
        str | None,
        typer.Option(help="Who wrote it: company, charity, member, politician, news, society, university or other."),
    ] = None,
    representing: Annotated[
        bool | None,
        typer.Option("--representing/--personal", help="Whether you in some way represent the society there."),
    ] = None,
    society: Society = None,
    role: Role = None,
    as_json: AsJson = False,
    jsonl: Lines = None,
) -> None:
    """Say whether a post is fine to share, and which of its words decide that."""
    settings = from_environment()
    society = society or settings.society
    if (post is None) == (jsonl is None):
        raise inbound.BadInput("give one post in quotes, or '-' to read it from standard input, or --jsonl FILE")
    if jsonl is not None:
        with _rows(jsonl) as rows:
            lines = inbound.posts_from(rows, society, author, representing, role)
            parts = _parts(settings)
            for line in lines:
                write(as_line(_judged_line(parts, line)))
        return
    society = society or only_society(settings)
    shared = inbound.shared_post_from(_text(post), society, author, representing, role)
    parts = _parts(settings)
    see_that_it_is_held(parts, society)
    told = _judged(parts, shared)
    write(as_line(render.judged_as_json(told, None)) if as_json else render.judged_as_text(told))


def check(
    draft: Annotated[str | None, typer.Argument(help="The draft, in quotes; '-' reads standard input.")] = None,
    account: Annotated[
        str | None, typer.Option(help="Where it will go out from: personal, affiliated or official.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="What it is: post or profile. Default: by its opening words.")
    ] = None,
    society: Society = None,
    role: Role = None,
    as_json: AsJson = False,
    mend: Annotated[bool, typer.Option("--mend", help="Mend what is safe to mend, and say what is left.")] = False,
    jsonl: Lines = None,
) -> None:
    """Check a draft before it is posted: each finding with its place, its clause, and what mends it."""
    settings = from_environment()
    society = society or settings.society
    if (draft is None) == (jsonl is None):
        raise inbound.BadInput("give one draft in quotes, or '-' to read it from standard input, or --jsonl FILE")
    if jsonl is not None:
        with _rows(jsonl) as rows:
            lines = inbound.drafts_from(rows, society, account, kind, role)
            parts = _parts(settings)
            for line in lines:
                write(as_line(_checked_line(parts, line, mend)))
        return
    inbound.account_from(account)  # before anything is read for nothing
    society = society or only_society(settings)
    read = inbound.draft_from(_text(draft), society, account, kind, role)
    parts = _parts(settings)
    see_that_it_is_held(parts, society)
    told = _checked(parts, read, mend)
    write(as_line(_checked_shape(told, None, mend)) if as_json else render.checked_as_text(told, draft_too=mend))


def _judged(parts: Parts, post: SharedPost) -> Judged:
    shared = parts.sharing.judge(post)
    return wording_of_posts.judged(shared, parts.library.policy_of(post.society), parts.reader.signals)


def _judged_line(parts: Parts, line: inbound.PostLine) -> dict[str, Any]:
    if line.post is None:
        return {"id": line.id, "error": line.error}
    if line.post.society not in parts.library.societies:
        return {"id": line.id, "error": not_held(line.post.society)}
    return render.judged_as_json(_judged(parts, line.post), line.id)


def _checked(parts: Parts, draft: Draft, mend: bool) -> Checked:
    """What is found in a draft; where it is to be mended, in what it reads then."""
    if mend:
        draft = parts.checking.mended(draft, wording_of_posts.MEND_ALL)
    return parts.checking.check(draft, "")


def _checked_line(parts: Parts, line: inbound.DraftLine, mend: bool) -> dict[str, Any]:
    if line.draft is None:
        return {"id": line.id, "error": line.error}
    if line.draft.society not in parts.library.societies:
        return {"id": line.id, "error": not_held(line.draft.society)}
    return _checked_shape(_checked(parts, line.draft, mend), line.id, mend)


def _checked_shape(told: Checked, name: str | int | None, mend: bool) -> dict[str, Any]:
    """The shape of the contract, and the draft where it was to be mended."""
    shape = render.checked_as_json(told, name)
    return shape | {"draft": told.draft.text} if mend else shape


def _text(given: str | None) -> str:
    """What was typed, or what standard input holds; bytes that are no text are replaced."""
    return sys.stdin.buffer.read().decode("utf-8", "replace") if given == _STANDARD_INPUT else given or ""


def _rows(name: str) -> BinaryIO:
    return sys.stdin.buffer if name == _STANDARD_INPUT else Path(name).open("rb")


def _parts(settings: Settings) -> Parts:
    return put_together(settings, progress_shown)
