"""Views as they are shown, one of each kind: with `python -m tests.adapters.slack.views_shown` their goldens are made
anew."""

import json
from pathlib import Path

from adapters.chat import forms
from adapters.chat.pressing import Becomes
from adapters.slack.forms import view_of
from adapters.slack.framing import loading_view
from adapters.slack.home import home_of
from adapters.slack.origin import Origin
from adapters.slack.outgoing import View
from adapters.slack.views import modal_of
from bot import acts
from bot.replies import Button, Card, Entry, FollowUp, Guided, Listed, Overview, Paragraph, Previewed, Reply, Told
from bot.tickets import Part, State
from bot.wording_of_rulings import ALSO_FOR, MIND, RESTS_ON, TAKEN_OUT, THE_ANSWER, THE_QUESTION, THE_RULING
from knowledge.answers import Citation
from knowledge.clauses import Verdict
from knowledge.questions import Account

GOLDENS = Path(__file__).parents[2] / "golden" / "slack"
ASKER, DESK = "slack:D1:1700000000.000100", "slack:CDESK:1700000000.000200:U9"
KEY = "slack:1700000000.000300:1700000001.0:act.0:U1"

CLAUSE = Citation(
    clause="ipem/retweeting/private-persons",
    policy="ipem-guidelines",
    known_as="the guidelines of the society",
    edition="edition of 2019",
    section="Retweeting",
    quote="Posts of private persons are shared with care.",
    official=False,
)
PREVIEWED = Previewed(
    ASKER,
    "7",
    "This would go to National Office. Leave out what they need not see, and add a line if you like.",
    (
        Part("question", "Your question", "May we share a message from a company?", can_go=False),
        Part("line:6:asked", "You asked", "And what about a private person?"),
        Part("told", "What I answered", "It depends on who wrote it."),
    ),
    "You should hear within two working days. Nothing is sent until you say so.",
    (
        Button("send_named", "Send with my name", acts.Send("7", named=True)),
        Button("send_unnamed", "Send without my name", acts.Send("7", named=False)),
        Button("add", "Add to Q12", acts.AddToQuery("12", "")),
        Button("leave", "Leave it", acts.LeaveUnsent("7")),
    ),
)
CARD = Card(
    conversation=DESK,
    ticket="12",
    version=3,
    state=State.CLAIMED,
    heading="Q12 · claimed",
    facts=("Asked by: a member", "Held by: you"),
    parts=(
        Part("question", "The question", "May we share a message from a company?"),
        Part("told", "What the bot answered", "It depends on who wrote it."),
    ),
    citations=(CLAUSE,),
    history=("sent by the asker, 21 Nov 10:04",),
    draft="Yes, where the company says nothing about its products.",
    buttons=(
        Button("answer", "Answer", acts.AnswerQuery("12", 3, "")),
        Button("ask_back", "Ask the asker", acts.AskBack("12", 3, "")),
        Button("close", "Close it", acts.Close("12", 3, "")),
    ),
)
RULING = acts.RulingDraft(
    "May a member share a message from a company?",
    Verdict.YES,
    ("ipem/retweeting/private-persons",),
    "Yes, where it says nothing about products.",
)
ANSWER = acts.AnswerQuery("12", 3, "Yes, you may share that one.", RULING, confirmed=True)
TO_CONFIRM = Listed(
    DESK,
    "Before the answer to Q12 becomes a ruling for all, please look it over",
    (
        Entry(THE_QUESTION, (RULING.question,)),
        Entry(THE_RULING, (RULING.words,)),
        Entry(
            RESTS_ON, ("Retweeting [ipem/retweeting/private-persons]: Posts of private persons are shared with care.",)
        ),
        Entry(TAKEN_OUT, ("“@someone” became [account]",)),
        Entry(MIND, ("There is a ruling on this already. This one takes its place.",)),
        Entry(ALSO_FOR, ("Whoever asks “Can we share an advert?” is answered by this ruling too.",)),
        Entry(THE_ANSWER, (ANSWER.text,)),
    ),
    buttons=(
        Button("answer", "Keep the ruling and send the answer", ANSWER),
        Button("answer", "Send the answer for this case only", acts.AnswerQuery("12", 3, ANSWER.text)),
    ),
)
SECOND = Told(
    DESK,
    "Alex asked the asker of Q12 something first, at 10:04. Nothing of yours was done. Here is what you wrote.",
    words="It is a duplicate.",
    ticket="12",
    buttons=(Button("again", "Do it all the same", acts.Close("12", 4, "It is a duplicate.")),),
)
STEP = Guided(
    "slack:U1:9.8.7",
    "Sharing a message",
    Paragraph("This turns on a few things, so I ask one thing at a time.", (CLAUSE,), ""),
    (),
    "",
    FollowUp("Who wrote the message?", ("A private person", "A company", "I am not sure")),
    0.9,
)
OVERVIEW = Overview(
    "slack:U1:home",
    "I look up what the policy says. Nothing goes to anybody before you say so.",
    (
        Button("suggest", "May I use the logo on my own account?", acts.Say("May I use the logo on my own account?")),
        Button("suggest", "Who looks after the accounts?", acts.Say("Who looks after the accounts?")),
    ),
    Entry(
        "Taking over an account?",
        ("I can tell you what there is to know.",),
        (Button("onboarding", "Tell me", acts.Say("I have just taken over our group's account.")),),
    ),
    Listed(
        "slack:U1:home",
        "Your queries",
        (
            Entry(
                "Q12 · taken up · sent 21 November 2026",
                ("“May we share a message from a company?”", "National Office has taken it up."),
                (Button("add", "Add a line", acts.AddToQuery("12", "")),),
            ),
        ),
    ),
    Listed(
        "slack:U1:home",
        "At the desk of National Office: 1 query (open or claimed), oldest first",
        (
            Entry(
                "Q14 · 3 h · Retweeting · member",
                ("Nobody has it yet",),
                (Button("show", "Show it", acts.ShowTicket("14")),),
            ),
        ),
        buttons=(Button("rulings", "Rulings", acts.ShowRulings()), Button("gaps", "Gaps", acts.ShowGaps())),
    ),
)
NEWCOMER = Overview(
    "slack:U1:home",
    OVERVIEW.opening,
    OVERVIEW.suggestions,
    OVERVIEW.onboarding,
    Listed("slack:U1:home", "Your queries", ()),
)


ACCOUNTS: dict[str, acts.Act] = {  # what is asked about accounts and those who run them, of staff
    "invite": acts.Invite("7"),
    "add_admin": acts.AddAdmin("7", 3),
    "add_account": acts.PutEntry("ipem"),
    "change_account": acts.PutEntry("ipem", "7", 3, platform="Twitter", group="The group", purpose="News of the group"),
    "approve": acts.ApproveRequest("12", 3, platform="Twitter"),
}
ADMINS: dict[str, acts.Act] = {  # and of everybody else
    "in_own_words": acts.AnswerStep("5", "purpose", "words"),
    "confirm_account": acts.ConfirmEntry("7", 3),
    "pass_on": acts.PassOn("7"),
    "answer_message": acts.AnswerMessage("12"),
    "request_purpose": acts.FillRequest("4", "purpose"),
    "request_admins": acts.FillRequest("4", "admins"),
    "link": acts.Link(""),
}


def form_for(act: acts.Act, conversation: str, card: str = "") -> View:
    """The modal that asks for what an act still needs."""
    return view_of(forms.form_for(act, conversation, card))


def modal(reply: Reply, form: Becomes | None = None, card: str = "") -> View:
    """A reply as the modal that waits for it."""
    return modal_of(reply, Origin(view=KEY, form=form, card=card), reply.conversation).view


def every_view() -> dict[str, View]:
    """One view of each kind, by the name of its golden."""
    desk: dict[str, acts.Act] = {
        "ask_back": acts.AskBack("12", 3, ""),
        "close": acts.Close("12", 3, ""),
        "withdraw_ruling": acts.WithdrawRuling("3", 1, tell=True),
        "add_staff": acts.AddStaff("ipem", ""),
        **ACCOUNTS,
    }
    asker: dict[str, acts.Act] = {
        "add_to_query": acts.AddToQuery("12", ""),
        "reopen_query": acts.ReopenQuery("12"),
        "rate": acts.Rate("7", right=False),
        "check_draft": acts.CheckDraft("", Account.PERSONAL),
        **ADMINS,
    }
    return {
        "loading": loading_view(KEY),
        "send": modal(PREVIEWED, Becomes.SEND),
        "answer": modal(CARD, Becomes.ANSWER, "12"),
        "to_confirm": modal(TO_CONFIRM, card="12"),
        "second": modal(SECOND, card="12"),
        "step": modal(STEP),
        "card": modal(CARD, card="12"),
        "home": home_of(OVERVIEW),
        "home_of_newcomer": home_of(NEWCOMER),
        "home_refused": home_of(
            Told("slack:U1:home", "I am here for members of the society. Its office can help you.")
        ),
        **{f"form_{name}": form_for(act, DESK, "12") for name, act in desk.items()},
        **{f"form_{name}": form_for(act, ASKER) for name, act in asker.items()},
    }


def path_of(name: str) -> Path:
    return GOLDENS / f"view_{name}.json"


if __name__ == "__main__":
    GOLDENS.mkdir(exist_ok=True)
    for name, view in every_view().items():
        path_of(name).write_text(json.dumps(view, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
