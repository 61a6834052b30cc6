"""Replies of every kind, of an invented choir: what they look like in Slack is looked at in the golden files."""

from dataclasses import replace

from bot.acts import (
    AddToQuery,
    AnswerQuery,
    AskBack,
    AskForName,
    Claim,
    Close,
    Escalate,
    HandOver,
    Join,
    LeaveUnsent,
    Rate,
    ReopenTicket,
    Say,
    Send,
    ShowContext,
    ShowMyQueries,
    ShowTicket,
    Withdraw,
)
from bot.replies import (
    NEWS,
    Answered,
    Asked,
    Button,
    Card,
    Checked,
    CitedRuling,
    Concluded,
    Entry,
    FollowUp,
    Guided,
    Listed,
    Mail,
    NotAnswered,
    Overview,
    Paragraph,
    Previewed,
    Reply,
    Ruled,
    Said,
    ShownFinding,
    Told,
)
from bot.tickets import Part, State, What
from knowledge.answers import Answer, Citation, Question, Reason, Unanswered
from knowledge.clauses import Verdict
from knowledge.library import Library
from knowledge.posts.drafts import Draft, Finding, Severity
from knowledge.questions import Account
from tests.adapters.slack.lessons import lessons

DM, ALONE, OPENLY = "slack:D1:17.1", "slack:C1:17.1:U1", "slack:C1:17.1:U1:open"
DESK, AT_DESK = "slack:C9", "slack:C9:18.2:U9"

CITATION = Citation(
    "larks/a/b", "larks", "the Larks' rules", "second edition", "Rehearsals", "Ask the conductor first.", official=False
)
OFFICIAL = replace(
    CITATION, clause="larks/a/c", section="Concerts", page=4, quote="No flash in concerts.", official=True
)
RULING = CitedRuling(
    "3",
    "ruling of the choir office, 21 November 2026",
    "May a member film a rehearsal?",
    Verdict.NO,
    "No, not even a part of one.",
    ("larks/a/b",),
    "The choir office has ruled on a like question:",
)
ASK = Button("escalate", "Ask the choir office", Escalate("7"))
RATE = (
    Button("right", "This is right", Rate("7", True)),
    Button("wrong", "This is wrong", Rate("7", False)),
)
CONTEXT = Button("context", "Show the clause in context", ShowContext("7"))
STEPS = (Button("change", "Change an answer", Say("change")), Button("stop", "Stop", Say("stop")))
MINE = Button("my_queries", "My queries", ShowMyQueries())
SAID = (Said("Has the conductor consented?", "Yes, the conductor has"), Said("What is it for?", "To post it"))
DRAFT = Draft("We are the finest!\nThe finest, truly.", "larks", Account.AFFILIATED)
CLAIM = Button("claim", "Claim it", Claim("12", 3))
ANSWER = Button("answer", "Answer", AnswerQuery("12", 3, ""))
AT_CARD = (
    ANSWER,
    Button("ask_back", "Ask the asker", AskBack("12", 3, "")),
    Button("hand_over", "Hand it over", HandOver("12", 3, "")),
    Button("ask_for_name", "Ask for their name", AskForName("12", 3)),
    Button("join", "Join those that ask the same", Join("12", 3, ("14",))),
)
CLOSE = Button("close", "Close it", Close("12", 3, ""))
REOPEN = Button("reopen", "Open it again", ReopenTicket("12", 3))

NOT_SETTLED = Paragraph(
    "It depends, and this clause alone does not settle it. It is put as “should”.",
    (CITATION, OFFICIAL),
    "The choir office can settle it.",
)
GUIDED = Guided(
    DM,
    "Record a rehearsal",
    Paragraph("That depends on what only you can tell me, so I ask one thing at a time.", (CITATION,), ""),
    SAID[:1],
    "To change an answer, say “change”.",
    FollowUp("What is the recording for?", ("To practise at home", "To post it", "Not sure")),
    0.8,
    buttons=(ASK, *STEPS),
)
CONCLUDED = Concluded(
    DM,
    "Record a rehearsal",
    Verdict.DEPENDS,
    Paragraph("It depends. Name the photographer if there is a picture.", (CITATION,), "It speaks to members."),
    "Recorded with our conductor's consent.",
    SAID,
    "To change an answer, say “change”.",
    "I have sent nothing yet. Choose “Ask the choir office”, or copy this text and send it to them yourself.",
    "Hello,\n\nI have a question about this: Record a rehearsal.\n\nThank you.",
    1.0,
    (ASK, STEPS[0]),
)
PREVIEW = Previewed(
    DM,
    "7",
    "This would go to the choir office. Leave out what they need not see, and add a line if you like.",
    (
        Part("question", "Your question", "May I film?\nAll of it?", can_go=False),
        Part("line:1:asked", "You asked", "Hello"),
        Part("told", "What I answered", "I find nothing on that."),
    ),
    "You can expect an answer by Tuesday. Nothing is sent until you say so.",
    (
        Button("send_named", "Send with my name", Send("7", named=True)),
        Button("send_unnamed", "Send without my name", Send("7", named=False)),
        Button("leave", "Leave it", LeaveUnsent("7")),
    ),
)
CARD = Card(
    DESK,
    "12",
    3,
    State.OPEN,
    "Q12 · open",
    ("Society: The Larks, a choir", "Topic: Rehearsals", "Asked by: a member, name withheld", "Held by: nobody yet"),
    (
        Part("question", "The question", "May I film?\nAll of it?", can_go=False),
        Part("told", "What the bot answered", "I find nothing on that."),
    ),
    (CITATION,),
    (Part("ruling:3", "Ruling of the choir office, 21 November 2026: no", "May a member film a rehearsal?\nNo."),),
    ("sent by the asker, 21 Nov 09:00",),
    ("The notice, to the whole desk by e-mail: sent, 21 Nov 09:01",),
    "No, not even a part of one.",
    (CLAIM, *AT_CARD, CLOSE),
)


def card(state: State, heading: str, *buttons: Button, conversation: str = DESK) -> Card:
    """The card of the same query in another state."""
    return replace(CARD, state=state, heading=heading, buttons=buttons, conversation=conversation)


def finding(start: int, end: int, span: str, line: int, column: int, mend: str | None = None) -> ShownFinding:
    """Something found in the draft."""
    found = Finding("larks/a/b", start, end, span, Severity.ERROR, "Leave out the boast.", mend, "superlative")
    return ShownFinding(found, "error", line, column, CITATION, f"Mend: “{span}” to “{mend}”" if mend else "")


def answered(library: Library, text: str = "what does the choir mean by social media") -> Answered:
    """An answer from the sample library, as a message shows it."""
    answer = library.answer(Question(text, "larks"))
    assert isinstance(answer, Answer)
    told = Paragraph("This is what the Larks' rules say.", answer.citations, "")
    return Answered(DM, (told,), "", None, answer, buttons=(*RATE, ASK, CONTEXT))


def not_answered(library: Library) -> NotAnswered:
    """The end of a question without a ruling."""
    unanswered = Unanswered("Hm", Reason.OUT_OF_SCOPE, library.policies[0])
    told = Paragraph(
        "I find nothing on that in the Larks' rules, so I give no ruling.", (), "The choir office can tell."
    )
    return NotAnswered(DM, told, Reason.OUT_OF_SCOPE, unanswered, (RULING,), (ASK,))


def examples(library: Library) -> dict[str, Reply]:
    """A reply of every kind, and of each state of a card, by the name of its golden file."""
    answer = answered(library)
    entries = (
        Entry(
            "Q12 · waiting · sent on 21 November 2026", ("May I film?",), (Button("show", "Show it", ShowTicket("12")),)
        ),
        Entry("Q9 · answered · sent on 3 November 2026", ("May I hum?", "The choir office says: “Yes.”")),
    )
    queries = Listed(DM, "Your queries", entries, "These are the latest 2.", (MINE,))
    return {
        "answer": answer,
        "answer_alone_in_a_channel": replace(answer, conversation=ALONE),
        "answer_in_an_open_thread": replace(answer, conversation=OPENLY),
        "answer_with_a_question_back": replace(
            answer,
            paragraphs=(NOT_SETTLED, answer.paragraphs[0]),
            next_step="If you are not sure, ask the choir office.",
            follow_up=FollowUp("Has the conductor consented?", ("Yes, the conductor has", "No, or I have not asked")),
            rulings=(RULING,),
            buttons=(ASK, *RATE),
        ),
        "not_answered": not_answered(library),
        "ruled": Ruled(
            DM,
            Paragraph(
                "No. The choir office has ruled on this.", (CITATION,), "By themselves, the rules leave it open."
            ),
            replace(RULING, remark=""),
            Verdict.NO,
            0.9,
            (*RATE, Button("guide", "Go through it step by step", Say("Record a rehearsal")), ASK, CONTEXT),
        ),
        "asked": Asked(DM, FollowUp("Which society is this about?", ("The Larks, a choir", "The Oars, a rowing club"))),
        "step": GUIDED,
        "step_on_the_way": replace(GUIDED, told=Paragraph("", (), ""), said=(), hint="", conversation=OPENLY),
        "conclusion": CONCLUDED,
        "check": Checked(
            DM,
            DRAFT,
            "Found in this post from an account that carries the society's name: 2 errors.",
            (finding(11, 17, "finest", 1, 12, "happiest"), finding(23, 29, "finest", 2, 5)),
            "A machine cannot see whether it is true.",
            FollowUp("Shall I mend what can be mended safely?", ("Mend: “finest” to “happiest”", "Done")),
            mended=True,
            buttons=(ASK,),
        ),
        "preview": PREVIEW,
        "card_open": CARD,
        "card_claimed": card(State.CLAIMED, "Q12 · claimed", *AT_CARD, CLOSE),
        "card_answered": card(State.ANSWERED, "Q12 · answered", REOPEN, CLOSE),
        "card_closed": card(State.CLOSED, "Q12 · closed", REOPEN),
        "card_joined": card(State.OPEN, "Q12 · open", Button("show", "Show Q9", ShowTicket("9")), CLOSE),
        "listed": queries,
        "told": Told(
            ALONE,
            "The Choir Secretary at the choir office has answered Q12 (“May I film?”).",
            (CITATION,),
            "No.\nPlease ask the conductor.",
            "12",
            (
                MINE,
                Button("add", "Add something", AddToQuery("12", "")),
                Button("withdraw", "Take it back", Withdraw("12")),
            ),
            What.ANSWERED,
        ),
        "news": Told(DESK, "The asker added a line to Q12.", words="It is on Friday.", ticket="12", about=NEWS),
        "overview": Overview(
            DM,
            "Ask me what you may post, share or retweet.",
            (Button("suggest", "May I film a rehearsal?", Say("May I film a rehearsal?")),),
            Entry(
                "Taking over an account?", ("Begin here.",), (Button("onboarding", "Begin", Say("I have taken over.")),)
            ),
            queries,
            Listed(DM, "The desk of the choir office", entries[:1], "", ()),
        ),
        "mail": Mail(DESK, "Q12 waits", "A query waits at the desk.", "12"),
        **lessons(),
    }
