"""Each answer of Slack's has a stated consequence, whatever it was an answer to; and nothing is lost by any of them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from adapters.delivery.platforms import Later, Refused
from adapters.slack.checking_tokens import OF_TOKENS
from adapters.slack.faults import Means, meaning_of
from adapters.slack.origin import Origin
from adapters.slack.platform import SlackPlatform
from tests.adapters.slack.fake_weather import Fault
from tests.adapters.slack.sending_out import App, Bench, Views, at_bench, modal, parcel

DM, ALONE, DESK, MODAL = "slack:D1:17.3", "slack:C1:17.3:U1", "slack:CDESK", "slack:U1:V1"
SECRET = "heronsecret"
_Got = TypeVar("_Got")


def ended(conversation: str, fault: Fault, origin: Origin | None = None) -> tuple[str | Later | Refused, Bench]:
    """What becomes of a reply that meets a fault, and where."""

    async def say(at: Bench) -> tuple[str | Later | Refused, Bench]:
        at.slack.faults = [fault]
        return await at.ends(parcel(conversation, SECRET, origin=origin)), at

    return at_bench(say)


@pytest.mark.parametrize(
    ("code", "means"),
    [
        ("not_in_channel", Means.NOT_THERE),
        ("channel_not_found", Means.NOT_THERE),
        ("is_archived", Means.NOT_THERE),
        ("user_not_in_channel", Means.NOT_THERE),
        ("restricted_action", Means.NOT_THERE),
        ("user_disabled", Means.UNREACHABLE),
        ("user_not_found", Means.UNREACHABLE),
        ("cannot_dm_bot", Means.UNREACHABLE),
        ("ratelimited", Means.LIMITED),
        ("token_revoked", Means.TOKEN),
        ("token_expired", Means.TOKEN),
        ("invalid_auth", Means.TOKEN),
        ("not_authed", Means.TOKEN),
        ("account_inactive", Means.TOKEN),
        ("missing_scope", Means.SCOPE),
        ("access_denied", Means.SCOPE),
        ("not_allowed_token_type", Means.SCOPE),
        ("team_access_not_granted", Means.SCOPE),
        ("expired_trigger_id", Means.GONE),
        ("exchanged_trigger_id", Means.GONE),
        ("message_not_found", Means.GONE),
        ("not_found", Means.GONE),
        ("hash_conflict", Means.CHANGED),
        ("msg_too_long", Means.UNFIT),
        ("msg_blocks_too_long", Means.UNFIT),
        ("invalid_blocks", Means.UNFIT),
        ("invalid_attachments", Means.UNFIT),
        ("fatal_error", Means.AWAY),
        ("internal_error", Means.AWAY),
        ("service_unavailable", Means.AWAY),
        ("request_timeout", Means.AWAY),
        ("brand_new_code", Means.UNKNOWN),
    ],
)
def test_each_code_that_matters_has_one_meaning(code: str, means: Means) -> None:
    assert meaning_of(code) is means


def test_what_says_that_a_token_is_no_good_is_known_wherever_tokens_are_checked() -> None:
    assert {meaning_of(code) for code in OF_TOKENS} == {Means.TOKEN, Means.SCOPE}


@pytest.mark.parametrize("conversation", [DM, ALONE, DESK])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_slack_that_breaks_is_tried_again_and_may_have_done_it(conversation: str, status: int) -> None:
    later, _ = ended(conversation, Fault("*", status=status))

    assert isinstance(later, Later)
    assert (later.after, later.in_doubt) == (None, True)


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable", "request_timeout"])
def test_a_slack_that_says_that_it_broke_is_taken_at_its_word(code: str) -> None:
    later, _ = ended(DM, Fault("*", error=code))

    assert isinstance(later, Later)
    assert (later.after, later.in_doubt, later.why) == (None, True, code)


@pytest.mark.parametrize("fault", [Fault("*", drop=True), Fault("*", delay=1.0)])
@pytest.mark.parametrize("conversation", [DM, ALONE])
def test_a_line_that_breaks_or_stands_still_leaves_it_in_doubt(conversation: str, fault: Fault) -> None:
    later, _ = ended(conversation, Fault(drop=fault.drop, delay=fault.delay))

    assert isinstance(later, Later)
    assert (later.after, later.in_doubt) == (None, True)


def test_where_nothing_answers_at_all_nothing_can_have_arrived() -> None:
    async def say() -> None:
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient("xoxb-1", "http://127.0.0.1:1/api/", session=session, retry_handlers=[])
            with pytest.raises(Later) as later:
                await SlackPlatform(client, Views(), App()).deliver(parcel(DM, "one"))
            assert (later.value.after, later.value.in_doubt) == (None, False)

    asyncio.run(say())


@pytest.mark.parametrize("conversation", [DM, DESK, ALONE, MODAL])
def test_a_limit_is_kept_as_long_as_it_says_and_holds_up_nothing_else(conversation: str) -> None:
    later, _ = ended(conversation, Fault("*", status=429, retry_after=20))

    assert isinstance(later, Later)
    assert (later.after, later.in_doubt, later.everywhere) == (20, False, False)


def test_a_method_that_is_limited_is_not_called_while_that_lasts_and_others_are() -> None:
    async def say(at: Bench) -> None:
        at.slack.faults = [Fault("chat.postEphemeral", status=429, retry_after=20)]
        ends = [await at.ends(parcel(f"slack:C1:17.3:U{number}", "one", key=str(number))) for number in range(3)]
        assert [end.after for end in ends if isinstance(end, Later)] == [20, 20, 20]
        assert at.calls == ["chat.postEphemeral"]
        await at.platform.deliver(parcel(DM, "one", key="4"))

        at.clock.now += 20
        await at.platform.deliver(parcel(ALONE, "one"))
        assert at.calls == ["chat.postEphemeral", "chat.postMessage", "chat.postEphemeral"]

    at_bench(say)


def test_no_method_is_left_alone_without_end() -> None:
    later, _ = ended(ALONE, Fault("*", status=429, retry_after=10**9))

    assert isinstance(later, Later)
    assert later.after == 3_600


def test_a_limit_without_a_word_on_how_long_is_kept_for_a_while() -> None:
    later, _ = ended(DM, Fault("*", status=429))

    assert isinstance(later, Later)
    assert later.after == 30


def test_a_limit_on_one_response_url_is_nobody_elses() -> None:
    async def say(at: Bench) -> None:
        at.slack.faults = [Fault("response_url", status=429, retry_after=4)]
        later = await at.ends(parcel(ALONE, "one", origin=Origin(url=at.slack.response_url("C1", "U1"))))

        assert isinstance(later, Later)
        assert (later.after, later.everywhere) == (4, False)

    at_bench(say)


def test_a_response_url_that_breaks_leaves_it_in_doubt() -> None:
    async def say(at: Bench) -> None:
        for fault in (Fault("response_url", status=500), Fault("response_url", drop=True)):
            at.slack.faults = [fault]
            later = await at.ends(parcel(ALONE, "one", origin=Origin(url=at.slack.response_url("C1", "U1"))))
            assert isinstance(later, Later)
            assert (later.after, later.in_doubt) == (None, True)

    at_bench(say)


def test_a_response_url_that_points_elsewhere_is_not_followed() -> None:
    went: list[str] = []

    async def told(request: web.Request) -> web.Response:
        went.append(request.path)
        if request.path.startswith("/api/"):
            return web.json_response({"ok": True, "message_ts": "17.5"})
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async def ask(address: str) -> None:
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient("xoxb-1", f"{address}/api/", session=session, retry_handlers=[])
            command = parcel(ALONE, "one", origin=Origin(url=f"{address}/response/1"))
            await SlackPlatform(client, Views(), App()).deliver(command)

    asyncio.run(_beside(told, ask))

    assert went == ["/response/1", "/api/chat.postEphemeral"]


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed"])
def test_without_a_good_token_all_waits_and_whoever_watches_is_told_until_it_is_good_again(code: str) -> None:
    async def say(at: Bench) -> None:
        at.slack.refuses = code
        later = await at.ends(parcel(DM, "one"))
        assert isinstance(later, Later)
        assert (later.after, later.in_doubt, later.everywhere) == (60, False, True)
        assert at.app.tokens == [code]

        at.slack.refuses = ""
        await at.platform.deliver(parcel(DM, "one"))
        await at.platform.deliver(parcel(DM, "two", key="2"))
        assert at.app.tokens == [code, "good"]
        assert at.texts("D1", "17.3") == ["one", "two"]

    at_bench(say)


def test_a_scope_that_is_missing_holds_up_what_needs_it_and_nothing_else() -> None:
    async def say(at: Bench) -> None:
        at.slack.methods.scopes = at.slack.methods.scopes - {"im:write"}
        later = await at.ends(parcel(MODAL, "one"))
        assert isinstance(later, Later)
        assert (later.after, later.in_doubt, later.everywhere, later.why) == (300, False, False, "missing_scope")
        assert at.app.tokens == []
        await at.platform.deliver(parcel(DM, "two", key="2"))

    at_bench(say)


def test_what_is_said_of_one_place_does_not_stop_all_of_slack() -> None:
    later, at = ended(DM, Fault("*", error="access_denied"))

    assert isinstance(later, Later)
    assert (later.after, later.everywhere, at.app.tokens) == (300, False, [])


def test_what_is_not_known_is_tried_again_and_counted() -> None:
    later, _ = ended(DM, Fault("*", error="brand_new_code"))

    assert isinstance(later, Later)
    assert (later.after, later.in_doubt, later.why) == (None, False, "brand_new_code")


@pytest.mark.parametrize("code", ["expired_trigger_id", "not_found", "view_not_found", "exchanged_trigger_id"])
def test_a_modal_that_cannot_be_shown_is_no_reason_to_say_nothing(code: str) -> None:
    async def say(at: Bench) -> None:
        at.slack.faults = [Fault("views.update", error=code)]
        await at.platform.deliver(parcel(MODAL, "one", origin=Origin(view="e1"), view=modal("x", "e1")))

        assert at.texts("D1") == ["one"]

    at_bench(say)


@pytest.mark.parametrize("code", ["msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_attachments"])
def test_a_form_that_is_not_taken_is_told_in_the_log_by_its_code_alone(code: str) -> None:
    with capture_logs() as logs:
        receipt, at = ended(DM, Fault("chat.postMessage", error=code))

    assert isinstance(receipt, str)
    assert at.texts("D1", "17.3") == [SECRET]
    (log,) = [log for log in logs if log["log_level"] == "error"]
    assert (log["event"], log["fault"]) == ("form not taken", code)
    assert SECRET not in str(logs)


@pytest.mark.parametrize("fault", [Fault("*", status=500), Fault("*", error="not_in_channel"), Fault("*", drop=True)])
def test_no_fault_tells_what_was_written(fault: Fault) -> None:
    with capture_logs() as logs:
        end, _ = ended(DESK, fault)

    told = f"{end!r} {vars(end)} {end.__cause__!r}" if isinstance(end, Exception) else end
    assert SECRET not in told + str(logs)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: web.Response(text="<html>A page of something in between</html>", content_type="text/html"),
        lambda: web.Response(text="a page", content_type="text/plain"),
        lambda: web.Response(text="{", content_type="application/json"),
        lambda: web.json_response(["ok"]),
        lambda: web.json_response({"ok": False, "error": {"a": 1}}),
        lambda: web.json_response({"ok": False, "error": "see https://portal.example\nto log in"}),
        lambda: web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"}),
    ],
)
def test_an_answer_that_is_none_of_slacks_is_tried_again_and_leaves_it_in_doubt(
    answer: Callable[[], web.Response],
) -> None:
    async def told(_request: web.Request) -> web.Response:
        return answer()

    async def ask(address: str) -> Later:
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient("xoxb-1", f"{address}/api/", session=session, retry_handlers=[])
            with pytest.raises(Later) as later:
                await SlackPlatform(client, Views(), App()).deliver(parcel(DM, "one"))
            return later.value

    later = asyncio.run(_beside(told, ask))

    assert later.after is None
    assert "portal" not in later.why


async def _beside(
    handler: Callable[[web.Request], Awaitable[web.Response]], ask: Callable[[str], Awaitable[_Got]]
) -> _Got:
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return await ask(f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()
