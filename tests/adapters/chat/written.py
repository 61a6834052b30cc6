"""Whatever people may write, and replies and cards that hold it, for a platform to be tried with."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from bot.acts import AddToQuery, Say, Withdraw
from bot.replies import Asked, Button, Card, Entry, FollowUp, Lesson, Listed, Paragraph, Previewed, Reply, Said, Told
from bot.tickets import Part
from tests.adapters.slack.replies import CARD, CITATION, CONCLUDED, GUIDED

LONG_CARD = replace(
    CARD,
    parts=tuple(Part(f"line:{n}", "You asked", f"{n}. " + "I sing high. " * 300) for n in range(40)),
    citations=(CITATION,) * 9,
    history=("sent by the asker",) * 60,
)  # of which 28 parts and 4 clauses have no room


def texts(marks: str, hostile: str) -> st.SearchStrategy[str]:
    """Texts, also of a platform's own marks, of what does harm there, and very long ones."""
    words = st.sampled_from([hostile, "Sing. ", "&", "<", "👩‍👩‍👧", "x", "a\n"])
    return st.one_of(
        st.text(max_size=60),
        st.text(alphabet=st.sampled_from(f"{marks}\u202e\u2066\u200b\u200d\x00\n\t\ud800é👩‍ aB."), max_size=200),
        st.just(hostile),
        st.builds(lambda word, times: word * times, words, st.integers(1, 600)),
    )


def replies(text: st.SearchStrategy[str], conversations: Sequence[str]) -> st.SearchStrategy[Reply]:
    """Replies that say such texts, in these conversations."""
    places = st.sampled_from(conversations)
    several = st.lists(text, max_size=3).map(tuple)
    cited = st.builds(lambda words: replace(CITATION, quote=words, section=words[:300]), text)
    paragraphs = st.builds(Paragraph, text, st.lists(cited, max_size=3).map(tuple), text)
    acts = st.one_of(st.builds(Say, text), st.builds(AddToQuery, st.just("1"), text), st.just(Withdraw("1")))
    buttons = st.lists(st.builds(Button, st.just("x"), text, acts), max_size=4).map(tuple)
    entries = st.lists(st.builds(Entry, text, several, buttons), max_size=6).map(tuple)
    parts = st.lists(st.builds(Part, st.just("p"), text, text), max_size=8).map(tuple)
    answered = st.lists(st.builds(Said, text, text), max_size=3).map(tuple)
    asked = st.builds(FollowUp, text, st.lists(text, min_size=1, max_size=8).map(tuple))

    def guided(place: str, told: Paragraph, title: str, ask: FollowUp, offered: tuple[Button, ...]) -> Reply:
        return replace(GUIDED, conversation=place, told=told, title=title, follow_up=ask, buttons=offered)

    def concluded(place: str, told: Paragraph, words: str, offered: tuple[Button, ...]) -> Reply:
        return replace(CONCLUDED, conversation=place, told=told, copy=words, letter=words, buttons=offered)

    return st.one_of(
        st.builds(Told, places, text, st.just((CITATION,)), text, st.just("1"), buttons),
        st.builds(Asked, places, asked),
        st.builds(Listed, places, text, entries, text, buttons),
        st.builds(Lesson, places, text, text, paragraphs, paragraphs, text, answered, buttons),
        st.builds(Previewed, places, st.just("7"), text, parts, text, buttons),
        st.builds(guided, places, paragraphs, text, asked, buttons),
        st.builds(concluded, places, paragraphs, text, buttons),
    )


def cards(*words: str) -> st.SearchStrategy[Card]:
    """Cards of queries in which anything was written, also these words many times."""
    text = st.builds(
        lambda word, times: word * times, st.one_of(st.text(max_size=20), st.sampled_from(words)), st.integers(1, 400)
    )
    parts = st.lists(st.builds(Part, st.just("p"), text, text), max_size=30).map(tuple)
    lines = st.lists(text, max_size=20).map(tuple)
    cited = st.lists(st.builds(lambda quote: replace(CITATION, quote=quote), text), max_size=6).map(tuple)

    def card(parts: tuple[Part, ...], beside: tuple[Part, ...], lines: tuple[tuple[str, ...], ...], draft: str) -> Card:
        facts, history, delivery = lines
        return replace(CARD, parts=parts, beside=beside, facts=facts, history=history, delivery=delivery, draft=draft)

    whole = st.builds(card, parts, parts, st.tuples(lines, lines, lines), text)
    return st.builds(lambda one, citations: replace(one, citations=citations), whole, cited)
