"""The invented choir's flow on sharing posts, and a reader that sees a sign wherever a certain word stands."""

import re
from collections.abc import Mapping

from knowledge.clauses import Verdict
from knowledge.flows.flow import Flow, Option, Outcome, Step
from knowledge.flows.matching import Guides
from knowledge.flows.sharing import Sharing
from knowledge.library import Library
from knowledge.posts.post import NOT_REPRESENTING, REPRESENTING, PostReading, Sign
from knowledge.posts.signals import Signal
from tests.conftest import KEPT, nothing_told

PHOTOGRAPHS, CREDIT = "larks/concerts/photographs", "larks/concerts/credit"
TONE, RECORDING, INVITE = "larks/accounts/tone", "larks/rehearsals/recording", "larks/rehearsals/invite"

SIGNALS = {
    name: Signal(name, means, clauses, bad=word, good="A quiet day.", advice=advice, words=(word,))
    for name, word, means, clauses, advice in (
        ("superlative", "finest", "a singer claims to be the best", (TONE,), "Leave out the boast."),
        ("invitation", "come along", "people are invited", (INVITE,), ""),
        ("picture", "backstage", "it was taken behind the scenes", (PHOTOGRAPHS,), "Leave out the picture."),
        ("petition", "petition", "it asks people to sign", (TONE,), ""),
        ("query", "subscription", "it asks the choir something", (CREDIT,), ""),
    )
}
LONGEST = 400  # characters that the reader reads

FLOW = Flow(
    id="larks/share",
    title="Share a post",
    asks=(),
    starts=("can i share this",),
    settles=(CREDIT,),
    steps=(
        Step(
            "account",
            "Do you sing for the choir there?",
            (
                Option("Yes", "author", said=("choir account",), shows=(REPRESENTING,)),
                Option("No", "own", shows=(NOT_REPRESENTING,)),
            ),
        ),
        Step(
            "author",
            "Who wrote it?",
            (
                Option("A company", "holds", said=("a shop",), shows=("by company",)),
                Option("Somebody else", "holds", shows=("by member", "by society", "by other")),
            ),
        ),
        Step(
            "holds",
            "What is in it?",
            (
                Option("A boast", "boast", shows=("superlative",)),
                Option("A picture from backstage", "backstage", shows=("picture",)),
                Option("A petition", "weigh", shows=("petition",)),
                Option("A question", "ask", shows=("query",)),
                Option("An invitation", "invited", shows=("invitation",)),
                Option("None of these", "quiet", shows=("nothing",)),
            ),
        ),
        Step(
            "own",
            "And what is in it?",
            (
                Option("A petition", "weigh", shows=("petition",)),
                Option("None of these", "yours", shows=("nothing",)),
            ),
        ),
    ),
    outcomes=(
        Outcome("boast", Verdict.NO, "No. It must be friendly.", (TONE,)),
        Outcome("backstage", Verdict.NO, "No, better not.", (PHOTOGRAPHS,)),
        Outcome("weigh", Verdict.DEPENDS, "That depends on what it asks for.", (TONE, CREDIT)),
        Outcome("ask", Verdict.DEPENDS, "Pass it on to the choir office.", (CREDIT,), to_office=True),
        Outcome("invited", Verdict.YES, "Yes. Invitations are welcome.", (INVITE,)),
        Outcome("quiet", Verdict.YES, "Yes, if it is friendly.", (INVITE, TONE)),
        Outcome("yours", Verdict.YES, "Yes. No rule of the choir is about that.", (INVITE,)),
    ),
)


class WordReader:
    """Sees a sign at each word of a signal; where the word has a question mark after it, it is not sure.

    "Bonjour" is not English, "obey" tries to give orders.
    """

    @property
    def signals(self) -> Mapping[str, Signal]:
        return SIGNALS

    def read(self, text: str, society: str) -> PostReading:
        seen = text[:LONGEST]
        signs = tuple(
            _sign(signal.name, found, sure=not seen[found.end() :].startswith("?"))
            for signal in SIGNALS.values()
            if society == "larks"
            for found in re.finditer(signal.words[0], seen, re.IGNORECASE)
        )
        english, instructs = "Bonjour" not in text, "obey" in text
        return PostReading(text, signs, english, instructs, unread=len(text[LONGEST:]))


def _sign(name: str, found: re.Match[str], sure: bool) -> Sign:
    return Sign(name, found.start(), found.end(), found[0], 1.0 if sure else 0.3, sure)


def choir_guides(library: Library) -> Guides:
    return Guides((FLOW,), library, KEPT, None, "none", nothing_told)


def choir_sharing(library: Library) -> Sharing:
    return Sharing(library, choir_guides(library), WordReader())
