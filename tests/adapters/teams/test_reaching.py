"""How a person is reached whose chat is kept wrong, or is another one by now."""

from adapters.delivery.platforms import Later, Refused
from adapters.teams.places import Place
from adapters.teams.references import Scope
from tests.adapters.teams.fake_tenant import User
from tests.adapters.teams.sending_out import Bench, at_bench, desk, parcel

ANN = User("ann").account
GONE = "a:1another-app"


def test_where_the_chat_that_is_kept_is_not_there_another_is_begun_and_kept(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        user, chat = at.teams.tenant.person("ann"), at.teams.tenant.personal("ann")
        at.keep(ANN, GONE, Scope.PERSONAL, user=user.id)
        for key in "12":
            await at.platform.deliver(parcel(ANN, key, key=key))

        assert at.texts(chat) == ["1", "2"]
        assert [call.body["members"] for call in at.teams.calls_to("create")] == [[{"id": user.id}]]
        kept = at.references.of(ANN)
        assert kept is not None
        assert (kept.conversation, kept.user) == (chat.id, user.id)

    at_bench(sqlite_url, say)


def test_what_is_for_the_asker_alone_of_what_was_asked_in_a_channel_reaches_them_so_too(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        at.keep(ANN, GONE, Scope.PERSONAL, user=at.teams.tenant.person("ann").id)
        asked = Place("19:desk@thread.tacv2", "", Place.of(ANN).channel).conversation
        await at.platform.deliver(parcel(asked, "Noted", to=ANN))

        assert at.texts(at.teams.tenant.personal("ann")) == ["Noted"]

    at_bench(sqlite_url, say)


def test_where_there_is_no_other_chat_no_more_is_tried(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        at.meet("ann", blocks=True)
        assert isinstance(await at.ends(parcel(ANN, "one")), Later | Refused)
        assert len(at.teams.calls_to("send")) == 1
        assert len(at.teams.calls_to("create")) == 1

    at_bench(sqlite_url, say)


def test_for_a_channel_that_is_gone_no_chat_is_begun(sqlite_url: str) -> None:
    async def say(at: Bench) -> None:
        at.meet("ben")
        at.keep(desk("gone"), "19:gone@thread.tacv2", Scope.CHANNEL)
        assert isinstance(await at.ends(parcel(desk("gone"), "one")), Refused)
        assert at.teams.calls_to("create") == []

    at_bench(sqlite_url, say)
