"""What a refusal of the Bot API means for a delivery."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from adapters.telegram.places import PLATFORM
from bot.errors import DeliveryError, Rejected, RetryLater, RoomHasMoved, Unanswered, Unreachable
from bot.posts import InRoom

NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "need administrator rights",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
)
"""Texts of a 400 that mean the whole chat and not this one post; the library capitalises them anew."""


def meaning_of(trouble: TelegramError) -> DeliveryError:
    """What the courier shall do about an error of the Bot API."""
    match trouble:
        case ChatMigrated(new_chat_id=new):
            return RoomHasMoved(InRoom(PLATFORM, str(new)))
        case RetryAfter():
            return RetryLater(wait_of(trouble))
        case Forbidden():
            return Unreachable(trouble.message)
        case BadRequest():  # Before the network's errors, of which the library makes it one.
            return Unreachable(trouble.message) if says(trouble, *NOBODY_THERE) else Rejected(trouble.message)
        case _:
            return Unanswered(type(trouble).__name__)


def says(trouble: TelegramError, *texts: str) -> bool:
    """Whether an error's text holds one of these."""
    return any(text in trouble.message.lower() for text in texts)


def wait_of(trouble: RetryAfter) -> timedelta:
    """How long the Bot API asks to wait; the library tells seconds or a span, as its user sets it."""
    after = trouble.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
