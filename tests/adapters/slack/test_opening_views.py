"""A process tells the modals that it has had opened from those of others."""

import asyncio

from adapters.slack.opening_views import OpeningViews
from tests.adapters.slack.sending_out import Bench, at_bench, modal


def test_a_modal_is_known_where_it_was_opened_though_slack_does_not_show_it() -> None:
    async def look(at: Bench) -> None:
        here, elsewhere = OpeningViews(at.platform._client, until_shown=0), OpeningViews(at.platform._client)
        gone = asyncio.Event()
        here.open(modal("One moment", "e1"), "no.trigger", otherwise=gone.set)
        assert here.knows("e1")
        assert not elsewhere.knows("e1")

        await gone.wait()
        assert here.knows("e1")
        assert await here.opened("e1") is None

    at_bench(look)


def test_a_form_that_was_answered_is_known_where_that_was() -> None:
    async def look(at: Bench) -> None:
        views = OpeningViews(at.platform._client, until_shown=0)
        views.answered("e1")
        assert (views.knows("e1"), views.knows("e2")) == (True, False)
        await views.close()

    at_bench(look)


def test_nobody_changes_what_a_form_was_answered_with_before_it_is_shown() -> None:
    async def look(at: Bench) -> None:
        views = OpeningViews(at.platform._client, until_shown=3600)
        views.answered("e1")
        asking = asyncio.create_task(views.opened("e1"))
        told, _ = await asyncio.wait({asking}, timeout=0.05)
        assert not told

        await views.close()
        assert await asking is None

    at_bench(look)
