"""What stands in the two's chat, by the clock on the wall."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.posts import InRoom
from stories.chats import Message
from stories.story import Story

MORNING, SUNSET, CHECKIN = "Morning appreciation\n", "Digital sunset\n", "Weekly check-in\n"
SHARED = "Ann shared from the week:"
MORNING_ENDS = "11:00"


def posts(story: Story, since: int = 0) -> list[Message]:
    """What the bot posted in the chat from a moment on."""
    mine = [one for one in story.chats.messages if isinstance(one.ref.place, InRoom) and one.author == "bot"]
    return [one for one in mine if one.at >= since]


def beginning_like(found: list[Message], title: str) -> list[Message]:
    return [one for one in found if one.words.startswith(title)]


def wall(moment: int, zone: str, form: str = "%A %H:%M") -> str:
    """What a clock in a zone shows."""
    return datetime.fromtimestamp(moment, ZoneInfo(zone)).strftime(form)


def promised(words: str) -> set[str]:
    """The moments that a text names, such as "Sunday 18:30"."""
    return set(re.findall(r"\b[A-Z][a-z]+day \d\d:\d\d", words))
