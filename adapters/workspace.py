"""The workspace that is served on a chat platform: whose it is, and what its office has decided for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from adapters.bootstrap import in_force
from adapters.office import office_of
from adapters.settings import Settings, SettingsError
from bot.people import Standing
from knowledge import editions


@dataclass(frozen=True, slots=True)
class Workspace:
    """The society that everybody there belongs to, the conversations (platform:id) of desks, those in which everybody
    sees an answer, and who is admitted besides the workspace's own members."""

    society: str
    desks: frozenset[str] = frozenset()
    open_conversations: frozenset[str] = frozenset()
    admitted: frozenset[Standing] = frozenset()

    def is_desk(self, conversation: str) -> bool:
        """Whether a channel is a desk."""
        return conversation in self.desks

    def is_open(self, conversation: str) -> bool:
        """Whether everybody in a channel sees an answer; never at a desk."""
        return conversation in self.open_conversations and not self.is_desk(conversation)

    def admits(self, standing: Standing) -> bool:
        """Whether people of this standing are answered. Staff are, whatever theirs is."""
        return standing is Standing.OWN or standing in self.admitted


def workspace_of(settings: Settings, platform: str) -> Workspace:
    """What is known of it before an index is open.

    Raises:
        SettingsError: nobody can say whose it is, or the office's file cannot be used.
        PolicyFileError: a folder of policies cannot be read.
        EditionError: the history or an edition in force is damaged.
    """
    society = society_of(settings, (policy.society for policy in editions.read(in_force(settings))))
    decided = office_of(settings).society
    desks = frozenset(one.desk for one in decided.values() if one.desk.startswith(f"{platform}:"))
    own = decided.get(society)
    if own is None:
        return Workspace(society, desks, frozenset())
    kinds = {Standing.GUEST: own.guests, Standing.OUTSIDER: own.other_organisations}
    admitted = frozenset(standing for standing, is_admitted in kinds.items() if is_admitted)
    return Workspace(society, desks, frozenset(own.open_channels), admitted)


def society_of(settings: Settings, held: Iterable[str]) -> str:
    """The one society whose workspace it is, of those whose policies are held.

    Raises:
        SettingsError: there are several, and none was named, or one that is not held.
    """
    societies = sorted(set(held))
    if settings.society in societies:
        return settings.society
    if settings.society is not None:
        raise SettingsError(f"no policy of '{settings.society}' is held; mend SOCIETY: held are {', '.join(societies)}")
    if len(societies) != 1:
        raise SettingsError(
            f"the bot answers for one society, and SOCIETY does not say for which; set it to {' or '.join(societies)}"
        )
    return societies[0]
