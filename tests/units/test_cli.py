"""What the command line declines, in a sentence."""

from __future__ import annotations

import pytest

from bot.cli import run


def test_a_zone_that_is_none(unhandled: None, capsys: pytest.CaptureFixture[str]) -> None:
    """The playground begins in no made-up zone."""
    code = run(["demo", "--no-browser", "--timezone", "Mars"])

    assert code == 1
    assert "'Mars' is not a time zone" in capsys.readouterr().err
