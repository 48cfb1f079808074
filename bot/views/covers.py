"""What a lock screen may show of a private note: nothing of it, unless its reader wishes otherwise."""

from __future__ import annotations

from bot.model import Delivery
from bot.posts import Choice, Post, Span, Token
from bot.turn import Turn

NEVER_COVERED = ("moved-away",)
"""What nobody could open any more: the account that it goes to is no partner's."""


def covered(turn: Turn, delivery: Delivery, post: Post) -> Post:
    """The note itself where its reader wishes so; else a neutral line with a way to open it.

    Words that are put in place of such a line a moment later would show all the same: a phone follows the change.
    """
    if delivery.view in NEVER_COVERED:
        return post
    account = turn.store.people.account(delivery.account)
    reader = turn.store.people.partner(account.partner) if account else None
    if reader is None or reader.unveiled:
        return post
    opens = Choice(turn.say("choice-open", reader), Token("open", delivery.id), privately=True)
    return Post((Span(turn.say("notify-neutral", reader)),), (opens,), quiet=post.quiet)
