"""Two who share no chat: each with the bot in an app of their own."""

from __future__ import annotations

from stories.chats import BarePhone, handed_over
from stories.story import Story


async def paired_apart(story: Story) -> tuple[BarePhone, BarePhone]:
    """Ann here, Ben elsewhere, paired by the line that Ann was given and handed over."""
    ann, ben = story.person("Ann"), BarePhone(story.elsewhere, "Ben")
    await ann.says("/start", in_room=False)
    await ann.presses("We're in different apps")
    await ann.presses("Join")
    await ben.says(handed_over(ann), in_room=False)
    await ben.presses("Join")
    await story.settles()
    await ben.presses("Start")
    await story.settles()
    return ann, ben
