"""The way from a decision about a new account to its request."""

from dataclasses import replace

from bot.acts import RequestAccount
from bot.replies import Button, Concluded, Reply
from bot.wording_of_requests import BEGIN
from knowledge.onboarding.checklist import Checklist


def with_request(replies: list[Reply], checklist: Checklist) -> list[Reply]:
    """The replies; where a guided decision has come to what a group agrees first, with the button that begins its
    request."""
    button = Button("request", BEGIN, RequestAccount())
    return [
        replace(one, buttons=(*one.buttons, button))
        if isinstance(one, Concluded) and any(cited.clause == checklist.request.agree for cited in one.told.citations)
        else one
        for one in replies
    ]
