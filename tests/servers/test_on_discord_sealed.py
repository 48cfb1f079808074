"""No word of a sealed answer is shown to anybody else on Discord before the share moment, whatever they do."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from discord_server import Message
from discord_server.transcript import Edited, FormOpened, Posted, Suggested
from discord_stage import DiscordPhone, DiscordStage, discord_stage
from hypothesis import given, settings
from hypothesis import strategies as st
from the_story import answer_the_form, pair

from bot.turn import Repertoire

SECRETS = ("a word only mine", "A stroll")
"""What Ann answers, in the two open items of the form."""

COMMANDS = ("today", "checkin", "week", "history", "rituals", "skip", "rest", "help", "start", "timezone")
FORGED = ("checkin-{0}", "checkin-{0}-anew", "share-{0}-warm", "share-{0}-ready", "share-{0}-look", "say-{0}-tc-built")

deeds = st.one_of(
    st.tuples(st.just("commands"), st.sampled_from(COMMANDS), st.booleans()),
    st.tuples(st.just("forges"), st.sampled_from(FORGED), st.booleans()),
    st.tuples(st.just("replies"), st.text("ab <&>", min_size=1, max_size=20).filter(str.strip), st.integers(0, 5)),
    st.tuples(st.just("presses"), st.integers(0, 30), st.booleans()),
    st.tuples(st.just("restarts"), st.just(""), st.just(0)),
)


@settings(max_examples=3)
@given(done=st.lists(deeds, min_size=3, max_size=8))
def test_nothing_sealed_is_shown_early(known: Repertoire, done: list[tuple]) -> None:
    """Ann answers everything and marks it; Ben does whatever comes to his mind until the moment comes."""
    asyncio.run(live(known, done))


async def live(known: Repertoire, done: list[tuple]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with discord_stage(Path(folder), known) as stage:
            await pair(stage)
            await stage.comes("2026-03-07 10:00")
            occurrence = token_of(sealed_post(stage)).partition("-")[2]
            await answer_the_form(stage, stage.ann, SECRETS[0])
            await stage.ann.presses("Share the warm lines")
            for deed in done:
                await act(stage, occurrence, *deed)
                await stage.settles()
            shown = seen_by_others(stage)
            await stage.comes("2026-03-08 18:30")

            assert not any(secret in words for secret in SECRETS for words in shown)
            assert any(SECRETS[0] in words for words in seen_by_others(stage))


async def act(stage: DiscordStage, occurrence: str, kind: str, what: object, where: object) -> None:
    """One deed of Ben's, in the channel or in private, real or forged, or the bot's restart."""
    ben = stage.ben
    match kind:
        case "commands":
            await ben.user.calls(str(what), in_=stage.channel if where else stage.bot)
        case "forges":
            await ben.user.presses_forged(sealed_post(stage), str(what).format(occurrence))
        case "replies":
            posts = bot_messages(ben, in_channel=True)
            ben.user.writes(f"_{what}_", reply_to=posts[int(str(where)) % len(posts)])
        case "presses":
            pressable = [one for one in bot_messages(ben, in_channel=bool(where)) if one.labels]
            if pressable:
                message = pressable[int(str(what)) % len(pressable)]
                await ben.user.presses(message, message.labels[int(str(what)) % len(message.labels)])
        case "restarts":
            await stage.ends()
            await stage.starts()


def bot_messages(phone: DiscordPhone, *, in_channel: bool) -> list[Message]:
    seen = phone.user.screen(phone.channel if in_channel else phone.bot)
    return [one for one in seen if one.author is phone.bot and not one.is_ephemeral and one.text]


def sealed_post(stage: DiscordStage) -> Message:
    posts = bot_messages(stage.ann, in_channel=True)
    return next(one for one in reversed(posts) if token_of(one).startswith("checkin-"))


def token_of(message: Message) -> str:
    """What the first button of a message stands for."""
    buttons = [button for row in message.components for button in row["components"]]
    return str(buttons[0].get("custom_id", "")) if buttons else ""


def seen_by_others(stage: DiscordStage) -> list[str]:
    """Every text that anybody but Ann was shown so far."""
    shown = []
    for one in stage.server.transcript:
        match one:
            case Posted() | Edited() if one.seen_by != ("Ann",):
                shown.append(one.text)
            case FormOpened() if one.seen_by != "Ann":
                shown += [one.title, *one.fields]
            case Suggested() if one.seen_by != "Ann":
                shown += one.choices
    return shown
