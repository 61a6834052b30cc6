"""An answer that its asker shows to everybody where it was asked: as it was given, or not at all."""

import re
from dataclasses import replace

from bot import wording
from bot import wording_of_context as words
from bot.acts import ShareAnswer
from bot.exchanges import Exchange, main_of
from bot.messages import Message
from bot.ports import Work
from bot.posts_left_out import question_apart
from bot.precedents import Precedents
from bot.replies import Answered, NotAnswered, Paragraph, Reply, Ruled, Told
from bot.telling import in_full
from bot.telling_answers import told_of
from bot.wording_of_flows import TO_CHANGE
from bot.wording_of_queries import CHOSEN
from knowledge.answers import Citation, Question, Reason
from knowledge.clauses import Verdict
from knowledge.library import Library
from knowledge.questions import plain

SHARED = frozenset({*Verdict, Reason.GAP, Reason.OUT_OF_SCOPE, Reason.OTHER_SOCIETY})  # endings that can be shared
Shareable = Answered | NotAnswered | Ruled | Told
_OF_ONE = 4  # parts of a conversation with one person where others are: PLATFORM:CHANNEL:THREAD:PERSON
_QUOTED = re.compile(r"“([^”]+)”")


class SharingAnswers:
    """Shares what was answered, in one unit of work."""

    def __init__(self, library: Library, precedents: Precedents, work: Work) -> None:
        self._library, self._precedents, self._work = library, precedents, work

    def share(self, message: Message, exchange: Exchange, act: ShareAnswer) -> list[Reply]:
        """What was asked and answered, for those who read `act.to`, and that it was shared, for whoever asked; for them
        alone why not, where it cannot be. The exchange is known to be theirs."""
        refused = self._refused(exchange, act.to)
        if refused:
            return [Told(message.conversation, refused)]
        told = self._as_given(exchange, act.to) or self._in_words(exchange, act.to)
        if told is None:
            return [Told(message.conversation, words.CHANGED)]
        if not self._work.first(f"shared:{exchange.id}:{act.to}"):
            return [Told(message.conversation, words.SHARED_BEFORE)]
        heading = words.asked_here(question_apart(exchange))
        return [_headed(heading, told), Told(message.conversation, words.SHARED)]

    def _refused(self, exchange: Exchange, to: str) -> str:
        """Why an exchange cannot be shared there; empty where it can."""
        if exchange.ending not in SHARED:
            return words.NOT_TO_SHARE
        if not to or to != _everybody(exchange.conversation):
            return words.NOT_THERE
        return words.SPEAKS_OF_POST if _quotes_post(exchange) else ""

    def _as_given(self, exchange: Exchange, to: str) -> Shareable | None:
        """The reply once more, without notes that stood around it; None where it does not come out alike."""
        question = self._question(exchange)
        if question.society not in self._library.societies:
            return None
        result = self._library.answer(question)
        (told,) = self._precedents.taken_into([told_of(result, question.text, to)], question, to, self._work)
        same = main_of(exchange) == in_full(told)
        return told if same and isinstance(told, Answered | NotAnswered | Ruled) else None

    def _question(self, exchange: Exchange) -> Question:
        chosen = next((label for ask, label in exchange.said if ask == CHOSEN), "")
        text = plain(question_apart(exchange))
        return Question(text, exchange.society, exchange.role, tuple(chosen.split("; ")) if chosen else ())

    def _in_words(self, exchange: Exchange, to: str) -> Told | None:
        """What was said, with its clauses quoted anew; None where one of them, or a ruling, no longer stands so."""
        held = [self._library.clause(name) for name in exchange.clauses]
        if any(one is None or one.society != exchange.society for one in held):
            return None
        citations, given = self._library.cite(exchange.clauses, exchange.society), main_of(exchange)
        if not all(wording.quoted(one) in given for one in citations):
            return None
        if any(not one.stands and one.words in given for one in self._work.rulings.of(exchange.society)):
            return None
        return Told(to, _for_others(_without_quotes(given, citations)), citations)


def _headed(heading: str, told: Shareable) -> Reply:
    """An answer below what was asked, without what only its asker can do with it."""
    match told:
        case Answered():
            paragraphs = (Paragraph(heading, (), ""), *told.paragraphs)
            return replace(told, paragraphs=paragraphs, follow_up=None, buttons=())
        case NotAnswered():
            return replace(told, paragraph=_below(heading, told.paragraph), buttons=())
        case Ruled():
            return replace(told, told=_below(heading, told.told), buttons=())
        case Told():
            return replace(told, text=f"{heading}\n\n{told.text}")


def _below(heading: str, paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, opening=f"{heading} {paragraph.opening}")


def _without_quotes(told: str, citations: tuple[Citation, ...]) -> str:
    """A text without the quotes that stand below it."""
    quotes = wording.in_one_text([Paragraph("", citations, "")])
    return re.sub(r" {2,}", " ", told.replace(quotes, "", 1)) if quotes else told


def _for_others(text: str) -> str:
    """A text without what only its asker can do."""
    return re.sub(r" {2,}", " ", text.replace(TO_CHANGE, ""))


def _everybody(conversation: str) -> str:
    """The conversation of everybody there (PLATFORM:CHANNEL[:THREAD]), of one that names after it for whom alone it is;
    "" of none that does."""
    parts = conversation.split(":")
    return ":".join(parts[:-1]).rstrip(":") if len(parts) == _OF_ONE and all((*parts[:2], parts[-1])) else ""


def _quotes_post(exchange: Exchange) -> bool:
    """Whether words of a post stand in an answer that its asker showed or pasted."""
    asked = question_apart(exchange)
    shown = "\n".join([exchange.post, exchange.asked])
    return any(one in shown and one not in asked for one in _QUOTED.findall(main_of(exchange)))
