"""Setting up at a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import wiring

ROOT = Path(wiring.__file__).parent.parent
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


class Seat(NamedTuple):
    """A terminal with `couple-rituals init` in it."""

    program: subprocess.Popen[bytes]
    line: int

    def sees(self, words: str) -> str:
        """Read the screen until it shows these words."""
        screen, until = "", time.monotonic() + 20
        while words not in screen and time.monotonic() < until:
            screen += self._more()
        assert words in screen
        return screen

    def interrupts(self) -> int | None:
        """Press Ctrl+C, and again after a second: Python misses one in the instant before it waits; the exit code."""
        for _ in range(20):
            self.types("\x03")
            until = time.monotonic() + 1
            while self.program.poll() is None and time.monotonic() < until:
                self._more()
            if self.program.poll() is not None:
                break
        return self.program.poll()

    def _more(self) -> str:
        return os.read(self.line, 4096).decode() if select.select([self.line], [], [], 0.1)[0] else ""

    def types(self, keys: str) -> None:
        """Type as a person does: after the program has begun to wait (Python misses a Ctrl+C in the instant before)."""
        state, until = Path(f"/proc/{self.program.pid}/stat"), time.monotonic() + 20
        while " S " not in (state.read_text() if state.exists() else " S ") and time.monotonic() < until:
            time.sleep(0.01)
        os.write(self.line, keys.encode())


def _at_its_own_terminal() -> None:
    """Without one no key could interrupt it; nor could any if the tests themselves run in a shell's background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    line, screen = pty.openpty()
    words = ("init", "--config", str(tmp_path / "config.toml"), "--telegram-api-url", "http://127.0.0.1:9")
    program = subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        stdin=screen,
        stdout=screen,
        stderr=screen,
        start_new_session=True,
        preexec_fn=_at_its_own_terminal,
    )
    yield Seat(program, line)
    program.kill()
    program.wait(20)
    os.close(screen)
    os.close(line)


def test_ctrl_c_stops_at_once(seat: Seat, tmp_path: Path) -> None:
    """The token is not shown while it is typed; Ctrl+C at any question ends it without a word, and writes nothing."""
    seat.sees("Token")
    seat.types(f"{TOKEN}\n")
    screen = seat.sees("(y/n)?")
    ended = seat.interrupts()

    assert ended == 130
    assert TOKEN not in screen
    assert not list(tmp_path.iterdir())
