"""Whatever the two do, in whatever order, with restarts and repeats in between: nothing lost, doubled or leaked."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import State
from bot.store import Store
from bot.turn import Repertoire
from stories.chats import BarePhone
from stories.checkins import fill_in
from stories.story import Story, told

LABELS = (
    "Answer in private",
    "Mostly",
    "Skip",
    "Share the warm lines",
    "Choose",
    "Share: Built a bit of trust",
    "Keep: Built a bit of trust",
    "Done",
    "Keep all",
    "Ready",
    "Not ready after all",
    "Change my answers",
    "Leave it this week",
    "Share it",
    "Keep it",
    "Leave it today",
    "Not the day for it",
    "Phones down",
)
DEEDS = (
    st.tuples(st.just("press"), st.sampled_from(LABELS), st.booleans())
    | st.tuples(st.just("reply"), st.just(""), st.booleans())
    | st.tuples(st.just("private"), st.just(""), st.booleans())
    | st.tuples(
        st.just("command"),
        st.sampled_from(["/checkin", "/question", "/skip", "/today", "/history", "/week"]),
        st.booleans(),
    )
    | st.tuples(st.sampled_from(["time", "restart", "race"]), st.just(""), st.booleans())
)


async def live(story: Story, deeds: list[tuple[str, str, bool]]) -> list[str]:
    """Live the deeds through; returns the words that were acknowledged in the room, by whoever wrote them."""
    ann, ben = await story.paired()
    await ann.says("/rituals question on")
    await story.comes("2026-03-07 10:00")
    for phone in (ann, ben):
        secret = f"secret-{phone.name.lower()}"
        await fill_in(phone, built=f"{secret}-built", right=f"{secret}-right", following=f"{secret}-next")
    acknowledged = []
    for at, (deed, what, by_ann) in enumerate(deeds):
        phone, other = (ann, ben) if by_ann else (ben, ann)
        words = f"{phone.name.lower()}-{at}"
        match deed:
            case "press":
                await pressed(phone, what)
            case "reply":
                with contextlib.suppress(StopIteration, RuntimeError):
                    await phone.replies(words, to="Morning appreciation\n")
                    acknowledged += [words] if phone.last_own and phone.last_own.mark else []
            case "private":
                await phone.says(f"secret-{words}", in_room=False)
            case "command":
                await phone.says(what, in_room=False)
            case "time":
                await story.passes(hours=7)
            case "restart":
                await story.restarts()
            case "race":
                await asyncio.gather(pressed(phone, "Mostly"), pressed(other, "Mostly"), phone.says("/today"))
        await story.settles()
    await story.comes("2026-03-10 12:00")
    return acknowledged


async def pressed(phone: BarePhone, label: str) -> None:
    """Press a choice if it is there to be pressed."""
    if label in phone.labels:
        await phone.presses(label)


def shared_words(store: Store) -> set[str]:
    """The words of every line of a check-in or a question that was shared."""
    found = set()
    for occurrence in store.occurrences.of_couple(1, 1 << 40, 1000):
        if occurrence.deck in ("trust_checkin", "question_of_the_day") and occurrence.state == State.SHARED:
            found |= {line.words for line in store.replies.lines(occurrence) if line.reply.shared}
    return found


def open_words(store: Store) -> list[str]:
    """The words of every reply to an open post."""
    found = []
    for occurrence in store.occurrences.of_couple(1, 1 << 40, 1000):
        if occurrence.deck == "morning_appreciation":
            found += [line.words for line in store.replies.lines(occurrence)]
    return found


async def check(known: Repertoire, migrated: Path, deeds: list[tuple[str, str, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with told(Path(folder), known, migrated) as story:
            acknowledged = await live(story, deeds)
            ann, ben = story.person("Ann"), story.person("Ben")
            shared = await story.database.run(shared_words)
            secrets = {one.words for one in story.chats.messages if one.words.startswith("secret-")}
            posts = Counter(
                one.words for one in ann.room if one.words.startswith("Morning appreciation\n") and one.author == "bot"
            )

            assert sorted(await story.database.run(open_words)) == sorted(acknowledged)
            assert max(posts.values()) == 1
            for secret in secrets - shared:
                assert secret not in (ben if secret.startswith("secret-ann") else ann).screen


@given(st.lists(DEEDS, min_size=5, max_size=30))
@settings(max_examples=5)
def test_nothing_is_lost_doubled_or_leaked(
    known: Repertoire, migrated: Path, deeds: list[tuple[str, str, bool]]
) -> None:
    """Each acknowledged reply is on record once, each prompt stands once, and the other reads only what was shared."""
    asyncio.run(check(known, migrated, deeds))
