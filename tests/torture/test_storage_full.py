"""A disk that is full: while the two write, while a post goes out, at the start, and under a copy. Half a minute."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from storage import SUNSET, a_disk, a_morning, asked, fill, moment, refusal, turn_read_only, wrongs
from telegram_server.faults import Fault


async def test_a_full_disk_while_they_write(tmp_path: Path) -> None:
    """What had a mark stays; what had none comes once there is room, by itself; the log and doctor say what to do."""
    with a_disk(tmp_path / "data", "4m") as disk:
        async with a_morning(tmp_path) as morning:
            await morning.begins()
            morning.both_write("before")
            await morning.settles()
            ballast = fill(disk)
            morning.both_write("while it is full")
            await morning.hears("disk is full")
            kept, found = morning.recorded, await asyncio.to_thread(asked, "doctor", folder=tmp_path)
            ballast.unlink()
            await morning.settles()
            await morning.process.stop()

            assert morning.is_on_record_once()
            assert sorted(kept) == sorted(line for line in morning.said if "before" in line)
            assert found.returncode == 1
            assert "Make room" in wrongs(found)
            assert "Make room" in morning.told
            assert morning.said_calmly(), morning.told


async def test_a_full_disk_while_a_post_goes_out(tmp_path: Path) -> None:
    """That a post arrived is noted as soon as there is room again; it is not posted once more."""
    with a_disk(tmp_path / "data", "4m") as disk:
        async with a_morning(tmp_path) as morning:
            await morning.begins()
            morning.server.fail("sendMessage", Fault.slow(1.0))
            morning.process.begin_turn(moment("2026-03-02 22:00"))
            await morning.server.until(lambda: morning.posts(SUNSET), 30)
            ballast = fill(disk)
            # The answer that says where the post stands comes now.
            await asyncio.sleep(2)
            ballast.unlink()
            await morning.lives_on()

            assert morning.posts(SUNSET) == 1
            assert morning.said_calmly(), morning.told


async def test_a_full_disk_at_the_start(tmp_path: Path) -> None:
    """The program either goes on or says what to do; once there is room everything is there, and what was missed."""
    with a_disk(tmp_path / "data", "4m") as disk:
        async with a_morning(tmp_path) as morning:
            await morning.begins()
            morning.both_write("before")
            await morning.settles()
            await morning.process.stop()
            ballast = fill(disk)
            morning.both_write("while it was away")
            said = refusal(await asyncio.to_thread(asked, "run", folder=tmp_path))
            ballast.unlink()
            await morning.process.start()
            await morning.settles()
            await morning.process.stop()

            assert "Make room" in said
            assert morning.is_on_record_once()


async def test_a_full_disk_under_a_copy(tmp_path: Path) -> None:
    """Nothing half is left behind, the older copy stays whole, and the next one is written once there is room."""
    with a_disk(tmp_path / "copies", "1m") as disk:
        async with a_morning(tmp_path) as morning:
            await morning.begins()
            first = await asyncio.to_thread(asked, "backup", str(disk / "first"), folder=tmp_path)
            before = (disk / "first").read_bytes()
            ballast = fill(disk)
            said = refusal(await asyncio.to_thread(asked, "backup", str(disk / "second"), folder=tmp_path))
            again = refusal(await asyncio.to_thread(asked, "backup", str(disk / "first"), folder=tmp_path))
            left = {file.name for file in disk.iterdir()} - {ballast.name}
            kept = (disk / "first").read_bytes()
            ballast.unlink()
            later = await asyncio.to_thread(asked, "backup", str(disk / "second"), folder=tmp_path)
            await morning.process.stop()

            assert first.returncode == later.returncode == 0
            assert "No space left" in said
            assert "No space left" in again
            assert left == {"first"}
            assert kept == before


@pytest.mark.parametrize("trouble", ["full", "read-only"])
async def test_doctor_looks_at_the_folder_of_the_copies(tmp_path: Path, trouble: str) -> None:
    """That tonight's copy could not be written is a finding, with what to do."""
    with a_disk(tmp_path / "copies", "64k") as disk:
        (tmp_path / "config.toml").write_text('couples = "open"\n[backup]\nfolder = "copies"\n')
        if trouble == "full":
            fill(disk)
        else:
            turn_read_only(disk, on=True)
        found = wrongs(await asyncio.to_thread(asked, "doctor", folder=tmp_path))

    assert f"{tmp_path / 'copies'}" in found, found


async def test_words_longer_than_what_is_left(tmp_path: Path) -> None:
    """Short words that still fit go through; long ones that do not are never taken for received, and come later."""
    with a_disk(tmp_path / "data", "4m") as disk:
        async with a_morning(tmp_path) as morning:
            await morning.begins()
            ballast = fill(disk)
            os.truncate(ballast, ballast.stat().st_size - 96 * 1024)
            morning.said = [f"{number} {'word ' * 700}{number}" for number in range(60)]
            for number, words in enumerate(morning.said):
                morning.two[number % 2].writes(words, morning.group, reply_to=morning.prompt)
            await morning.hears("disk is full")
            # Some more tries in vain.
            await asyncio.sleep(3)
            ballast.unlink()
            await morning.settles()
            await morning.process.stop()

            assert morning.is_on_record_once()
