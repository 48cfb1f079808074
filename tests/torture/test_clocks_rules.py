"""The rules of a time zone change between two lives of the program, as they do some times a year. Ten seconds."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest
from storage import TITLE, a_morning, moment

HOUR = 3600


def rules(folder: Path, like: str) -> None:
    """From the next start on the clocks at home go as they do elsewhere."""
    zone = folder / "zones" / "Europe" / "Berlin"
    zone.parent.mkdir(parents=True, exist_ok=True)
    with resources.as_file(resources.files("tzdata.zoneinfo").joinpath(like)) as file:
        shutil.copy(file, zone)


@pytest.mark.parametrize(("like", "hours"), [("Europe/London", 1), ("Europe/Helsinki", -1)])
async def test_the_next_prompt_comes_by_the_new_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, like: str, hours: int
) -> None:
    """The first morning after the change comes at eight on the new clock, once, and so do those after it."""
    # The program reads where the zones are from its environment.
    monkeypatch.setenv("PYTHONTZPATH", str(tmp_path / "zones"))
    rules(tmp_path, "Europe/Berlin")
    async with a_morning(tmp_path) as morning:
        await morning.begins()
        await morning.process.stop()
        rules(tmp_path, like)
        await morning.process.start()
        found = []
        for day in (3, 4):
            eight = moment(f"2026-03-0{day} 08:00") + hours * HOUR
            for at in (eight - 120, eight, eight + 2 * HOUR):
                await morning.process.turn_to(at)
                await morning.settles()
                found.append(morning.posts(TITLE))
        await morning.process.stop()

        assert found == [1, 2, 2, 2, 3, 3]
        assert morning.process.said == []
