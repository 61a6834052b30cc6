"""What the bot says to somebody who has just come: what it is for, what can be asked, and whom it does not answer."""

from bot.office import Office
from bot.people import Standing
from bot.wording_of_queries import ask
from knowledge.clauses import Policy

WHAT_CAN_I_ASK = "What can I ask you?"
MOST_ASKED = {  # what people come for, in words that fit any society, each with the word that shows what it is about
    "Can I retweet a company's post?": "retweet",
    "May I use the logo on my own profile?": "logo",
    "May our group have its own account?": "account",
    "Can I write a colleague a reference on LinkedIn?": "reference",
    "Does the policy apply to my personal account?": "personal",
    "Can I be asked to take a post down?": "down",
    "Do I have to report a negative comment?": "comment",
    "Can I use a picture that I found online?": "picture",
    "Do I have to say that my views are my own?": "views",
    "May I post about politics?": "politic",
}
ABOUT_TAKING_OVER = (  # the first to which a policy has something to say
    "What should I bear in mind when I post for our group?",
    "Who has to keep to this policy?",
)
TAKING_OVER = "Taking over an account?"
BEGIN_WITH_THIS = "Begin with this question:"
STEP_BY_STEP = (
    "I take you through what goes with it, one small step at a time; you can stop and go on whenever you like."
)
I_TAKE_OVER = "I have taken over an account"
BEGUN = "You have begun with one. You can go on where you stopped."
GO_ON = "Go on"
RULINGS = "Rulings"
GAPS = "What the policy does not say"
CALLED_WRONG = "Answers called wrong"
REGISTER = "Accounts"
STAFF_LIST = "Staff list"
_SEEN = "they see what I could not answer, and which answers were called wrong, without who asked."
WHOSE_POLICY = "Which society is this about? Their policies differ, so tell me first."


def opening(policy: Policy, office: Office) -> str:
    """What the bot does, that no query goes to anybody unasked, and what the office sees without."""
    return (
        f"Ask me what you may post, share or retweet: I look it up in {policy.known_as} and show you the clause. "
        f"No query goes to {office.name} until you have seen it and said so; {_SEEN}"
    )


def opening_of_several() -> str:
    """The same where it is not known yet whose policy is meant."""
    return (
        "Ask me what you may post, share or retweet: I look it up in the policy of your society and show you the "
        f"clause. No query goes to its office until you have seen it and said so; {_SEEN} {WHOSE_POLICY}"
    )


def what_of(section: str) -> str:
    """A question that can be asked about any section of any policy."""
    return f"What does the policy say about “{section}”?"


def welcome(policy: Policy, office: Office) -> str:
    """What can be asked, and how a person is reached."""
    return (
        f"Hello. Ask me what you may post, share or retweet, and I look it up in {policy.known_as} and show you the "
        f"clause. Where it leaves you in doubt, “{ask(office)}” below an answer sends your question on; you see "
        "first what would go, and it goes only when you say so."
    )


def welcome_of_several() -> str:
    """The same where it is not known yet whose policy is meant."""
    return (
        "Hello. Ask me what you may post, share or retweet, and I look it up in the policy of your society and show "
        "you the clause. Where it leaves you in doubt, a button below the answer sends your question on to its office; "
        f"you see first what would go, and it goes only when you say so. {WHOSE_POLICY}"
    )


def not_admitted(standing: Standing, office: Office) -> str:
    """Whom the bot does not answer, and who can help them."""
    who = "guests" if standing is Standing.GUEST else "people from other organisations"
    name = f"{office.name[:1].upper()}{office.name[1:]}"
    return f"I do not answer {who} here, I am afraid. {name} can help you; please ask there."
