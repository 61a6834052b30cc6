"""Reads a post: which signals it shows and where, by rules and by what was learnt from examples.

The text is cut into pieces, and each piece is encoded and judged by itself, so that a boast in the middle of an
invitation is seen as one. Whatever a post says is read, and nothing of it is followed.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Self

from langchain_core.embeddings import Embeddings

from knowledge import calibrating, linear
from knowledge.clauses import Policy
from knowledge.encoding import Floats
from knowledge.linear import Arrays
from knowledge.posts import keeping
from knowledge.posts.folding import Folded, fold
from knowledge.posts.language import instructs, is_english
from knowledge.posts.learning import Learnt, Lessons, learn
from knowledge.posts.naming import called, names_of
from knowledge.posts.pieces import Piece, cut
from knowledge.posts.post import CONSENT, Part, PostReading, Sign
from knowledge.posts.rules import Rules
from knowledge.posts.signals import Signal, load_ordinary
from knowledge.vectors import Progress, VectorCache, unit

MOST_ENCODED = 40  # pieces; of more, those that look the most like a signal by their words
_ROOM = Path(__file__).parent
_CODE = [_ROOM / f"{name}.py" for name in ("folding", "learning", "naming", "pieces")]
_CODE += [Path(calibrating.__file__), Path(linear.__file__)]


class PostReader:
    """Reads posts for any society. `by_meaning` is None where there is no encoder: then words alone are judged."""

    def __init__(
        self,
        shown: Sequence[Signal],
        policies: Sequence[Policy],
        encoder: Embeddings | None,
        by_words: Learnt,
        by_meaning: Learnt | None,
    ) -> None:
        self.signals = {signal.name: signal for signal in shown}
        self._policies = policies
        self._encoder = encoder
        self._by_words, self._by_meaning = by_words, by_meaning
        self._own: dict[str, _Own] = {}
        self._last: tuple[str, str, PostReading] | None = None

    @classmethod
    def open(
        cls,
        shown: Sequence[Signal],
        policies: Sequence[Policy],
        data: Path,
        encoder: Embeddings | None,
        encoder_name: str,
        progress: Progress,
    ) -> Self:
        """A reader of these signals, learnt from their examples and kept in `data` for the next time.

        `policies` say by what names a text may speak of a society.

        Raises:
            PolicyFileError: the file of ordinary posts is faulty.
        """
        ordinary = load_ordinary()
        told = json.dumps([[asdict(signal) for signal in shown], ordinary]).encode()
        name = keeping.name_of([encoder_name.encode(), told, *(file.read_bytes() for file in _CODE)])
        kept = keeping.load(data / "posts" / name)
        if kept is None:
            kept = _arrays(_learn(Lessons(shown, ordinary), data, encoder, encoder_name, progress))
            keeping.save(kept, data / "posts" / name)
        learnt = _learnt(kept)
        return cls(shown, policies, encoder, learnt["words"], learnt.get("meaning"))

    def read(self, text: str, society: str) -> PostReading:
        """The signs in a text, whatever it is, as they count for a society. The last reading is remembered."""
        last = self._last  # another thread may replace it meanwhile
        if last is None or last[:2] != (text, society):
            self._last = last = text, society, self._read(text, society)
        return last[2]

    def _read(self, text: str, society: str) -> PostReading:
        own = self._of(society)
        folded = fold(text)
        pieces = cut(folded, own.names)
        refusals = own.rules.excepted(CONSENT, folded.text)
        learnt = self._learnt_signs([piece for piece in pieces if not piece.tail])
        learnt = [sign for sign in learnt if sign.name != CONSENT or not _met(sign, refusals)]
        found = [_Found(name, start, end, 1.0, True) for name, start, end in own.rules.matches(folded.text)]
        found += [sign for sign in learnt if not any(sign.is_told_by(rule) for rule in found)]
        signs = (_sign(one, folded, text) for one in found)
        return PostReading(
            text=text,
            signs=tuple(sorted(signs, key=lambda sign: (sign.start, sign.end, sign.name))),
            english=is_english(folded.text),
            instructs=instructs(folded.text),
            unread=folded.unread,
            parts=tuple(Part(*folded.original(one.start, one.end), _met(one, refusals)) for one in pieces),
        )

    def _of(self, society: str) -> "_Own":
        if society not in self._own:
            names = names_of(society, self._policies)
            self._own[society] = _Own(called(names), Rules(tuple(self.signals.values()), names))
        return self._own[society]

    def _learnt_signs(self, pieces: Sequence[Piece]) -> list["_Found"]:
        """What was learnt to be seen in each piece; of a long text some are judged by their words alone."""
        if self._encoder is None or self._by_meaning is None:
            return [one for piece in pieces for one in _judged(piece, self._by_words, None)]
        encoded = self._worth_encoding(pieces)
        vectors = iter(unit(self._encoder.embed_documents([piece.said for piece in encoded])) if encoded else ())
        found = [one for piece in encoded for one in _judged(piece, self._by_meaning, next(vectors))]
        skimmed = [piece for piece in pieces if piece not in encoded]
        found += (one for piece in skimmed for one in _judged(piece, self._by_words, None))
        return found

    def _worth_encoding(self, pieces: Sequence[Piece]) -> Sequence[Piece]:
        """All pieces, or of too many those that by their words come nearest to showing something."""
        if len(pieces) <= MOST_ENCODED:
            return pieces
        nearness = [
            float((self._by_words.chances(piece.said, None) - self._by_words.perhaps).max(initial=-1))
            for piece in pieces
        ]
        order = sorted(range(len(pieces)), key=lambda place: -nearness[place])
        return [pieces[place] for place in sorted(order[:MOST_ENCODED])]


class ReaderOnDemand:
    """A reader that is opened, and learns where it has to, when the first post is read: most questions bring none."""

    def __init__(self, opening: Callable[[], PostReader]) -> None:
        self._opening = opening
        self._once = Lock()
        self._opened: PostReader | None = None

    @property
    def opened(self) -> PostReader:
        """The reader, opened by the first who asks while all others wait. Raises as the opening does."""
        with self._once:
            if self._opened is None:
                self._opened = self._opening()
            return self._opened

    @property
    def signals(self) -> Mapping[str, Signal]:
        return self.opened.signals

    def read(self, text: str, society: str) -> PostReading:
        """The signs in a text, as they count for a society. Raises as the opening does."""
        return self.opened.read(text, society)


@dataclass(frozen=True, slots=True)
class _Own:
    """What is a society's own in reading: its names, and the rules with them."""

    names: re.Pattern[str]
    rules: Rules


@dataclass(frozen=True, slots=True)
class _Found:
    """A sign at its place in the folded text."""

    name: str
    start: int
    end: int
    chance: float
    sure: bool

    def is_told_by(self, rule: "_Found") -> bool:
        """Whether a rule has found the same thing there."""
        return self.name == rule.name and self.start < rule.end and rule.start < self.end


def _met(one: Piece | _Found, places: Sequence[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in places)


def _judged(piece: Piece, learnt: Learnt, vector: Floats | None) -> list[_Found]:
    chances = learnt.chances(piece.said, vector)
    return [
        _Found(learnt.names[at], piece.start, piece.end, float(chances[at]), sure) for at, sure in learnt.seen(chances)
    ]


def _sign(found: _Found, folded: Folded, text: str) -> Sign:
    start, end = folded.original(found.start, found.end)
    return Sign(found.name, start, end, text[start:end], found.chance, found.sure)


def _learn(
    lessons: Lessons, data: Path, encoder: Embeddings | None, encoder_name: str, progress: Progress
) -> dict[str, Learnt]:
    """What the lessons teach by words alone and, where there is an encoder, by meaning too."""
    learnt = {"words": learn(lessons, {}, progress)}
    if encoder is not None and lessons.texts:
        vectors = VectorCache(data / "vectors", encoder_name).encode(lessons.texts, encoder, progress)
        learnt["meaning"] = learn(lessons, dict(zip(lessons.texts, vectors, strict=True)), progress)
    return learnt


def _arrays(learnt: dict[str, Learnt]) -> Arrays:
    return {f"{part}.{name}": array for part, one in learnt.items() for name, array in one.arrays().items()}


def _learnt(arrays: Arrays) -> dict[str, Learnt]:
    parts = {name.partition(".")[0] for name in arrays}
    return {
        part: Learnt.from_arrays(
            {name.partition(".")[2]: array for name, array in arrays.items() if name.startswith(f"{part}.")}
        )
        for part in parts
    }
