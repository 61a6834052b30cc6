"""The methods of Slack's Web API that the stand-in has, each with the scopes that it asks for."""

from collections.abc import Callable
from typing import Any

from adapters.slack.manifest import scopes
from tests.adapters.slack.block_kit import LONGEST_BLOCKS, LONGEST_TEXT, blocks_problems, text_total
from tests.adapters.slack.fake_workspace import (
    APP,
    BOT,
    BOT_USER,
    TEAM,
    Node,
    ResponseUrl,
    SlackError,
    Workspace,
    direct,
    with_ids,
)

SCOPES = frozenset(scopes())  # those of the manifest: what is asked for at registration is what is tried
MOST_VIEWS = 3  # on top of each other
_LONGEST_UPDATE = 4_000  # characters, of an update without blocks
_KINDS = {"C": "channels", "G": "groups", "D": "im"}


class Methods:
    """Carries calls out in a workspace, as far as the scopes go that the app has."""

    def __init__(self, workspace: Workspace, scopes: frozenset[str] = SCOPES, strict_triggers: bool = True) -> None:
        self.workspace, self.scopes, self._strict = workspace, scopes, strict_triggers
        self._by_name: dict[str, tuple[str, Callable[[Node], Node]]] = {
            "api.test": ("", lambda args: {"args": args}),
            "auth.test": ("", self._auth_test),
            "chat.postMessage": ("chat:write", self._post),
            "chat.postEphemeral": ("chat:write", self._whisper),
            "chat.update": ("chat:write", self._update),
            "chat.delete": ("chat:write", self._delete),
            "assistant.threads.setStatus": ("chat:write", self._status),
            "assistant.threads.setSuggestedPrompts": ("assistant:write", self._prompts),
            "views.open": ("", self._open_view),
            "views.push": ("", self._open_view),
            "views.update": ("", self._update_view),
            "views.publish": ("", self._publish),
            "conversations.open": ("im:write", self._open),
            "conversations.info": ("*:read", self._info),
            "conversations.replies": ("*:history", self._replies),
            "conversations.history": ("*:history", self._history),
            "users.info": ("users:read", self._user),
        }

    def __contains__(self, method: str) -> bool:
        return method in self._by_name

    def call(self, method: str, args: Node) -> Node:
        """Carries a call out.

        Raises:
            SlackError: what Slack answers instead.
        """
        if method not in self._by_name:
            raise SlackError("unknown_method")
        scope, run = self._by_name[method]
        needed = scope.replace("*", self._kind(_text(args, "channel"))) if "*" in scope else scope
        if needed and needed not in self.scopes:
            raise SlackError("missing_scope", needed=needed, provided=",".join(sorted(self.scopes)))
        return run(args)

    def respond(self, url: ResponseUrl, body: Node) -> None:
        """What a post to a response URL does.

        Raises:
            SlackError: it is refused.
        """
        workspace = self.workspace
        if body.get("delete_original") or body.get("replace_original"):
            if url.ephemeral:
                old = workspace.whispered(url.user, url.channel, url.ts)
                if old is not None:
                    workspace.ephemerals.remove(old)
            else:
                old = workspace.messages[url.channel].get(url.ts)
                if old is not None and body.get("delete_original"):
                    del workspace.messages[url.channel][url.ts]
            if body.get("delete_original"):
                return
            if old is not None:
                new = {**old, **_composed(body), "edited": True}
                _ = workspace.whisper(new) if url.ephemeral else workspace.keep(url.channel, new)
                return
        message = {**_composed(body), "ts": workspace.new_ts()}
        if body.get("response_type") == "in_channel":
            workspace.keep(url.channel, message)
        else:
            workspace.whisper({**message, "channel": url.channel, "to": url.user})

    def _kind(self, channel: str) -> str:
        return "groups" if self.workspace.channel(channel).private else _KINDS.get(channel[:1], "channels")

    def _auth_test(self, _args: Node) -> Node:
        return {
            "url": "https://fake.slack.test/",
            "team": "Fake",
            "user": "verse",
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT,
            "app_id": APP,
            "is_enterprise_install": False,
        }

    def _reached(self, args: Node, post: bool = True) -> str:
        """The channel of a call. A person's id is that of the direct messages with them."""
        name, workspace = _text(args, "channel"), self.workspace
        if name[:1] in ("U", "W"):
            workspace.user(name)
            name = direct(name)
        if name[:1] not in _KINDS or len(name) < 2:
            raise SlackError("channel_not_found")
        if name[0] == "D":
            if workspace.user(f"U{name[1:]}").gone and post:
                raise SlackError("user_disabled")
            return name
        channel = workspace.channel(name)
        if not channel.bot_in:
            raise SlackError("channel_not_found" if channel.private else "not_in_channel")
        if channel.archived and post:
            raise SlackError("is_archived")
        return name

    def _post(self, args: Node) -> Node:
        channel = self._reached(args)
        message = {**_composed(args), "ts": self.workspace.new_ts()}
        if args.get("reply_broadcast") in (True, "true", "1"):
            message["subtype"] = "thread_broadcast"
        self.workspace.keep(channel, message)
        return {"channel": channel, "ts": message["ts"], "message": _shown(message, False)}

    def _whisper(self, args: Node) -> Node:
        channel, user = self._reached(args), self.workspace.user(_text(args, "user"))
        members = self.workspace.channel(channel).members
        if user.gone:
            raise SlackError("user_disabled")
        if members is not None and user.id not in members:
            raise SlackError("user_not_in_channel")
        message = {**_composed(args), "channel": channel, "to": user.id, "ts": self.workspace.new_ts()}
        message.pop("metadata", None)  # nobody can read it back
        self.workspace.whisper(message)
        return {"message_ts": message["ts"]}

    def _own(self, args: Node, otherwise: str) -> tuple[str, Node]:
        channel = _text(args, "channel")
        if channel[:1] not in _KINDS:  # a person's id does not do here
            raise SlackError("channel_not_found")
        message = self.workspace.messages[channel].get(_text(args, "ts"))
        if message is None:
            raise SlackError("message_not_found")
        if message.get("user") != BOT_USER:
            raise SlackError(otherwise)
        return channel, message

    def _update(self, args: Node) -> Node:
        channel, message = self._own(args, "cant_update_message")
        if len(args.get("text") or "") > _LONGEST_UPDATE and not args.get("blocks"):
            raise SlackError("msg_too_long")
        # Slack has said both that blocks which are not named stay and that they go: here they stay, the worse of both.
        new = {name: value for name, value in _composed(args).items() if name in ("text", "blocks", "metadata")}
        if args.get("blocks") == []:
            message.pop("blocks", None)
        self.workspace.keep(channel, {**message, **new, "edited": True})
        return {"channel": channel, "ts": message["ts"], "text": message["text"]}

    def _delete(self, args: Node) -> Node:
        channel, message = self._own(args, "cant_delete_message")
        del self.workspace.messages[channel][message["ts"]]
        return {"channel": channel, "ts": message["ts"]}

    def _status(self, args: Node) -> Node:
        if not args.get("channel_id") or not args.get("thread_ts") or len(args.get("loading_messages") or []) > 10:
            raise SlackError("invalid_arguments")
        self.workspace.statuses.append(args)
        return {}

    def _prompts(self, args: Node) -> Node:
        prompts = args.get("prompts")
        right = (
            isinstance(prompts, list)
            and 1 <= len(prompts) <= 4
            and all({"title", "message"} <= one.keys() for one in prompts)
        )
        if not right or not args.get("channel_id"):
            raise SlackError("invalid_arguments")
        if not args.get("thread_ts"):  # with one it is accepted, and nobody sees it
            self.workspace.prompts.append(args)
        return {}

    def _open_view(self, args: Node) -> Node:
        user = self.workspace.take_trigger(_text(args, "trigger_id"), self._strict)
        view = args.get("view")
        if isinstance(view, dict) and view.get("type") == "home":
            raise SlackError("invalid_arguments")
        if sum(one["user"] == user for one in self.workspace.views.values()) >= MOST_VIEWS:
            raise SlackError("push_limit_reached")
        return {"view": self.workspace.show(view or {}, user)}

    def _update_view(self, args: Node) -> Node:
        old = self.workspace.views.get(_text(args, "view_id"))
        if args.get("external_id"):
            views = self.workspace.views.values()
            old = next((one for one in views if one.get("external_id") == args["external_id"]), None)
        if old is None:
            raise SlackError("not_found")
        if args.get("hash") and args["hash"] != old["hash"]:
            raise SlackError("hash_conflict")
        return {"view": self.workspace.show(args.get("view") or {}, old["user"], old)}

    def _publish(self, args: Node) -> Node:
        user = self.workspace.user(_text(args, "user_id"))
        old = self.workspace.homes.get(user.id)
        if args.get("hash") and old and args["hash"] != old["hash"]:
            raise SlackError("hash_conflict")
        if (args.get("view") or {}).get("type") != "home":
            raise SlackError("invalid_arguments")
        return {"view": self.workspace.show(args["view"], user.id, old)}

    def _open(self, args: Node) -> Node:
        users = _text(args, "users")
        if not users:
            raise SlackError("users_list_not_supplied")
        user = self.workspace.user(users)
        if user.gone:
            raise SlackError("user_disabled")
        if user.bot:
            raise SlackError("cannot_dm_bot")
        return {"channel": {"id": direct(user.id)}}

    def _info(self, args: Node) -> Node:
        name = _text(args, "channel")
        channel = self.workspace.channel(name)
        if name[:1] not in _KINDS or (channel.private and not channel.bot_in):
            raise SlackError("channel_not_found")
        told = {"id": name, "name": name.lower(), "is_im": name[0] == "D", "is_member": channel.bot_in}
        shared = {"is_shared": channel.shared, "is_ext_shared": channel.shared}
        return {"channel": told | shared | {"is_archived": channel.archived, "is_private": channel.private}}

    def _replies(self, args: Node) -> Node:
        channel, ts = self._reached(args, post=False), _text(args, "ts")
        parent = self.workspace.messages[channel].get(ts)
        found = ([parent] if parent else []) + self.workspace.thread(channel, ts)
        if not found:
            raise SlackError("thread_not_found")
        return _page(found, args)

    def _history(self, args: Node) -> Node:
        channel, ends = self._reached(args, post=False), [float(args.get(name) or 0) for name in ("oldest", "latest")]
        top = [
            one
            for one in self.workspace.messages[channel].values()
            if (one.get("thread_ts") in (None, one["ts"]) or one.get("subtype") == "thread_broadcast")
            and float(one["ts"]) > ends[0]
            and (not ends[1] or float(one["ts"]) < ends[1])
        ]
        return _page(top[::-1], args)

    def _user(self, args: Node) -> Node:
        return {"user": self.workspace.user(_text(args, "user")).as_json()}


def _text(args: Node, name: str) -> str:
    return str(args.get(name) or "")


def _page(messages: list[Node], args: Node) -> Node:
    first, limit = int(args.get("cursor") or 0), int(args.get("limit") or 100)
    with_metadata = args.get("include_all_metadata") in (True, "true", "1")
    more = first + limit < len(messages)
    return {
        "messages": [_shown(one, with_metadata) for one in messages[first : first + limit]],
        "has_more": more,
        "response_metadata": {"next_cursor": str(first + limit) if more else ""},
    }


def _shown(message: Node, with_metadata: bool) -> Node:
    hidden = {"touched", "at"} if with_metadata else {"touched", "at", "metadata"}
    return {name: value for name, value in message.items() if name not in hidden}


def _composed(args: Node) -> Node:
    """A message of the bot's own, of what was given for it."""
    blocks: Any = args.get("blocks")
    if not (args.get("text") or blocks):
        raise SlackError("no_text")
    if len(args.get("text") or "") > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    if blocks:
        problems = blocks_problems(blocks)
        if problems:
            raise SlackError("invalid_blocks", problems)
        if text_total(blocks) > LONGEST_BLOCKS:
            raise SlackError("msg_blocks_too_long")
    message: Node = {"type": "message", "user": BOT_USER, "bot_id": BOT, "app_id": APP, "text": args.get("text") or ""}
    if blocks:
        message["blocks"] = with_ids(blocks)
    metadata = args.get("metadata")
    if metadata:
        if not isinstance(metadata, dict) or metadata.keys() != {"event_type", "event_payload"}:
            raise SlackError("invalid_metadata_format")
        message["metadata"] = metadata
    if args.get("thread_ts"):
        message["thread_ts"] = str(args["thread_ts"])
    return message
