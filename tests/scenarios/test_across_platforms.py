"""One bot and one desk for people in Teams and people in Slack, over real HTTP on both sides."""

from tests.adapters.chat.room_of_both import Rooms, opened
from tests.adapters.chat.running import Setting, on_a_loop
from tests.adapters.slack.room import DESK as SLACK_DESK
from tests.adapters.teams.fake_tenant import DESK_CONVERSATION as TEAMS_DESK
from tests.adapters.teams.reading import read
from tests.scenarios.test_slack import sent_by as sent_in_slack
from tests.scenarios.test_teams import sent_by as sent_in_teams

IN_SLACK = f"slack:{SLACK_DESK}"
ADVERT = "Can I print an advert in the programme?"
GENERAL = "Can members print an advert in the programme?"
RULING = {
    "Your_answer": "One, if it is small.",
    "Whom_is_it_for": "A ruling for all",
    "The_question_in_general_words": GENERAL,
    "The_answer_to_it": "Yes",
    "Other_clauses": "larks/accounts/tone",
}


async def asked_in_teams_and_ruled_on_in_slack(rooms: Rooms) -> None:
    ann, alex = rooms.teams.person("ann"), rooms.slack.person("UALEX")
    await sent_in_teams(ann, ADVERT)
    assert ADVERT in alex.sees()

    await alex.press("Claim it")
    assert "has taken up" in ann.sees()
    await alex.press("Answer")
    await alex.submit(**RULING)
    await alex.submit()
    await alex.close()

    assert "has answered Q1" in ann.sees()
    assert "One, if it is small." in ann.sees()
    assert rooms.teams.teams.tenant.said_in(rooms.teams.desk) == []  # the desk is in Slack


async def asked_in_slack_and_ruled_on_in_teams(rooms: Rooms) -> None:
    ann, alex = rooms.slack.person("UANN"), rooms.teams.person("alex")
    await alex.installs(rooms.teams.desk)
    await sent_in_slack(ann, ADVERT)
    assert ADVERT in alex.sees()

    await alex.press("Claim it")
    assert "has taken up" in ann.sees_all()
    await alex.press("Answer")
    await alex.submit(**RULING)
    await alex.submit()
    alex.close()

    assert "has answered Q1" in ann.sees()
    assert "One, if it is small." in ann.sees()
    assert rooms.slack.slack.workspace.messages[SLACK_DESK] == {}  # the desk is in Teams


@on_a_loop
async def test_what_is_asked_in_teams_is_claimed_and_ruled_on_in_slack_and_cited_on_either_side(
    larks: Setting, choir: Setting, sqlite_url: str
) -> None:
    async with opened(larks, choir, sqlite_url, IN_SLACK) as rooms:
        await asked_in_teams_and_ruled_on_in_slack(rooms)
        ben, uma = rooms.teams.person("ben"), rooms.slack.person("UUMA")
        await ben.dm(GENERAL)
        await uma.dm(GENERAL)

        assert "The choir office has ruled on this." in ben.sees()
        assert "The choir office has ruled on this." in uma.sees()


@on_a_loop
async def test_what_is_asked_in_slack_is_claimed_and_ruled_on_in_teams_and_cited_on_either_side(
    larks: Setting, choir: Setting, sqlite_url: str
) -> None:
    async with opened(larks, choir, sqlite_url, TEAMS_DESK) as rooms:
        await asked_in_slack_and_ruled_on_in_teams(rooms)
        ben, uma = rooms.teams.person("ben"), rooms.slack.person("UUMA")
        await ben.dm(GENERAL)
        await uma.dm(GENERAL)

        assert "The choir office has ruled on this." in ben.sees()
        assert "The choir office has ruled on this." in uma.sees()


@on_a_loop
async def test_one_desk_serves_both_on_postgresql(larks: Setting, choir: Setting, postgres_url: str) -> None:
    async with opened(larks, choir, postgres_url, TEAMS_DESK) as rooms:
        await asked_in_slack_and_ruled_on_in_teams(rooms)


@on_a_loop
async def test_an_asker_in_teams_is_asked_back_and_replies_to_a_desk_in_slack(
    larks: Setting, choir: Setting, sqlite_url: str
) -> None:
    async with opened(larks, choir, sqlite_url, IN_SLACK) as rooms:
        ann, alex = rooms.teams.person("ann"), rooms.slack.person("UALEX")
        await sent_in_teams(ann, ADVERT, named=False)
        await alex.press("Claim it")
        await alex.press("Ask the asker")
        await alex.submit(What_would_you_like_to_ask="Which programme?")
        await alex.close()
        assert "Which programme?" in ann.sees()

        await ann.press("Reply")
        await ann.submit(What_would_you_like_to_add="The one in June.")
        ann.close()
        assert "The one in June." in alex.sees_all()
        shown = str([call.args for call in rooms.slack.slack.calls])
        assert ann.user.directory_id not in shown  # sent without a name
        assert "Ann" not in shown


@on_a_loop
async def test_two_on_either_side_who_claim_at_once_get_one_claim(
    larks: Setting, choir: Setting, sqlite_url: str
) -> None:
    async with opened(larks, choir, sqlite_url, IN_SLACK) as rooms:
        ann, alex, beth = rooms.teams.person("ann"), rooms.slack.person("UALEX"), rooms.teams.person("beth")
        await sent_in_teams(ann, ADVERT)
        await beth.dm("home")
        late = alex.aimed("Claim it")
        await beth.press("Claim it")
        await alex.pressed(late)

        assert "Beth" in alex.sees_all()
        assert "first" in alex.sees_all()
        assert ann.sees_all().count("has taken up") == 1


@on_a_loop
async def test_staff_on_one_side_are_no_staff_on_the_other_unless_they_are_on_the_list(
    larks: Setting, choir: Setting, sqlite_url: str
) -> None:
    async with opened(larks, choir, sqlite_url, IN_SLACK) as rooms:
        await sent_in_teams(rooms.teams.person("ann"), ADVERT)
        alex, eve = rooms.teams.person("alex"), rooms.teams.person("eve")
        await alex.dm("home")
        await eve.dm("home")

        assert ADVERT in read(alex.seen[-1])
        assert ADVERT not in eve.sees_all()
