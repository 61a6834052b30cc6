"""No yes grows out of the example of a company's post that is fine, but for what it is an example of."""

import pytest

from knowledge.answers import Answer, Question, Unanswered
from knowledge.clauses import Party, Verdict
from knowledge.library import Library

INVITATIONS = [
    (Party.ACCOUNT_ADMIN, "Can our SIG retweet an exhibitor's 'we're at stand 7, come by'?"),
    (Party.MEMBER, "May we share a sponsor's post that says where its stand is at the conference?"),
    (Party.ACCOUNT_ADMIN, "Is it OK for the group to repost a company's invitation to visit its booth?"),
    (Party.MEMBER, "Can I retweet a corporate member asking people to drop in at its stand during the annual meeting?"),
    (Party.ACCOUNT_ADMIN, "May our feed share which hall an exhibitor will be in?"),
    (
        Party.ACCOUNT_ADMIN,
        "A firm that makes phantoms says 'find us at table 5, all welcome'. Fine for our account to retweet?",
    ),
    (Party.GROUP, "Can we pass on an exhibitor's note that its team will be at stand 30 all day?"),
    (Party.MEMBER, "Are we allowed to retweet companies inviting our members to their stands?"),
    (
        Party.ACCOUNT_ADMIN,
        "The exhibitors have tweeted invitations to come and see them at the study day. May we retweet those?",
    ),
    (Party.ACCOUNT_ADMIN, "Our conference sponsor tweeted 'stop by and say hi at B14'. Okay to retweet from the SIG?"),
    (Party.MEMBER, "Could we share a manufacturer's post asking delegates to call at its stand?"),
    (
        Party.ACCOUNT_ADMIN,
        "May the group's account pass on that a supplier has a stall at the spring meeting and would like visitors?",
    ),
    (Party.GROUP, "Can we retweet vendors when they tell people which booth they're at?"),
    (Party.ACCOUNT_ADMIN, "An exhibitor writes 'meet our people at stand 19 in the break'. Can our handle share that?"),
    (Party.ACCOUNT_ADMIN, "Would it be all right for us to repost a company's 'come and visit us at the congress'?"),
]
SELLING = [
    (Party.MEMBER, "Can we film the products on our exhibitors' stands and post it?"),
    (Party.ACCOUNT_ADMIN, "May our SIG share an exhibitor's price list?"),
    (Party.ACCOUNT_ADMIN, "Can we post a sponsor's new scanner with a link to buy it?"),
    (Party.MEMBER, "May we retweet a supplier's two-for-one deal for delegates?"),
    (Party.ACCOUNT_ADMIN, "Can the group share a company's brochure from its stand?"),
    (Party.ACCOUNT_ADMIN, "Is it fine to post a review of the best gadget at the exhibition?"),
    (Party.MEMBER, "Can we share the exhibitors' product launches?"),
    (Party.ACCOUNT_ADMIN, "May our account thank a sponsor and say that its detectors are excellent?"),
    (Party.ACCOUNT_ADMIN, "Can our SIG post that everybody should try the software on stand 4?"),
    (Party.MEMBER, "May I post pictures of a company's new linac from its booth on our group's page?"),
    (Party.ACCOUNT_ADMIN, "Can we retweet an exhibitor offering ten per cent off at its stand?"),
    (Party.ACCOUNT_ADMIN, "Can we advertise our exhibitors?"),
    (Party.GROUP, "May our page run a supplier's competition to win its dosimeter?"),
    (Party.ACCOUNT_ADMIN, "Can we recommend a stallholder's phantoms to our followers?"),
    (Party.MEMBER, "Are we allowed to promote the companies that exhibit at our meeting?"),
    (Party.ACCOUNT_ADMIN, "Can we share an exhibitor's customer testimonial?"),
    (Party.ACCOUNT_ADMIN, "May the SIG repost a sponsor's sales video from the trade hall?"),
    (Party.ACCOUNT_ADMIN, "Can I share a stand invitation that also says theirs is the best dosimeter in the world?"),
    (Party.MEMBER, "Can we post exhibitors' job adverts and voucher codes?"),
    (Party.ACCOUNT_ADMIN, "May we invite a company to sell its kit through our feed?"),
    (Party.MEMBER, "Can we post a picture of the exhibitors' equipment with prices?"),
    (Party.ACCOUNT_ADMIN, "May our SIG tweet about an exhibitor's clearance sale?"),
    (Party.ACCOUNT_ADMIN, "Can we share a stallholder's voucher?"),
    (Party.MEMBER, "May we put a sponsor's banner ad on our page?"),
    (Party.ACCOUNT_ADMIN, "Is it OK to post a demo of an exhibitor's machine?"),
    (Party.ACCOUNT_ADMIN, "Can we share the special conference price of a firm at stand 8?"),
    (Party.GROUP, "May we tell our followers to buy from the companies at our meeting?"),
    (Party.ACCOUNT_ADMIN, "Can the feed repost a supplier's catalogue?"),
    (Party.MEMBER, "Could our group post a free trial from an exhibitor?"),
    (Party.ACCOUNT_ADMIN, "Can we post photos of the new probes that the exhibitors brought?"),
    (Party.ACCOUNT_ADMIN, "May our account say which exhibitor has the best phantom?"),
    (Party.MEMBER, "Can our SIG post a vendor's webinar about its own planning system?"),
    (Party.ACCOUNT_ADMIN, "Can we retweet 'come to stand 3 for our show-only discount'?"),
    (Party.ACCOUNT_ADMIN, "Is our handle allowed to share an exhibitor's order form?"),
    (Party.MEMBER, "Can we give exhibitors a shout-out for their great products?"),
    (Party.ACCOUNT_ADMIN, "May we post an exhibitor's advertising video from the hall?"),
]
SHOWING = [
    (Party.ACCOUNT_ADMIN, "Can we post a video of our exhibitors' scanners?"),
    (Party.ACCOUNT_ADMIN, "May our SIG post photos of suppliers' new detectors?"),
    (Party.ACCOUNT_ADMIN, "Can we show the machines from the trade hall on our feed?"),
    (Party.ACCOUNT_ADMIN, "Can we post about an exhibitor's software?"),
    (Party.ACCOUNT_ADMIN, "Can we share a sponsor's new treatment couch?"),
    (Party.ACCOUNT_ADMIN, "May we tweet a picture of the gamma camera on stand 9?"),
    (Party.ACCOUNT_ADMIN, "Can we post exhibitors' equipment?"),
    (Party.ACCOUNT_ADMIN, "Can our account share a company's technology from the exhibition?"),
    (Party.ACCOUNT_ADMIN, "Can we tweet about what the companies at our meeting make?"),
    (Party.ACCOUNT_ADMIN, "May I film a company's linac at its booth for our group?"),
    (Party.ACCOUNT_ADMIN, "Can we post exhibitors' news?"),
    (Party.ACCOUNT_ADMIN, "Can we share an exhibitor's logo?"),
]
PROBLEMS = [
    "Is it a problem if we post exhibitors' discounts?",
    "Does it matter if our SIG shares a sponsor's price list?",
    "Do we have to avoid sharing an exhibitor's product video?",
    "Must the group steer clear of an exhibitor's voucher, or not at all?",
]


def ask(library: Library, text: str, role: Party = Party.ACCOUNT_ADMIN, *chosen: str) -> Answer | Unanswered:
    return library.answer(Question(text, "ipem", role, chosen))


def verdict(found: Answer | Unanswered) -> Verdict:
    return found.verdict if isinstance(found, Answer) else Verdict.NOT_COVERED


@pytest.mark.parametrize(("role", "text"), INVITATIONS)
def test_an_invitation_to_a_stand_may_be_shared(library: Library, role: Party, text: str) -> None:
    found = ask(library, text, role)
    assert verdict(found) is Verdict.YES
    assert found.citations[0].clause == "ipem/retweeting/example-fine"


@pytest.mark.parametrize(("role", "text"), SELLING)
def test_what_sells_or_praises_is_never_answered_yes(library: Library, role: Party, text: str) -> None:
    assert verdict(ask(library, text, role)) is not Verdict.YES


@pytest.mark.parametrize(("role", "text"), SHOWING)
def test_goods_and_pictures_of_ones_own_are_more_than_the_example_covers(
    library: Library, role: Party, text: str
) -> None:
    assert verdict(ask(library, text, role)) is not Verdict.YES


@pytest.mark.parametrize("text", PROBLEMS)
def test_nobody_is_told_that_selling_is_no_problem(library: Library, text: str) -> None:
    assert verdict(ask(library, text)) is not Verdict.NO


def test_what_is_left_open_is_told_with_both_clauses_and_asked_back(library: Library) -> None:
    found = ask(library, "Can the group share a company's brochure from its stand?")
    assert isinstance(found, Answer)
    assert found.verdict is Verdict.DEPENDS
    assert found.turns_on is not None
    cited = {citation.clause for citation in found.citations}
    assert cited >= {"ipem/retweeting/example-fine", "ipem/retweeting/no-endorsement"}


@pytest.mark.parametrize(
    ("option", "settled"),
    [
        ("It praises the company, promotes a product or sells something", Verdict.NO),
        ("It invites people to its stand at a conference or event", Verdict.YES),
    ],
)
def test_what_the_post_does_settles_it(library: Library, option: str, settled: Verdict) -> None:
    text = "Can the group share a company's brochure from its stand?"
    assert verdict(ask(library, text, Party.ACCOUNT_ADMIN, option)) is settled


def test_who_does_not_represent_the_society_is_not_limited(library: Library) -> None:
    text = "Can I share a sponsor's discount from my own personal account, not representing IPEM?"
    assert verdict(ask(library, text, Party.MEMBER)) is Verdict.YES


def test_following_who_sells_is_no_selling(library: Library) -> None:
    assert verdict(ask(library, "Can I follow a company that sells phantoms?", Party.MEMBER)) is Verdict.YES
