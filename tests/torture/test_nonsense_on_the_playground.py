"""Lives through 20,000 deeds of nonsense on the playground's websocket, in about half a minute.

After every hundred there is a well-formed message, and each deed is answered once.
"""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from nonsense import Nonsense, written
from nonsense_ledger import Ledger
from nonsense_log import overheard
from nonsense_page import DOES, TOKENS, Deeds, StillTime, page
from playground_stage import PlaygroundPhone, playground_stage
from the_story import pair

from adapters.playground.frontend import LARGEST_MESSAGE, Playground
from adapters.playground.places import place_of
from bot.posts import Choice, Post, Span, Token
from bot.turn import Repertoire
from stories.on_record import words_on_record

SEEDS = range(2)
BATCHES, A_BATCH, AN_HOUR = 100, 99, 60
WITHIN = 20.0
"""Seconds in which a batch has to be answered; it takes a tenth of one."""

EVERYTHING = (*DOES * 4, "turn", "start-over")
TOO_MUCH = {
    "too long": "x" * (LARGEST_MESSAGE + 1),
    "bytes": b"\xff\xfe\x00",
    "very deep": "[" * 60_000,
    "a very long number": f'{{"id": "1", "do": "turn", "to": {"9" * 5000}}}',
    "half a character": '{"id": "\\ud800", "do": "say", "phone": "ann", "chat": "ann", "text": "\\udfff"}',
}
"""Frames that are none; what they are answered with is another matter."""


def well_formed(known: str, words: str) -> str:
    """What Ann writes in the private chat."""
    return json.dumps({"id": known, "do": "say", "phone": "ann", "chat": "ann", "text": words, "reply_to": 0})


@asynccontextmanager
async def playground(folder: Path, ledger: Ledger, known: Repertoire) -> AsyncIterator[tuple[Playground, str]]:
    found = Playground(ledger, StillTime(), known.words, folder)
    address = await found.start()
    try:
        yield found, address
    finally:
        await found.stop()


async def posts(found: Playground, batch: int) -> list[int]:
    """The numbers of some new posts: those before them may have gone."""
    post = Post((Span("How was it?"),), (Choice("Answer", Token("write", 1)),))
    refs = [await found.deliver(post, place_of(chat), f"{batch}/{chat}") for chat in ("us", "ann", "ben")]
    return [int(ref.message) for ref in refs]


def frame_of(nonsense: Nonsense, deeds: Deeds) -> str:
    """A deed with something wrong, and not too long for a page to send."""
    while len(frame := written(nonsense.of(deeds.deed()))) > LARGEST_MESSAGE:
        pass
    return frame


@pytest.mark.parametrize("seed", SEEDS)
async def test_deeds_of_nonsense(seed: int, tmp_path: Path, known: Repertoire) -> None:
    """Whatever a deed holds, it and those behind it are answered, nothing fails, and no word of it is in the log."""
    ledger, chance = Ledger(), random.Random(seed)
    deeds, nonsense, sent = Deeds(chance, does=EVERYTHING), Nonsense(chance), 0
    with overheard() as ear:
        async with playground(tmp_path, ledger, known) as (found, address), page(address) as seen:
            for batch in range(BATCHES):
                shown = await posts(found, batch)
                # What the phones will write has the numbers behind them.
                deeds.messages = [*shown * 8, *range(shown[-1], shown[-1] + 24)]
                for _ in range(A_BATCH):
                    await seen.line.send_str(frame_of(nonsense, deeds))
                await seen.line.send_str(well_formed(f"w{batch}", f"still here {batch}"))
                sent += A_BATCH + 1
                is_answered = await seen.is_answered(sent, WITHIN)
                where = f"seed {seed}, batch {batch}: {seen.answered} of {sent}\n{seen.kinds}\n{ear}"

                assert is_answered, where
                assert seen.outcomes[f"w{batch}"] == "done", where
                assert f"still here {batch}" in ledger.words, where

    assert ear.counted == {}, f"seed {seed}"
    assert ledger.unsound == {}, f"seed {seed}"
    assert ear.unheard == [], f"seed {seed}"
    assert ledger.kinds.total() > BATCHES * A_BATCH / 10, "too few of them could be read to say much"


@pytest.mark.parametrize("frame", TOO_MUCH.values(), ids=TOO_MUCH)
async def test_frames_that_are_none(frame: str | bytes, tmp_path: Path, known: Repertoire) -> None:
    """Whatever a page sends, another page is heard, and so is the same one where it was not let go."""
    ledger = Ledger()
    with overheard() as ear:
        async with playground(tmp_path, ledger, known) as (_, address), page(address) as first:
            await (first.line.send_str(frame) if isinstance(frame, str) else first.line.send_bytes(frame))
            async with page(address) as second:
                await second.line.send_str(well_formed("w", "still here"))
                is_answered = await second.is_answered(1, WITHIN)
            await first.is_answered(1, 1)
            is_let_go = first.line.closed

    assert is_answered
    assert ledger.words[-1] == "still here"
    assert first.answered == 1 or is_let_go
    assert ear.counted == {}
    assert ear.unheard == []


@pytest.mark.parametrize("seed", SEEDS)
async def test_nonsense_with_the_whole_bot_behind_it(seed: int, tmp_path: Path, known: Repertoire) -> None:
    """Nonsense comes from both phones for twelve hours, and what Ann replies is recorded all the while."""
    chance, record = random.Random(seed), (tmp_path / "couple.db", tmp_path / "couple.key")
    async with playground_stage(tmp_path, known) as stage:
        await pair(stage)
        await stage.comes("2026-03-02 08:00")
        prompt = max(stage.ann.messages)
        with overheard() as ear:
            for hour in range(8, 20):
                await stage.comes(f"2026-03-02 {hour:02}:00")
                deeds = Deeds(chance, list(stage.ann.messages), (*TOKENS, *harmless(stage.ann)), count=hour * 1000)
                nonsense = Nonsense(chance)
                for _ in range(AN_HOUR):
                    await stage.ben.line.send_str(frame_of(nonsense, deeds))
                await stage.ann.does(do="say", chat="us", text=f"still here {hour}", reply_to=prompt)

                assert f"still here {hour}" in words_on_record(*record), f"seed {seed}, hour {hour}\n{ear}"
                assert ear.counted == {}, f"seed {seed}, hour {hour}\n{ear}"
                assert ear.unheard == [], f"seed {seed}, hour {hour}"


def harmless(phone: PlaygroundPhone) -> list[str]:
    """What can be pressed, but for what would rightly end the record."""
    tokens = [choice["token"] for one in phone.messages.values() for choice in one.get("choices", ())]
    return [token for token in tokens if token.partition("-")[0] in ("write", "tap", "checkin", "mine", "history")]
