"""Words that are spelt right and are not the ones that were meant, where that is sure. No comma is ever mended."""

import re
from collections.abc import Iterable

from knowledge.posts.faults import Examined, Fault

_TWICE = re.compile(r"\b(the|a|an|and|of|to|in|are|for|with|at|our|we|be|this|from|as|you) (\1)\b", re.I)

# What stands there, and what the part in the group `said` should be. Matched in any case.
_CONFUSED = {
    r"\b(?:should|could|would|must|might)(?:n't)? (?P<said>of)\b(?! course)": "have",
    r"(?<!for )(?<!of )(?<!with )\b(?P<said>your) (?:very |most )?welcome(?=\W*$|[.!,;:)]| to\b)": "you're",
    r"\b(?P<said>your) (?:not alone|going to|able to|interested in|wondering|looking for|coming to|all invited)\b": (
        "you're"
    ),
    r"\b(?:if|when|whether|hope|unless) (?P<said>your) (?:a|an|the|in|at|not|looking|going|coming|new to|able|unable"
    r"|unsure|interested)\b(?!-)": "you're",
    r"\b(?P<said>you're) (?:own|email|abstracts?|posters?|questions?|feedback|diary|diaries|colleagues|views|thoughts"
    r"|tickets?|department)\b": "your",
    r"(?<!over )(?<!out )(?<!up )(?<!from )(?<!in )(?<!is )(?<!that )\b(?P<said>there) (?:own|views|abstracts|posters"
    r"|colleagues|careers|expertise|experiences|families|names)\b": "their",
    r"\b(?P<said>their) (?:is|are|was|were|will be|has been|have been|isn't|aren't|wasn't|weren't|may be|might be)\b": (
        "there"
    ),
    r"\b(?P<said>their) (?:going to|coming to|looking for|not going|all going|happy to|able to|unable to)\b": "they're",
    r"\b(?P<said>they're) (?:own|abstracts|posters|colleagues|careers|departments?|expertise|views|names)\b": "their",
    r"\b(?P<said>its) (?:an?|been|not|going to|too|that time|here)\b(?!-)": "it's",
    r"\b(?P<said>it's) own\b": "its",
    r"\b(?:will|can|can't|could|may|might|would|to|don't|never|not|you'll|we'll|they|we) (?P<said>loose) (?:the|your"
    r"|our|their|out|track|sight|data|time|money|any|it|interest|touch|hope|more)\b": "lose",
    r"\b(?:a|the|are|is|were|was|too|came|come) (?P<said>lose) (?:connections?|cables?|ends?|fit|leads?|screws?|wires?)"
    r"\b": "loose",
    r"\b(?P<said>loosing)\b": "losing",
    r"\b(?:more|less|fewer|better|worse|higher|lower|larger|smaller|faster|rather) (?P<said>then) (?:ever|the|an?|we"
    r"|you|i|it|any|\d+|usual|before|last|expected|one|two|half|most|our|that)\b": "than",
    r"\b(?:an|the|any|no|big|positive|negative|major) (?P<said>affect) (?:of|on)\b": "effect",
    r"\b(?:will|may|can|could|might|would) (?P<said>effect) (?:our|your|their|patients?|dose|image|you|results?)\b": (
        "affect"
    ),
    r"\b(?:are|is|am|were|was|so|very|really|i'm|we're) (?P<said>exited) (?:to|about|for)\b": "excited",
    r"\b(?:far|way|much|never|it's) (?P<said>to) (?:late|many|few|much|often|little)\b(?! (?:of|to)\b)": "too",
    r"\b(?P<said>wether) (?:or|you|it|the|to|we|a|they|this)\b": "whether",
    r"\b(?P<said>principle) (?:investigators?|physicists?|engineers?|clinical scientists?|speakers?|scientists?)\b": (
        "principal"
    ),
    r"\b(?P<said>thankyou) (?:to|for|all|so|everyone|very)\b": "thank you",
    r"\b(?P<said>alot)\b": "a lot",
    r"\b(?P<said>aswell)\b": "as well",
    r"\b(?P<said>infact)\b": "in fact",
    r"\b(?P<said>incase)\b": "in case",
    r"\b(?P<said>inspite)\b": "in spite",
    r"\b(?P<said>eachother)\b": "each other",
    r"\b(?P<said>atleast)\b": "at least",
    r"\b(?P<said>publically)\b": "publicly",
    r"\b(?:could|should|would|must)(?P<said>of)\b": " have",
    r"\b(?:did|does|do|is|are|was|were|has|have|had|could|would|should)(?P<said>'nt)\b": "n't",
}
_COMPILED = tuple((re.compile(pattern, re.I), meant) for pattern, meant in _CONFUSED.items())


def confusions(draft: Examined) -> Iterable[Fault]:
    """Each word that stands where another was meant, and each that stands there twice."""
    if not draft.reading.english:
        return
    text = draft.folded.text
    for twice in _TWICE.finditer(text):
        if not (len(twice[1]) == 1 and twice[1].isupper()):  # hepatitis A a year later
            yield Fault(*draft.folded.original(*twice.span()), mend=twice[1])
    for pattern, meant in _COMPILED:
        for match in pattern.finditer(text):
            mend = meant.capitalize() if match["said"][0].isupper() else meant
            yield Fault(*draft.folded.original(*match.span("said")), mend=mend)
