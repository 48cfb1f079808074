"""Lives through 42,000 updates of nonsense on Telegram, as bytes at the door, in about a minute.

In every hundred there is a well-formed message at the end, and none of them may be missed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nonsense import SECRET, Nonsense, written
from nonsense_ledger import Ledger
from nonsense_log import Overheard, overheard
from nonsense_telegram import DATE, WORDS, Door, Pool, Shapes, door
from telegram_stage import TelegramPhone, TelegramStage, telegram_stage
from the_story import pair

from adapters.telegram import intake
from adapters.telegram.frontend import Telegram
from adapters.telegram.gate import Limits
from bot.turn import Repertoire
from stories.on_record import words_on_record

pytestmark = pytest.mark.skipif(not Shapes.are_here(), reason="the stored descriptions of Telegram are not here")

SEEDS = range(3)
BATCHES, A_BATCH = 140, 100
NO_HURRY = Limits(10_000_000, 10_000_000, 10_000_000)
WITHIN = 30.0
"""Seconds in which a batch has to be taken in; it takes a tenth of one."""

SOON = 5.0
"""The same for one or two updates, of which the bot may have to ask for one again."""

WELL_FORMED = 3000
AN_HOUR = 100
NO_UPDATES = {
    "nothing": "null",
    "a number": "7",
    "a text": '"update_id"',
    "a list": "[]",
    "an empty one": "{}",
    "a number that is none": '{"update_id": "one", "message": {}}',
    "no number": '{"update_id": null, "message": {}}',
    "half a number": '{"update_id": 1001.5, "message": {}}',
    "infinite": '{"update_id": Infinity, "message": {}}',
}
"""What stands in the list in the place of an update."""


def well_formed(number: int, words: str) -> dict[str, Any]:
    """What Ann writes in the private chat."""
    ann = {"id": 11, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    chat = {"id": 11, "type": "private", "first_name": "Ann"}
    return {"update_id": number, "message": {"message_id": 5, "date": DATE, "from": ann, "chat": chat, "text": words}}


@asynccontextmanager
async def at_the_door(ledger: Ledger, known: Repertoire) -> AsyncIterator[tuple[Door, Overheard, asyncio.Task[None]]]:
    with overheard() as ear:
        async with door() as found:
            running = asyncio.create_task(Telegram("1:t", found.url, ledger, known.words, NO_HURRY).run())
            try:
                yield found, ear, running
            finally:
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await running


@pytest.mark.parametrize("seed", SEEDS)
async def test_updates_of_nonsense(seed: int, known: Repertoire) -> None:
    """Whatever an update holds, those behind it are taken in, nothing escapes, and no word of it is in the log."""
    ledger, chance = Ledger(), random.Random(seed)
    shapes, nonsense, number = Shapes(chance), Nonsense(chance), 1000
    async with at_the_door(ledger, known) as (found, ear, running):
        for batch in range(BATCHES):
            for update in nonsense.much_of(shapes.update, A_BATCH):
                number += 1
                found.put(number, written({**_without_number(update), "update_id": number}))
            number += 1
            found.put(number, json.dumps(well_formed(number, f"still here {batch}")))
            empty = await found.is_empty(WITHIN)
            where = f"seed {seed}, batch {batch}\n{ear}"

            assert not running.done(), where
            assert empty, where
            assert f"still here {batch}" in ledger.words, where

    assert ledger.unsound == {}, f"seed {seed}"
    assert ear.unheard == [], f"seed {seed}"
    assert ear.indiscreet == [], f"seed {seed}"
    assert ledger.kinds.total() > BATCHES * A_BATCH / 10, "too few of them could be read to say much"


async def test_what_is_well_formed_is_read(known: Repertoire) -> None:
    """Nothing that Telegram's own description allows is left out as unreadable."""
    shapes = Shapes(random.Random(7))
    async with at_the_door(Ledger(), known) as (found, ear, _):
        for number in range(1000, 1000 + WELL_FORMED):
            found.put(number, json.dumps({**shapes.update(), "update_id": number}))
        await found.is_empty(WITHIN)

    assert ear.counted == {}


@pytest.mark.parametrize("raw", NO_UPDATES.values(), ids=NO_UPDATES)
async def test_what_is_no_update_at_all(raw: str, known: Repertoire) -> None:
    """Whatever stands in the list of updates, the update behind it is taken in."""
    ledger = Ledger()
    async with at_the_door(ledger, known) as (found, ear, running):
        found.put(1001, raw)
        found.put(1002, json.dumps(well_formed(1002, "still here")))
        empty = asyncio.create_task(found.is_empty(SOON))
        await asyncio.wait({empty, running}, return_when=asyncio.FIRST_COMPLETED)
        empty.cancel()

        assert not running.done(), f"{running}"
        assert ledger.words == ["still here"], f"{ear}"


async def test_a_batch_that_breaks_off(known: Repertoire) -> None:
    """A batch that did not come whole is asked for once more, and what came of it is not in the log."""
    ledger = Ledger()
    async with at_the_door(ledger, known) as (found, ear, _):
        found.cuts = True
        found.put(1001, json.dumps(well_formed(1001, f"{SECRET} and so on")))
        await found.is_empty(SOON)

    assert ledger.words == [f"{SECRET} and so on"]
    assert ear.indiscreet == []


async def test_an_event_that_always_fails(known: Repertoire, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine stumbles over for its own sake is given up, and what comes behind it is taken in."""
    # Otherwise the test would wait as long as the bot does: minutes.
    monkeypatch.setattr(intake, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(intake, "LONGEST_WAIT", 0.001)
    ledger = Ledger(stumbles_over="this one")
    async with at_the_door(ledger, known) as (found, ear, _):
        found.put(1001, json.dumps(well_formed(1001, "this one")))
        await found.is_empty(SOON)
        found.put(1002, json.dumps(well_formed(1002, "still here")))
        await found.is_empty(SOON)

    assert ledger.words == ["still here"], f"{ear}"


@pytest.mark.parametrize("seed", SEEDS)
async def test_nonsense_with_the_whole_bot_behind_it(seed: int, tmp_path: Path, known: Repertoire) -> None:
    """One couple's chats are full of nonsense for twelve hours; another's words are recorded all the while."""
    chance, said = random.Random(seed), []
    async with telegram_stage(tmp_path, known) as stage:
        with overheard() as ear:
            await pair(stage)
            torn = await another_couple(stage)
            for hour in range(8, 20):
                await stage.comes(f"2026-03-02 {hour:02}:00")
                nonsense, shapes = Nonsense(chance), Shapes(chance, about(torn))
                for update in nonsense.much_of(shapes.update, AN_HOUR):
                    stage.server.inject(_without_number(update))
                said.append(f"still here {hour}")
                await stage.ann.replies(said[-1])
                try:
                    await stage.settles()
                except AssertionError:
                    pytest.fail(f"stuck: seed {seed}, hour {hour}\n{ear}")

                assert ear.errors == 0, f"seed {seed}, hour {hour}\n{ear}"

    assert [one for one in words_on_record(tmp_path / "couple.db", tmp_path / "couple.key") if one in said] == said
    assert ear.unheard == [], f"seed {seed}"
    assert ear.indiscreet == [], f"seed {seed}"


async def another_couple(stage: TelegramStage) -> TelegramStage:
    """Another Ann and another Ben, in a group of their own."""
    two = [stage.server.add_user(name) for name in ("Ann", "Ben")]
    group = stage.server.add_group("Us", *two)
    group.add_bot(stage.bot, by=two[0])
    phones = [TelegramPhone(stage.server, user, group, stage.bot) for user in two]
    torn = replace(stage, group=group, ann=phones[0], ben=phones[1])
    await torn.settles()
    await pair(torn)
    return torn


def about(torn: TelegramStage) -> Pool:
    """What nonsense about these two is made of: their chats as they are now."""
    people = [torn.ann.user, torn.ben.user]
    posts = [one for user in people for place in (torn.group, torn.bot) for one in user.screen(place)]
    tokens = [button["callback_data"] for one in posts for button in one.buttons if "callback_data" in button]
    links = [link for one in posts for link in one.links]
    numbers = [user.id for user in people]
    return Pool(
        people=(*numbers, 33),
        chats=(torn.group.id, torn.group.id, *numbers, -500),
        messages=[one.id for one in posts],
        me=torn.bot.id,
        name=torn.bot.username,
        words=(*WORDS, *tokens[-12:], *links[-6:]),
    )


def _without_number(value: Any) -> dict[str, Any]:
    """An update that can be given a number; what is none stands where a message should."""
    update = value if isinstance(value, dict) else {"message": value}
    return {name: told for name, told in update.items() if name != "update_id"}
