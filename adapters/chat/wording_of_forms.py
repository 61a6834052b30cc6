"""The sentences and labels of forms, whatever platform shows them."""

CANCEL = "Cancel"  # titles and what submits or closes are at most 24 characters

# What would go to the office
SEND_TITLE = "Before it goes"
SEND = "Send"
SEND_ALONG = "Send this along"
TRIM_POST_HINT = "You can take words out, and nothing else; empty it to leave it out."
A_LINE = "Add a line of your own"
A_LINE_HINT = "It stands beside your question."
SEND_AS = "Do they see your name?"
SHORTENED = "Long parts are shown here by how they begin. They are sent whole, and come to you whole as a message."
CHOOSE_NAME = "Say whether your name goes with it."

# An answer at the desk
ANSWER_TITLE = "Answer a query"
CONFIRM_TITLE = "A ruling for all"
SEND_ANSWER = "Send"
CONFIRM_AND_SEND = "Confirm and send"
THE_ANSWER = "Your answer"
THE_ANSWER_HINT = "As the asker will read it."
DRAFTED_HINT = "This is a draft, in the words of an earlier ruling. Make it fit this asker before you send it."
NO_ANSWER = "Write what the asker should know."
MORE_WAS_SAID = "More was said before this; it is on the card."
REST_ON_CARD = "So the query stands now. The rest of it is on its card."
WHOM = "Whom is it for?"
THIS_CASE, THIS_CASE_IS = "This case only", "It goes to whoever asked this, and to nobody else."
FOR_ALL, FOR_ALL_IS = "A ruling for all", "It is also shown to others who ask the same later."
CHOOSE_WHOM = "Say whether it is for this case only, or a ruling for all."
ONLY_FOR_RULING = "The rest is only for a ruling for all. You see how it will read before anything is sent."
GENERAL_QUESTION = "The question in general words"
GENERAL_QUESTION_HINT = "As anybody might ask it, and without anything that says who did: “May a member …?”"
VERDICT = "The answer to it"
YES, NO, DEPENDS, INFORMS = "Yes", "No", "It depends", "Neither: it only informs"
CLAUSES = "The clauses that it rests on"
A_CLAUSE, ANOTHER_CLAUSE = "The clause that it rests on", "Another clause of the policy"
CLAUSE_HINT = "Type a word of it to find it, and choose it."
MORE_CLAUSES = "Other clauses"
CLAUSES_BY_ID = "The clauses that it rests on, by their ids"
MORE_CLAUSES_HINT = (
    "By their ids, as in “society/section/name”, with commas between them. The menu of clauses and"
    " “verse policies show” have them."
)
GENERAL_WORDS = "The ruling in general words"
GENERAL_WORDS_HINT = "Left empty, it reads like your answer above."
CHECK_AGAIN = "If you change anything, you are shown once more how it will read."

# What an act still needs
ASK_BACK_TITLE, ASK_BACK = "Ask the asker", "Send the question"
ASK_BACK_LABEL, ASK_BACK_HINT = "What would you like to ask?", "Their reply will stand with the query."
ASK_BACK_MISSING = "Write the question that goes to the asker."
CLOSE_TITLE, CLOSE_IT = "Close a query", "Close it"
CLOSE_LABEL, CLOSE_HINT = "Why is it closed?", "The asker is told this."
CLOSE_MISSING = "Give the reason in a sentence; the asker is told."
ADD_TITLE, ADD = "Add to your query", "Add it"
ADD_LABEL, ADD_HINT = "What would you like to add?", "The office sees it with your query."
ADD_MISSING = "Write what you would like to add."
REOPEN_TITLE, REOPEN = "Open it again", "Open it again"
REOPEN_LABEL, REOPEN_HINT = "What is still unclear?", "The office sees it with your query."
REOPEN_MISSING = "Say in a sentence what is still unclear."
RATE_TITLE, RATE = "What was wrong?", "Note it"
RATE_LABEL, RATE_HINT = (
    "What was wrong with the answer?",
    "You can leave this empty; then only that it was wrong is noted.",
)
WITHDRAW_TITLE, WITHDRAW = "Withdraw a ruling", "Withdraw it"
WITHDRAW_LABEL, WITHDRAW_HINT = "Why is it withdrawn?", "It stands with what is said to those who are told."
WITHDRAW_MISSING = "Give the reason in a sentence."
TELL_LABEL, TELL = "Those whose query it answered", "Tell them, and why"
STAFF_TITLE, STAFF = "Add somebody", "Add them"
WHO, WHO_HINT = "Who may act at the desk?", "They see every query that is sent there."
WHO_MISSING = "Choose somebody."
JOB_TITLE, JOB_TITLE_HINT = "Their job title", "Askers are told this in place of a name. You can leave it empty."
CHECK_TITLE, CHECK = "Check a post", "Check it"
DRAFT = "Your draft"
DRAFT_MISSING = "Put in the post or profile that you would like checked."
ACCOUNT = "Which account will it go out from?"
ACCOUNT_MISSING = "Choose the account that it will go out from."


def draft_hint(most: int) -> str:
    return f"Up to {most:,} characters. A longer draft can be written to me in our chat, after “check:”."


def too_long(most: int) -> str:
    return f"Please keep it to {most:,} characters."


def too_long_before(most: int) -> str:
    """Said above words that a field does not hold."""
    return f"This is what you wrote. It is longer than the {most:,} characters that fit below, so please shorten it."
