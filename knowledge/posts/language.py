"""Whether a text is in English, and whether it gives orders to whoever reads it."""

import re

_FEWEST_WORDS = 6  # of a text whose language can be told
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LEFT_OUT = re.compile(r"(?:https?://|www\.)\S+|[#@]\w+|\[[^\[\]]{0,400}\]")
_ENGLISH = frozenset(
    re.findall(
        r"\S+",
        """a about after again all also am an and any are as at back be been before being best but by can come could day
        did do does don't down each even every few first for from get go going good got great had has have he help her
        here him his how i i'm i've if in into is isn't it it's its just know last less let let's like look made make
        many may me meeting more most much must my need never new next no not now of off on one only or other our out
        over people please really said see she should so some still such take team than thank thanks that that's the
        their them then there these they this those through time to today too two under until up us use very want was
        way we we're we've week well were what when where which while who why will with work would year years yes yet
        you your""",
    )
)
_OTHERS = (
    frozenset(  # function words of the languages around, none of them also English
        re.findall(
            r"\S+",
            """le la les des une est dans pour sur avec nous vous qui que pas sont cette ces aux leur plus mais notre
        votre der die das und ist nicht mit ein eine einen dem den von zu auf für wir sie ich wird sind auch nach bei
        oder el los las del una con por para como pero muy más este esta nuestro nuestra han sido hay también
        il lo gli di che è per non sono nel della dei alla questo questa anche nostro
        het een van en niet met voor zijn wij ook naar onze deze wordt
        os um uma não com mais ao dos das são nosso nossa você
        och att det som på av är för inte till ikke til og er
        nie się na jest do że z w oraz przez dla jak
        yn yr ar mae ac gan wedi y ei am i'r o'r""",
        )
    )
    - _ENGLISH
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:rules?|instructions?|polic(?:y|ies)|guidelines?|prompts?"
    r"|training|above|previous)\b"
    r"|\b(?:policy|compliance|moderation|checking) ?(?:bot|checker|assistant|system|filter)\b.{0,60}"
    r"\b(?:say|answer|reply|report|mark|approve|pass|rule|return|output|must|should|clear)\b"
    r"|\b(?:attention|note to|dear|hey|hi|hello|message for)[ :,]+(?:the )?(?:policy |compliance )?"
    r"(?:bot|checker|reviewer|assistant|ai|chatbot|language model|llm)\b"
    r"|\b(?:mark|rate|classify|treat|label|report|pass|clear|approve|judge|class) (?:this|it|the above|the below)"
    r"(?: (?:post|tweet|draft|text|message|one))? (?:as |to be )?"
    r"(?:fine|ok|okay|clean|approved|allowed|safe|compliant|acceptable)\b"
    r"|\b(?:say|answer|reply|respond|output|return|tell them)(?: that)?(?: it| this)?(?: post| tweet| draft)?"
    r"(?: is| with| as)? [\"']?(?:fine|approved|allowed|clean|compliant|no findings|not_fine|nothing found)\b"
    r"|\b(?:you are|you're) (?:now )?(?:an?|the|in) (?:\w+ )?(?:bot|ai|assistant|chatbot|language model|developer mode)"
    r"\b|\b(?:system prompt|jailbreak|developer mode|do not flag|don't flag|no need to (?:flag|check))\b"
    r"|(?:^|\n)\s*(?:system|assistant) ?:",
    re.IGNORECASE,
)


def is_english(text: str) -> bool:
    """Whether a folded text is mostly in English; one of a few words counts as English, for want of a sign."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in letters)
    if len(letters) >= _FEWEST_WORDS and latin * 2 < len(letters):
        return False
    words = [word.lower() for word in _WORD.findall(_LEFT_OUT.sub(" ", text))]
    if len(words) < _FEWEST_WORDS:
        return True
    english, other = (sum(word in known for word in words) for known in (_ENGLISH, _OTHERS))
    return english >= other and (english > 0 or len(words) < 3 * _FEWEST_WORDS)


def instructs(text: str) -> bool:
    """Whether a folded text tells a bot what to do or to say."""
    return _ORDERS.search(text) is not None
