"""The Otters, an invented swimming club: its policy as published, with the scars of a copied page, and its clauses."""

from knowledge.clauses import Clause, Force, Party
from knowledge.intake.documents import Block, Document, Kind

NAME, ADDRESS, TELEPHONE = "Ann Example", "ann.example@example.org", "(01632) 960 001"


def heading(text: str, level: int = 2, page: int | None = None) -> Block:
    return Block(Kind.HEADING, text, level, page=page)


def paragraph(text: str, page: int | None = None) -> Block:
    return Block(Kind.PARAGRAPH, text, page=page)


def item(text: str, level: int = 1, mark: str = "", page: int | None = None) -> Block:
    return Block(Kind.ITEM, text, level, mark, page=page)


def row(text: str, level: int = 2, page: int | None = None) -> Block:
    return Block(Kind.ROW, text, level, page=page)


PUBLISHED = Document(
    (
        heading("Otters online", 1, 1),
        paragraph("Otters Swimming Club Development Site", 1),
        paragraph("Date: 4th March 2021", 1),
        heading("About this policy", page=1),
        paragraph(
            "Otters swim in lakes and rivers, e.g. Loch Lethe, and love to show it online."
            " This policy binds every Otter and every guest who swims with us.",
            1,
        ),
        heading("What counts", page=1),
        paragraph(
            "Social media comes in many shapes: forums, picture walls, video sites and the tide board of our website."
            " The channels that help the club most are:",
            1,
        ),
        paragraph("Even channels that appear after this was agreed fall under it.", 1),
        heading("Club accounts", page=1),
        paragraph("The club speaks through @otternews and a page on Ripple; the Swim Secretary looks after both.", 1),
        paragraph("Privacy. Do not show the face of a child unless a parent agrees.", 1),
        paragraph("Safety – Never publish where somebody is about to swim alone.", 1),
        paragraph("Account holders must not post:", 1),
        item("adverts for makers of wetsuits", page=1),
        item("race times that the referee has not signed", page=1),
        item("gossip about other clubs", page=1),
        heading("Your own accounts", page=2),
        paragraph(
            "Otters may mention that they belong to the club, and should then add the line “I swim with the Otters but"
            " speak for myself.” The badge of the club stays off private profiles.",
            2,
        ),
        paragraph(
            "A journalist who asks about the club should get no reply from you."
            f" Forward the question to {NAME}, Press Officer, at {ADDRESS} or on {TELEPHONE}."
            " Journalists get their reply from the Press Officer within two days.",
            2,
        ),
        heading("Register of accounts", page=2),
        row("Account | Looked after by", 1, 2),
        row("@otternews | Swim Secretary", page=2),
        row("@otterpups | Junior Captain", page=2),
        paragraph("This policy was last amended in May 2022 and takes effect at once.", 2),
        heading("Our sponsors", page=2),
        paragraph("We thank Brrr Ltd for the towels.", 2),
        paragraph("» Read more » Other news", 2),
    )
)


def _clause(name: str, section: str, text: str, force: Force = Force.FACT) -> Clause:
    return Clause(f"otters/{name}", "otters", section, force, (Party.MEMBER,), text)


CLAUSES = (
    _clause(
        "about/date",
        "About this policy",
        "The policy bears the date of 4 March 2021; it was last amended in May 2022 and takes effect at once.",
    ),
    _clause("about/who", "About this policy", "The policy binds each Otter and each guest of a swim."),
    _clause(
        "counts/shapes",
        "What counts",
        "Social media takes many shapes, among them forums, picture walls, video sites and the website's tide board.",
    ),
    _clause("counts/channels", "What counts", "The list of the channels that help most is missing.", Force.GAP),
    _clause("counts/new", "What counts", "Channels that appear after the policy was agreed fall under it too."),
    _clause(
        "accounts/official",
        "Club accounts",
        "The club speaks through the account @otternews and a Ripple page, and the Swim Secretary looks after them.",
    ),
    _clause(
        "accounts/children",
        "Club accounts / Privacy",
        "Without the agreement of a parent, the face of a child is not shown.",
        Force.MUST_NOT,
    ),
    _clause(
        "accounts/alone",
        "Club accounts / Safety",
        "Where somebody is going to swim alone is never published.",
        Force.MUST_NOT,
    ),
    _clause("accounts/banned", "Club accounts", "What account holders must not post is left out.", Force.GAP),
    _clause("own/membership", "Your own accounts", "Otters may mention that they belong to the club.", Force.MAY),
    _clause(
        "own/disclaimer",
        "Your own accounts",
        "Otters who mention the club should add the line that they swim with the Otters but speak for themselves.",
        Force.SHOULD,
    ),
    _clause("own/badge", "Your own accounts", "The club badge stays off a private profile.", Force.MUST_NOT),
    _clause(
        "own/press",
        "Your own accounts",
        "A journalist who asks about the club gets no reply from an Otter; forward the question to the Press Officer,"
        " from whom journalists get a reply within two days.",
        Force.SHOULD,
    ),
    _clause("register/pups", "Register of accounts", "The Junior Captain looks after @otterpups."),
)
