"""The card of a query at the desk: one message of Slack, whatever it holds. Pure."""

from adapters.chat.card_layout import LaidOut, laid_out
from adapters.slack.blocks import numbered, shown
from adapters.slack.buttons import actions
from adapters.slack.outgoing import Block, Post, escaped, escaped_length
from adapters.slack.splitting import LONGEST_TEXT, has_room, shortened, text_of
from bot.replies import Card


def post_of_card(card: Card) -> Post:
    """The card as one message. Where it is too long for that, parts of it are shortened, and a button shows all."""
    blocks: list[Block] = []
    for one in laid_out(card, escaped_length):
        blocks = _message(one)
        if has_room(blocks):
            break
    return Post(escaped(shortened(text_of(blocks), LONGEST_TEXT)), tuple(numbered(blocks, card.conversation)))


def _message(card: LaidOut) -> list[Block]:
    return [*(block for group in card.groups for block in shown(*group)), *actions(card.buttons)]
