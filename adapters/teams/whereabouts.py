"""Where an activity comes from, who did it, and how both are reached: read from what Teams itself says. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from adapters.chat.bodies import Body, Malformed, object_in, part_of, text_in, words_in
from adapters.teams.places import Place, account_of, is_shared, person_of
from adapters.teams.references import Reference, Scope
from bot.people import Standing

_ID = re.compile(r"[!-~]{1,500}")
_THREAD = re.compile(r"[0-9A-Za-z._-]{1,80}")
_LONGEST_CHANNEL, _LONGEST_PERSON = 400, 200  # characters, escaped
_IN_THREAD = ";messageid="
_BOT = "28:"


@dataclass(frozen=True, slots=True)
class Ours:
    """The tenant that is ours; empty where the bot is only tried, and nobody is asked where they belong."""

    tenant: str


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who did something: their account, the id that Teams gives them for this bot (29:...), and what the
    activity itself says of how they belong."""

    account: str
    member: str
    standing: Standing = Standing.OWN

    @property
    def user(self) -> str:
        """What stands for them in their account."""
        return self.account.partition(":")[2]

    @property
    def person(self) -> str:
        """What stands for them in a place."""
        return person_of(self.account)

    @property
    def own(self) -> Place:
        """The personal chat with them."""
        return Place(self.person)


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation of Teams: its id without that of a thread, the thread in a channel, and what kind it is."""

    id: str
    thread: str
    scope: Scope

    def place(self, who: Who) -> Place:
        """Where somebody who writes or presses there is answered."""
        return who.own if self.scope is Scope.PERSONAL else Place(self.id, self.thread, who.person)

    @property
    def conversation(self) -> str:
        """The whole of a channel or a group chat, as the bot's conversations name it."""
        return Place(self.id).conversation


def chat_of(activity: Body) -> Chat:
    """The conversation that an activity is of. Raises Malformed where it names none."""
    conversation = object_in(activity, "conversation")
    name, _, thread = _id_in(conversation, "id").partition(_IN_THREAD)
    scope = words_in(conversation, "conversationType")
    if not is_shared(name):
        if scope in (Scope.GROUP, Scope.CHANNEL):
            raise Malformed  # it would be taken for a person
        return Chat(name, "", Scope.PERSONAL)
    if len(quote(name, safe="")) > _LONGEST_CHANNEL or (thread and not _THREAD.fullmatch(thread)):
        raise Malformed
    # A chat of two people has the id of a shared one, and the bot is not in it.
    return Chat(name, thread, Scope.CHANNEL) if scope == Scope.CHANNEL else Chat(name, "", Scope.GROUP)


def who_did(activity: Body, ours: Ours) -> Who:
    """Whoever did it. Raises Malformed where it names nobody."""
    somebody = object_in(activity, "from")
    member, directory_id = _id_in(somebody, "id"), words_in(somebody, "aadObjectId")
    account = account_of(directory_id, member)
    person = person_of(account)
    if len(quote(person, safe="")) > _LONGEST_PERSON or is_shared(person):
        raise Malformed
    known = not ours.tenant or (bool(directory_id) and person == directory_id.casefold())
    tenants = (tenant_of(activity), words_in(somebody, "tenantId"))
    outside = bool(ours.tenant) and (tenants[0] != ours.tenant or tenants[1] not in ("", ours.tenant))
    return Who(account, member, Standing.OWN if known and not outside else Standing.OUTSIDER)


def is_bot(activity: Body) -> bool:
    """Whether a bot did it, this one or another."""
    somebody = activity.get("from")
    return words_in(somebody, "id").startswith(_BOT) or part_of(somebody, "role") == "bot"


def us_in(activity: Body) -> str:
    """The id that Teams gives the bot there. Raises Malformed where it names none."""
    return _id_in(object_in(activity, "recipient"), "id")


def tenant_of(activity: Body) -> str:
    """The tenant that an activity comes from, in small letters; empty where it names none."""
    named = words_in(activity.get("conversation"), "tenantId")
    tenant = named or words_in(part_of(activity.get("channelData"), "tenant"), "id")
    return tenant.casefold() if _ID.fullmatch(tenant) else ""


def reaches(activity: Body, ours: Ours) -> dict[str, Reference]:
    """How what an activity names is reached, by the conversation that stands for it: whoever did it, and the channel or
    group chat that the bot is in. Raises Malformed where it lacks what that takes."""
    chat, bot = chat_of(activity), us_in(activity)
    service_url, tenant = text_in(activity, "serviceUrl"), tenant_of(activity)
    found: dict[str, Reference] = {}
    if not is_bot(activity) and isinstance(activity.get("from"), dict):
        who = who_did(activity, ours)
        # What is chosen in a menu may come from the chat with another app, where nobody can be written to.
        known = chat.id if chat.scope is Scope.PERSONAL and not _is_of_extension(activity) else ""
        found[who.account] = Reference(service_url, tenant, Scope.PERSONAL, known, bot, who.member)
    if chat.scope is not Scope.PERSONAL and not _is_of_extension(activity):
        for channel in {chat.id, *_channels(activity)} if chat.scope is Scope.CHANNEL else {chat.id}:
            found[Place(channel).conversation] = Reference(service_url, tenant, chat.scope, channel, bot)
    return found


def activity_id(activity: Body, name: str = "id") -> str:
    """The id of an activity, or of another that it names so. Raises Malformed where there is none."""
    return _id_in(activity, name)


def _channels(activity: Body) -> list[str]:
    """The channel that an activity of a team names, and its General."""
    data = activity.get("channelData")
    named = (words_in(part_of(data, part), "id") for part in ("channel", "team"))
    return [one for one in named if is_shared(one) and _ID.fullmatch(one) and len(quote(one)) <= _LONGEST_CHANNEL]


def _is_of_extension(activity: Body) -> bool:
    """Whether it comes from the menu of a message, which is there also where the bot is not."""
    return words_in(activity, "name").startswith("composeExtension/")


def _id_in(part: Body, name: str) -> str:
    found = text_in(part, name)
    if not _ID.fullmatch(found):
        raise Malformed
    return found
