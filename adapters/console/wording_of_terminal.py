"""The sentences that belong to a terminal alone: what can be typed there, and what it asks for."""

from collections.abc import Sequence

_WIDE = 78  # characters of a line of the help
LETTERS = "abcdefghijklmnopqrstuvwxyz"  # of the parts that can be left out before a query goes

ON_THE_LIST = "You are on the staff list: “desk” takes you to the desk."
AWAY = "While you were away:"
LEFT = "Nothing was changed."
AT_DESK = "You are at the desk. “help” shows what you can type, and “back” makes you the asker again."
AS_ASKER = "You are the asker again."
NOT_A_DESK_LINE = (
    "I do not know that command. “help” shows what you can type here, and “back” makes you the asker again."
)

DRAFTED = "Drafted from the nearest ruling, for you to change and send"
SO_FAR = "So far"
ON_ITS_WAY = "What was sent"
CITED = "The clauses that the bot cited"

ADD = "What would you like to add? An empty line leaves it."
UNCLEAR = "What is still unclear? An empty line leaves the query as it is."
WHAT_WAS_WRONG = "What was wrong with it? With an empty line I note only that it was wrong."
LEAVES = "An empty line leaves it."
PASSES = "An empty line leaves that out."
SURE = "Are you sure? It is done at once."
SURE_OPTIONS = ("Yes", "No")
THE_ANSWER = "Your answer, as the asker will read it."
THE_ANSWER_OR_DRAFT = "Your answer, as the asker will read it. “draft” sends the drafted one as it stands."
FOR_ALL = "Is it for this case only, or a ruling for all?"
FOR_ALL_OPTIONS = ("This case only", "A ruling for all")
GENERAL_QUESTION = "The question in general words, as anybody might ask it."
VERDICT = "What is the answer to it?"
VERDICT_OPTIONS = ("Yes", "No", "It depends", "Neither: it only informs")
CLAUSES = "The clauses that it rests on, by their ids."
GENERAL_WORDS = "The ruling in general words."
TAKES_ANSWER = "An empty line takes your answer as it stands."
ASK_BACK = "What would you like to ask them? An empty line leaves it."
WHY_CLOSED = "Why is it closed? The asker is told. An empty line leaves it."
WHICH_QUERIES = "Which queries are to be joined to it? Type their numbers. An empty line leaves it."
WHY_WITHDRAWN = "Why is it taken back? An empty line leaves it."
TELL_ASKERS = "Should those whose query it answered be told?"
TELL_OPTIONS = ("Yes", "No")
NOBODYS_ACCOUNT = "I can reach nobody by that."
WHOSE_ACCOUNT = (
    "Whose account? It is written platform:id, as in slack:U123, teams:OBJECT-ID or console:NAME. An empty line leaves"
    " it."
)
WHOSE_ACCOUNTS = (
    "Their accounts, with blanks between them. Each is written platform:id, as in slack:U123, teams:OBJECT-ID or"
    " console:NAME. An empty line leaves it."
)


def how_to_trim(letters: Sequence[str]) -> str:
    add = "“add” with your words after it adds a line."
    if not letters:
        return f"Before it goes, {add}"
    return f"Before it goes, “leave out {letters[0]}” leaves a part out, “only my question” leaves out all, and {add}"


def trimmed(left_out: Sequence[str], added: str) -> str:
    """What has been changed of what would go."""
    left = f"Left out: {', '.join(left_out)}." if left_out else "Nothing is left out."
    return f"{left} {f'You add: “{added}”' if added else ''}".strip() + "\nNothing has gone yet: choose how to send it."


def no_such_letter(letters: Sequence[str]) -> str:
    if not letters:
        return "There is nothing here that can be left out."
    return f"Please name parts by their letters: {', '.join(letters)}."


def no_such_number(most: int) -> str:
    if not most:
        return "There is nothing to choose from just now."
    return f"Please choose a number from 1 to {most}." if most > 1 else "There is only 1 to choose."


def please_choose(most: int) -> str:
    return f"Please type a number from 1 to {most}, or an empty line to leave it."


def takes(before: str) -> str:
    """What an empty line does where something was typed or is known before."""
    return f"An empty line takes this: {before}"


def not_on_the_list(account: str, society: str | None) -> str:
    whose = society or "SOCIETY"
    return (
        "You are not on the staff list of any society here, so you cannot act at the desk. Whoever runs this can put"
        f" you on it: verse staff add {account} --society {whose}"
    )


def waits_for_asker(many: int) -> str:
    return f"{_messages(many)} for you as the asker. “back” shows {'it' if many == 1 else 'them'}."


def waits_at_desk(many: int) -> str:
    return f"{_messages(many)} for you at the desk. “desk” shows {'it' if many == 1 else 'them'}."


def no_line(shown: str) -> str:
    """What is said to what is no line of the desk. `shown` is how one is typed that begins so; empty: none does."""
    return f"That is typed so: {shown}" if shown else NOT_A_DESK_LINE


def desk_help(groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    """What can be typed at the desk, by what it is about, in as few lines as hold it."""
    listed = "\n".join(f"{heading}:\n{_packed(lines)}" for heading, lines in groups)
    return (
        "At the desk you can type (the numbers are examples; a HANDLE is one as in @OUR_GROUP, and an ACCOUNT is"
        " platform:id, as in slack:U0123):\n"
        f"{listed}\n"
        "A number alone chooses what was shown under it. “back” makes you the asker again, “quit” ends this."
    )


def _packed(lines: Sequence[str]) -> str:
    """What can be typed, as much on each line as a screen is wide; none of it is parted."""
    rows = [""]
    for line in lines:
        if rows[-1] and len(f"  {rows[-1]}; {line}") > _WIDE:
            rows.append("")
        rows[-1] = "; ".join(filter(None, [rows[-1], line]))
    return "\n".join(f"  {row}" for row in rows)


def _messages(many: int) -> str:
    return "1 message" if many == 1 else f"{many} messages"
