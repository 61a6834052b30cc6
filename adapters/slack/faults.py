"""What Slack answers where it does not do what was asked, and what follows from it. Each code has one consequence."""

from enum import StrEnum

from adapters.delivery.platforms import Later, Refused


class Means(StrEnum):
    """What an answer comes to."""

    AWAY = "away"  # Slack itself is unwell, and may have done it all the same: later, after a look
    LIMITED = "limited"  # too much at once: as soon as it says; nothing was done
    TOKEN = "token"  # the token is no good: all waits until somebody puts a good one in
    SCOPE = "scope"  # the app may not do this one thing: what needs it waits until somebody lets it
    NOT_THERE = "not there"  # the app, or the person, is not in that place: a direct message, or staff mend it
    UNREACHABLE = "unreachable"  # this person cannot be written to: given up, and staff see why
    GONE = "gone"  # what was to be edited or filled is not there any more: it is said anew
    CHANGED = "changed"  # a view has changed since: once more, whatever it shows
    UNFIT = "unfit"  # a fault of ours in its form: once more as plain text
    UNKNOWN = "unknown"  # tried again, and each attempt counts


_CODES: dict[Means, tuple[str, ...]] = {
    Means.AWAY: ("fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"),
    Means.LIMITED: ("message_limit_exceeded", "rate_limited", "ratelimited"),
    Means.TOKEN: (
        *("account_inactive", "enterprise_is_restricted", "invalid_auth", "not_authed", "org_login_required"),
        *("token_expired", "token_revoked"),
    ),
    Means.SCOPE: (  # of one place or one method, where the token may be good for all else
        *("access_denied", "ekm_access_denied", "missing_scope", "no_permission", "not_allowed_token_type"),
        "team_access_not_granted",
    ),
    Means.NOT_THERE: (
        *("channel_is_archived", "channel_not_found", "is_archived", "method_not_supported_for_channel_type"),
        *("not_in_channel", "restricted_action", "restricted_action_non_threadable_channel"),
        *("restricted_action_read_only_channel", "restricted_action_thread_locked"),
        *("restricted_action_thread_only_channel", "user_not_in_channel"),
    ),
    Means.UNREACHABLE: (
        *("cannot_dm_bot", "messages_tab_disabled", "not_enough_users", "user_disabled", "user_not_found"),
        *("user_not_visible", "users_not_found"),
    ),
    Means.GONE: (
        *("cannot_reply_to_message", "cant_update_message", "edit_window_closed", "exchanged_trigger_id"),
        *("expired_trigger_id", "expired_url", "invalid_trigger_id", "message_not_found", "not_found"),
        *("thread_not_found", "used_url", "view_not_found"),
    ),
    Means.CHANGED: ("hash_conflict",),
    Means.UNFIT: (
        *("invalid_arguments", "invalid_attachments", "invalid_blocks", "invalid_blocks_format"),
        *("invalid_metadata_format", "invalid_metadata_schema", "invalid_payload", "metadata_too_large"),
        *("msg_blocks_too_long", "msg_too_long", "no_text", "too_many_attachments", "view_too_large"),
    ),
}
_MEANS = {code: means for means, codes in _CODES.items() for code in codes}


class Turned(Exception):
    """Slack turned something down for a reason for which there may be another way: SCOPE, NOT_THERE, GONE, CHANGED or
    UNFIT."""

    def __init__(self, code: str, means: Means) -> None:
        super().__init__(code)
        self.code, self.means = code, means


class NotKnown(Later):
    """Slack answered with a code that is not known here. Nothing was done; it is tried again, and that counts."""

    def __init__(self, code: str) -> None:
        super().__init__(None, code, in_doubt=False, away=False)


def meaning_of(code: str, status: int = 200) -> Means:
    """What an answer with this code and this status of HTTP comes to."""
    if status == 429:
        return Means.LIMITED
    return Means.AWAY if status >= 500 else _MEANS.get(code, Means.UNKNOWN)


def unreachable(code: str) -> Refused:
    """Nobody can write to this person."""
    return Refused(f"Slack says that this person cannot be written to ({code})", "reach them in another way")


def not_there(code: str) -> Refused:
    """Nothing can be posted in a channel, and it is not for one person whom a direct message would reach."""
    return Refused(
        f"Slack says that the app cannot post in this channel ({code})",
        "open it again if it is archived, invite the app to it with /invite, and have this sent again",
    )


def unfit(code: str) -> Refused:
    """Not even as plain text is it taken."""
    return Refused(f"Slack does not take this message ({code})", "show the query again, and tell whoever runs this")


def unreadable() -> Refused:
    """What waits is no message for Slack."""
    return Refused("another edition of this program made it", "show the query again")
