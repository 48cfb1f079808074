"""What one of the two can do alone, in private, without changing anything that both can see."""

from __future__ import annotations

from typing import Protocol

TYPED = (
    "/settings depth light", "/settings depth deep", "/settings notes off", "/settings notes on",
    "/settings notifications on", "/settings fewer off", "/settings quiet nonsense", "/settings dates 24 dec",
    "/skip", "/rest 2 days", "/rest off", "/mine", "/mine a", "/export", "/history", "/more", "/leave", "/settings",
    "/hide", "/recover", "/help", "/nonsense", "something that nobody asked for", "/rituals new",
    "/settings alone",
)  # fmt: skip
"""What Ben types in private; none of it changes what both can see."""

HARMLESS = (
    "Back", "Support", "What is kept", "Remove this message", "How deep", "Quiet hours", "Quiet dates", "Stay",
    "At once", "Go quiet slowly", "A new recovery code", "No private notes", "Words in notifications",
    "Leave it this week", "Skip", "Change my answers", "Open", "Prompts left out", "Rest", "Me, a day",
    "Take a copy first", "Answer in private", "Mostly", "Keep all", "Leave it today", "Keep it", "Write", "Choose",
    "Add what it asks", "The name", "The days", "Answered in private", "See how it looks", "Change something",
    "Delete this ritual",
    "For you alone", "Something to practise", "Gratitude nudge",
    "Switch on", "Days", "Add Monday", "Add Saturday", "Hours", "13:00 to 18:00",
    "Fewer of these", "Not this one", "Name a moment",
)  # fmt: skip
"""What Ben presses where he sees it; leaving is gone into, and never to its end."""


class OwnPhone(Protocol):
    """As much of a phone as this takes, on any platform."""

    @property
    def labels(self) -> list[str]: ...

    async def says(self, words: str, *, in_room: bool = True) -> None: ...

    async def presses(self, label: str) -> None: ...


async def does(phone: OwnPhone, what: str) -> None:
    """Type it, or press it where it stands."""
    if what in TYPED:
        await phone.says(what, in_room=False)
    elif what in phone.labels:
        await phone.presses(what)
