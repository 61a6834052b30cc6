"""The sets of a folder, whichever are there, scored and shown together."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from adapters.alone import Alone
from adapters.bootstrap import Parts
from adapters.evaluation import drafts, questions, retweets
from adapters.evaluation.drafts import KnownDraft, ScoredDraft
from adapters.evaluation.figures import BadSet, Figures
from adapters.evaluation.questions import Known
from adapters.evaluation.retweets import KnownPost, ScoredPost

_QUESTIONS, _RETWEETS, _DRAFTS = "questions.jsonl", "retweets.jsonl", "drafts.jsonl"


@dataclass(frozen=True, slots=True)
class Sets:
    """What a folder holds; a set that is not there is empty."""

    questions: Sequence[Known]
    posts: Sequence[KnownPost]
    drafts: Sequence[KnownDraft]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the sets of a folder came to."""

    questions: Figures
    posts: Sequence[ScoredPost]
    drafts: Sequence[ScoredDraft]


def read_folder(folder: Path) -> Sets:
    """The sets of a folder.

    Raises:
        BadSet: it holds none, or a line of one is not as it should be.
    """
    held = {name: folder / name for name in (_QUESTIONS, _RETWEETS, _DRAFTS) if (folder / name).is_file()}
    if not held:
        raise BadSet(f"{folder}: holds no set; name a folder with {_QUESTIONS}, {_RETWEETS} or {_DRAFTS}")
    return Sets(
        questions.read_questions(held[_QUESTIONS]) if _QUESTIONS in held else (),
        retweets.read_posts(held[_RETWEETS]) if _RETWEETS in held else (),
        drafts.read_drafts(held[_DRAFTS]) if _DRAFTS in held else (),
    )


def score(parts: Parts, sets: Sets) -> Scores:
    """What the bot says to each case of each set.

    Raises:
        BadSet: a case is of a society whose policy is not held.
    """
    return Scores(
        questions.score(Alone(parts.assistant), sets.questions) if sets.questions else {},
        retweets.judge_all(parts.sharing, parts.library.societies, sets.posts),
        drafts.check_all(parts.checker, parts.library.societies, sets.drafts),
    )


def as_tables(scores: Scores) -> list[Table]:
    """A table or two for each set that was there."""
    return [
        *([questions.as_table(scores.questions)] if scores.questions else []),
        *(retweets.as_tables(scores.posts) if scores.posts else []),
        *([drafts.as_table(scores.drafts)] if scores.drafts else []),
    ]


def as_json(scores: Scores) -> str:
    """The figures of questions by group, and beside these the figures of the other sets that were there."""
    shape: dict[str, Any] = questions.as_json(scores.questions)
    if scores.posts:
        shape["retweets"] = retweets.as_json(scores.posts)
    if scores.drafts:
        shape["drafts"] = drafts.as_json(scores.drafts)
    return json.dumps(shape, indent=1)
