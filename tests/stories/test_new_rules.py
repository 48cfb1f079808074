"""The rules of a zone change while a check-in is open: what is shared comes when the clocks show the promised hour."""

from __future__ import annotations

import shutil
import zoneinfo
from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.posts import InRoom
from stories.chats import Message
from stories.checkins import fill_in
from stories.story import HOME, Story

HOUR = 3600
SATURDAY, SUNDAY, MONDAY = "2026-03-07 12:00", "2026-03-08 09:00", "2026-03-09 12:00"
PROMISED = "Sunday 18:30"


class Rules:
    """The rules by which the clocks go, as a new start of the program finds them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._old = zoneinfo.TZPATH

    def change(self, zone: str, like: str) -> None:
        """From now on the clocks in a zone go as they do elsewhere."""
        file = self._folder / zone
        file.parent.mkdir(parents=True, exist_ok=True)
        with resources.as_file(resources.files("tzdata.zoneinfo").joinpath(like)) as found:
            shutil.copy(found, file)
        zoneinfo.reset_tzpath([str(self._folder), *self._old])
        ZoneInfo.clear_cache()

    def change_back(self) -> None:
        zoneinfo.reset_tzpath(self._old)
        ZoneInfo.clear_cache()


@pytest.fixture
def rules(tmp_path: Path) -> Iterator[Rules]:
    """Those that hold, and hold again afterwards."""
    found = Rules(tmp_path / "zones")
    yield found
    found.change_back()


def post(story: Story) -> Message:
    """The check-in's post in the chat."""
    there = [one for one in story.chats.messages if isinstance(one.ref.place, InRoom) and one.author == "bot"]
    return next(one for one in there if one.words.startswith("Weekly check-in\n"))


def shared(story: Story) -> list[Message]:
    return [one for one in story.chats.messages if "Ann shared from the week:" in one.words]


async def over_the_change(story: Story, rules: Rules, zones: tuple[str, str], zone: str, like: str) -> str:
    """Both fill in a check-in, the rules change, and the program starts anew; what the post read before."""
    pair = await story.paired(zones=zones)
    await story.comes(SATURDAY)
    for partner in pair:
        await fill_in(partner)
        await partner.presses("Share the warm lines")
    before = post(story).words
    rules.change(zone, like)
    await story.restarts()
    await story.engine.go_by_new_rules()
    await story.settles()
    return before


def clock(moment: int, zone: str) -> str:
    """What a clock shows."""
    return datetime.fromtimestamp(moment, ZoneInfo(zone)).strftime("%A %H:%M")


@pytest.mark.parametrize(("like", "hours"), [("Europe/London", 1), ("Europe/Helsinki", -1), (HOME, 0)])
async def test_the_moment_moves_with_the_clock(story: Story, rules: Rules, like: str, hours: int) -> None:
    """Both live by the clock that changes: it shows what was promised, once, and the post reads as before."""
    moment = story.at("2026-03-08 18:30")
    before = await over_the_change(story, rules, (HOME, HOME), HOME, like)
    await story.comes(moment + hours * HOUR - 60)
    early = shared(story)
    await story.comes(MONDAY)

    assert early == []
    assert [(one.at - moment, clock(one.at, HOME)) for one in shared(story)] == [(hours * HOUR, PROMISED)]
    assert PROMISED in before
    assert PROMISED in post(story).words


@pytest.mark.parametrize(("like", "hours"), [("Europe/London", 1), ("Europe/Helsinki", 0)])
async def test_on_neither_clock_before_it_was_promised(story: Story, rules: Rules, like: str, hours: int) -> None:
    """Only one of two clocks changes: the later of both moments holds, and the post says when that is on each."""
    moment = story.at("2026-03-08 18:30")
    before = await over_the_change(story, rules, (HOME, "Europe/Paris"), HOME, like)
    await story.comes(MONDAY)
    found = shared(story)
    there = {clock(found[0].at, HOME), clock(found[0].at, "Europe/Paris")}

    assert [one.at - moment for one in found] == [hours * HOUR]
    assert PROMISED in before
    assert all(named in post(story).words for named in there)
    assert min(there) == PROMISED


async def test_each_start_looks_again_and_changes_nothing(story: Story, rules: Rules) -> None:
    """New rules are followed once, however often the program starts."""
    moment = story.at("2026-03-08 18:30")
    await over_the_change(story, rules, (HOME, HOME), HOME, "Europe/London")
    moments = []
    for _ in range(3):
        await story.engine.go_by_new_rules()
        moments.append(await story.reads(lambda store: [one.shares_at for one in store.occurrences.promised()]))
    await story.comes(MONDAY)

    assert moments == [[moment + HOUR]] * 3
    assert len(shared(story)) == 1


async def test_held_back_a_day(story: Story, rules: Rules) -> None:
    """What waits for the end of gentle days is a promise too."""
    ann, _ = await story.paired()
    await story.comes(SATURDAY)
    await ann.presses("Not the day for it")
    await fill_in(ann)
    await story.comes("2026-03-09 09:00")
    before = await story.reads(lambda store: [one.shares_at for one in store.occurrences.promised()])
    rules.change(HOME, "Europe/London")
    await story.restarts()
    await story.engine.go_by_new_rules()
    after = await story.reads(lambda store: [one.shares_at for one in store.occurrences.promised()])

    assert len(before) == 1
    assert after == [before[0] + HOUR]
    assert clock(after[0], HOME) == "Monday 18:30"
