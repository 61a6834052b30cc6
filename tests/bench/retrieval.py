"""Our retrieval beside what a tutorial would build: BM25, MiniLM cosine and their fusion, over clause text alone."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from langchain_core.documents import Document
from rich.console import Console
from rich.table import Table

from adapters.documents import md
from adapters.evaluation.questions import read_questions
from knowledge import policy_files
from knowledge.clauses import Clause, Force, Party, Policy
from knowledge.encoding import MiniLM
from knowledge.index import build
from knowledge.intake.drafting import NothingToDraft, draft
from knowledge.lexical import Bm25
from knowledge.library import Library
from knowledge.retrieval import Retrieval
from knowledge.vectors import FaissVectors, VectorCache, unit
from tests.bench.report import Goal, folder_named, shown, tell
from tests.conftest import KEPT, shipped

_FUSED_AT = 60  # the constant of reciprocal rank fusion (Cormack and others 2009)
_DEEPEST = 10  # places looked at for the mean reciprocal rank
_OURS = "ours"
_DRAFTED, _WITH_ASKS = "ours, cut into clauses", "ours, with template asks"
_AS_GOOD = Goal(0)  # of ours less the best of the three
_MEASURES = ("hit@1", "hit@5", "MRR@10")

Rankings = Mapping[str, Sequence[str]]  # what each method found, best first


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and the names of the texts of which any is right."""

    question: str
    right: frozenset[str]


class Baselines:
    """The three methods over some texts by name."""

    def __init__(self, texts: Mapping[str, str], encoder: MiniLM) -> None:
        self._names = list(texts)
        self._lexicon = Bm25.fit(list(texts.values()))
        self._encoder = encoder
        self._store = FaissVectors(encoder)
        documents = [Document(page_content=text, id=name) for name, text in texts.items()]
        self._store.add_vectors(documents, _cache(encoder).encode(list(texts.values()), encoder, tell))

    def rank(self, question: str) -> dict[str, list[str]]:
        """Every text that each method finds, best first; BM25 finds none that shares no word."""
        scores = self._lexicon.scores(question)
        by_words = [self._names[place] for place in np.argsort(-scores, kind="stable") if scores[place] > 0]
        vector = unit([self._encoder.embed_query(question)])[0]
        by_meaning = [self._names[place] for place in self._store.nearest(vector, len(self._names))[0]]
        return {"BM25": by_words, "MiniLM cosine": by_meaning, "fusion of both": _fused(by_words, by_meaning)}


def show(console: Console) -> list[str]:
    """Prints a table a set. There are no limits here, so none is ever broken."""
    encoder = MiniLM.installed()
    development, benchmarks = folder_named("EVALUATION_DIR"), folder_named("BENCHMARKS_DIR")
    if development is None:
        console.print(
            "Retrieval on development questions: skipped; set EVALUATION_DIR to the folder of questions.jsonl"
        )
    else:
        _show_development(console, development, encoder)
    if benchmarks is None:
        console.print("Retrieval on OR-ShARC: skipped; set BENCHMARKS_DIR to the folder that holds orsharc/")
    else:
        _show_orsharc(console, benchmarks / "orsharc", encoder)
    return []


def _show_development(console: Console, folder: Path, encoder: MiniLM) -> None:
    library = Library.open(shipped(), KEPT, encoder, encoder.name, tell)
    cases: dict[str, list[Case]] = defaultdict(list)
    for known in read_questions(folder / "questions.jsonl"):
        if known.gold:
            cases[known.society].append(Case(known.question, frozenset(known.gold)))
    found: list[tuple[Case, Rankings]] = []
    for society, some in cases.items():
        clauses = [clause for clause in library.index.clauses.values() if clause.society == society]
        found += _rank_all(some, {clause.id: clause.text for clause in clauses}, library.retrieval, society, encoder)
    console.print(
        _table(
            "Retrieval on development questions",
            f"{len(found)} questions that have a right clause, among the clauses of their society. Ours knows the asks "
            "of the policies; the others see clause text alone, as a tutorial would have it.",
            found,
        )
    )


def _show_orsharc(console: Console, folder: Path, encoder: MiniLM) -> None:
    texts = {f"orsharc/segment/{row['segment_id']}": str(row["text"]) for row in _rows(folder / "segments.jsonl")}
    cases = [
        Case(str(row["question"]), frozenset(f"orsharc/segment/{name}" for name in row["relevant_segment_ids"]))
        for row in _rows(folder / "questions.jsonl")
    ]
    policy = _without_asks("orsharc", texts)
    found = _rank_all(cases, texts, _beside_shipped(policy, encoder), "orsharc", encoder)
    with_asks = _drafted(policy)
    bare = replace(with_asks, clauses=tuple(replace(clause, asks=()) for clause in with_asks.clauses))
    for name, drafted in ((_DRAFTED, bare), (_WITH_ASKS, with_asks)):
        retrieval = _beside_shipped(drafted, encoder)
        ranked = ([p.clause.group for p in retrieval.rank(case.question, "orsharc").passages] for case in cases)
        found = [
            (case, {**others, name: list(dict.fromkeys(groups))})
            for (case, others), groups in zip(found, ranked, strict=True)
        ]
    console.print(
        _table(
            "Retrieval on OR-ShARC dev",
            f"{len(cases)} questions, without their scenarios, over {len(texts)} government rules. Ours holds them as "
            "clauses of one more policy, for which nobody has written asks (Retrieval.rank); then as `policies new` "
            f"cuts them, into {len(bare.clauses)} clauses; then with the {sum(len(c.asks) for c in with_asks.clauses)} "
            "asks that it makes of them. A rule is found where any of its clauses is.",
            found,
        )
    )


def _beside_shipped(policy: Policy, encoder: MiniLM) -> Retrieval:
    policies = [*policy_files.load([policy_files.SHIPPED]), policy]
    return Retrieval(build(policies, encoder, _cache(encoder), tell), encoder)


def _drafted(policy: Policy) -> Policy:
    """The same texts as clauses made by drafting; the group of each (`Clause.group`) is the name of its text."""
    clauses: list[Clause] = []
    for text in policy.clauses:
        try:
            made = draft(md.read(text.text.encode(), lambda _done, _of: None), policy.society)
        except NothingToDraft:
            continue
        cut = policy_files.parse(made.source, Path(text.id)).clauses
        clauses += [replace(clause, id=f"{text.id}/{number}", policy=policy.id) for number, clause in enumerate(cut)]
    return replace(policy, clauses=tuple(clauses))


def _without_asks(society: str, texts: Mapping[str, str]) -> Policy:
    """An invented policy with one clause a text."""
    clauses = tuple(Clause(name, society, "Rules", Force.FACT, (Party.ANYONE,), text) for name, text in texts.items())
    return Policy(
        id=society,
        society=society,
        organisation=society,
        title="Rules",
        known_as="the rules",
        edition="as published",
        dates=(),
        office="the office",
        posts=(),
        named_only=(),
        missing_rules=None,
        general_definition=None,
        official=True,
        clauses=clauses,
    )


def _rank_all(
    cases: Iterable[Case], texts: Mapping[str, str], retrieval: Retrieval, society: str, encoder: MiniLM
) -> list[tuple[Case, Rankings]]:
    baselines = Baselines(texts, encoder)
    found: list[tuple[Case, Rankings]] = []
    for case in cases:
        ours = [passage.clause.id for passage in retrieval.rank(case.question, society).passages]
        found.append((case, {**baselines.rank(case.question), _OURS: ours}))
    return found


def _table(title: str, how: str, found: Sequence[tuple[Case, Rankings]]) -> Table:
    table = Table("method", *_MEASURES, title=title, caption=how, title_justify="left", caption_justify="left")
    shares = {name: _shares(found, name) for name in found[0][1]}
    for name, some in shares.items():
        table.add_row(name, *map(shown, some))
    best = [
        max(some) for some in zip(*(some for name, some in shares.items() if not name.startswith(_OURS)), strict=True)
    ]
    table.add_section()
    differences = [ours - other for ours, other in zip(shares[_OURS], best, strict=True)]
    standings = (f"{difference:+.3f} {_AS_GOOD.told(difference)}" for difference in differences)
    table.add_row("ours less the best of the others (aim: at least 0)", *standings)
    return table


def _shares(found: Sequence[tuple[Case, Rankings]], method: str) -> tuple[float, ...]:
    """The share of questions with a right text first and among the first five, and the mean reciprocal rank."""
    places = [_place(case, rankings[method]) for case, rankings in found]
    measures: tuple[Callable[[int], float], ...] = (
        lambda place: place <= 1,
        lambda place: place <= 5,
        lambda place: 1 / place if place <= _DEEPEST else 0,
    )
    return tuple(sum(map(measure, places)) / len(places) for measure in measures)


def _place(case: Case, ranking: Sequence[str]) -> int:
    """Where the first right text stands, from 1; beyond what is looked at where there is none."""
    return next((place for place, name in enumerate(ranking[:_DEEPEST], 1) if name in case.right), _DEEPEST + 1)


def _fused(*rankings: Sequence[str]) -> list[str]:
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for place, name in enumerate(ranking, 1):
            scores[name] += 1 / (_FUSED_AT + place)
    return sorted(scores, key=lambda name: -scores[name])


def _cache(encoder: MiniLM) -> VectorCache:
    return VectorCache(KEPT / "vectors", encoder.name)


def _rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
