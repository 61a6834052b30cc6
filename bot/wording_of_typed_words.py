"""What is said to words that were typed while something else may have been meant."""

KEEP_IT, NOT_MEANT = "Keep it", "That was not meant for it"
FOR_REGISTER = "Shall I note this on the register, as your answer? Nothing is noted until you say so."
ACCEPT_OR = "Please say “accept”, “later” or “decline”."


def for_request(asked: str) -> str:
    """`asked` is the question that the words would answer."""
    return f"I asked “{asked}” Shall I keep this as your answer? Nothing is kept until you say so."
