"""No word of a sealed answer is shown to anybody else before the share moment, whatever the other one does."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from telegram_server import Message
from telegram_server.transcript import Answered, Edited, Posted
from telegram_stage import TelegramPhone, TelegramStage, telegram_stage
from the_story import answer_the_form, pair

from bot.turn import Repertoire

SECRETS = ("a word only mine", "A stroll")
"""What Ann answers, in the two open items of the form."""

COMMANDS = ("/today", "/checkin", "/week", "/history", "/rituals", "/skip", "/rest", "/help", "/start", "/timezone")
FORGED = ("checkin-{0}", "checkin-{0}-anew", "share-{0}-warm", "share-{0}-ready", "share-{0}-look", "say-{0}-tc-built")

deeds = st.one_of(
    st.tuples(st.just("commands"), st.sampled_from(COMMANDS), st.booleans()),
    st.tuples(st.just("forges"), st.sampled_from(FORGED), st.booleans()),
    st.tuples(st.just("replies"), st.text("ab <&>", min_size=1, max_size=20), st.integers(0, 5)),
    st.tuples(st.just("presses"), st.integers(0, 30), st.booleans()),
)


@settings(max_examples=3)
@given(done=st.lists(deeds, min_size=3, max_size=8))
def test_nothing_sealed_is_shown_early(known: Repertoire, done: list[tuple]) -> None:
    """Ann answers everything and marks it; Ben does whatever comes to his mind until the moment comes."""
    asyncio.run(live(known, done))


async def live(known: Repertoire, done: list[tuple]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with telegram_stage(Path(folder), known) as stage:
            await pair(stage)
            await stage.comes("2026-03-07 10:00")
            occurrence = sealed_post(stage).buttons[0]["url"].partition("checkin-")[2]
            await answer_the_form(stage, stage.ann, SECRETS[0])
            await stage.ann.presses("Share the warm lines")
            for deed in done:
                act(stage, occurrence, *deed)
                await stage.settles()
            shown = seen_by_others(stage)
            await stage.comes("2026-03-08 18:30")

            assert not any(secret in words for secret in SECRETS for words in shown)
            assert any(SECRETS[0] in words for words in seen_by_others(stage))


def act(stage: TelegramStage, occurrence: str, kind: str, what: object, where: object) -> None:
    """One deed of Ben's, in the group or in private, real or forged."""
    ben = stage.ben
    match kind:
        case "commands":
            text = f"{what}@{stage.bot.username}" if where else str(what)
            ben.user.commands(text, stage.group if where else stage.bot)
        case "forges":
            ben.user.presses_forged(sealed_post(stage), str(what).format(occurrence))
        case "replies":
            posts = bot_messages(ben, in_group=True)
            ben.user.writes(f"_{what}_", stage.group, reply_to=posts[int(str(where)) % len(posts)])
        case "presses":
            pressable = [one for one in bot_messages(ben, in_group=bool(where)) if one.labels]
            if pressable:
                message = pressable[int(str(what)) % len(pressable)]
                ben.user.presses(message, message.labels[int(str(what)) % len(message.labels)])


def bot_messages(phone: TelegramPhone, *, in_group: bool) -> list[Message]:
    seen = phone.user.screen(phone.group if in_group else phone.bot)
    return [one for one in seen if one.author is phone.bot]


def sealed_post(stage: TelegramStage) -> Message:
    posts = bot_messages(stage.ann, in_group=True)
    return next(one for one in reversed(posts) if any("checkin-" in link for link in one.links))


def seen_by_others(stage: TelegramStage) -> list[str]:
    """Every text that anybody but Ann was shown so far."""
    shown = [one for one in stage.server.transcript if isinstance(one, Posted | Edited | Answered)]
    return [one.text for one in shown if one.seen_by != ("Ann",) and one.seen_by != "Ann"]
