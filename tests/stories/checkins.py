"""How a partner goes through a check-in, for stories that need one."""

from __future__ import annotations

from stories.chats import BarePhone

BUILT, RIGHT, NEXT = "You told me first", "The keys on Tuesday", "A walk by the river"


async def fill_in(phone: BarePhone, *, built: str = BUILT, right: str = "", following: str = NEXT) -> None:
    """Open the check-in and answer its six items; the something-to-put-right is skipped where it is empty."""
    await phone.presses("Answer in private")
    for _ in range(3):
        await phone.presses("Mostly")
    await phone.says(built, in_room=False)
    if right:
        await phone.says(right, in_room=False)
    else:
        await phone.presses("Skip")
    await phone.says(following, in_room=False)
