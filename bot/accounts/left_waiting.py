"""What is said below the answer to a question that somebody asks while a step or a request waits for them."""

from bot import wording_of_requests as wording
from bot.account_requests import AccountRequest
from bot.accounts.waiting import is_next_said
from bot.accounts.words_waited_for import waiting_here
from bot.acts import RequestAccount, ShowOnboarding
from bot.messages import Message
from bot.ports import Work
from bot.recording import ending_of
from bot.replies import Button, Reply, Told
from knowledge.answers import Reason


def left_waiting(message: Message, replies: list[Reply], work: Work) -> list[Reply]:
    """That something waits, said when it is first left for something else; to be asked before what was said is kept.
    A courtesy leaves nothing."""
    if ending_of(replies) == Reason.SMALL_TALK:
        return []
    account = message.person.account
    turn = work.conversations.last(message.conversation, account) if account else None
    society = message.society or (turn.society if turn else "")
    here = waiting_here(message, society, work)
    left = here[0] if here and is_next_said(message, here[0].active, work) else None
    if left is None:
        return []
    if isinstance(left, AccountRequest):
        button = Button("go_on", wording.GO_ON, RequestAccount(left.id))
        return [Told(message.conversation, wording.REQUEST_WAITS, buttons=(button,))]
    entry = work.register.get(left.entry)
    if entry is None:
        return []
    button = Button("go_on", wording.GO_ON_ONBOARDING, ShowOnboarding(left.id))
    return [Told(message.conversation, wording.onboarding_waits(entry.handle), buttons=(button,))]
