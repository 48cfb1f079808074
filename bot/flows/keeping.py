"""A partner looks back: own words, and what was shared."""

from __future__ import annotations

from bot.commands import COMMANDS
from bot.events import Pressed
from bot.posts import Answer, InPrivate, Post, Show, Span, Style
from bot.store import Who
from bot.turn import Turn
from bot.views import memories


def history(turn: Turn, who: Who) -> Answer:
    """/history, in private."""
    return Show(memories.history(turn, who.partner, turn.now + 1), privately=True)


def earlier(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """The page before."""
    in_place = isinstance(pressed.place, InPrivate)
    return Show(memories.history(turn, who.partner, pressed.token.subject), privately=True, in_place=in_place)


def help_with(turn: Turn, who: Who | None) -> Answer:
    """/help: every command in a line."""
    reader = who.partner if who else None
    lines = "\n".join(f"/{command.name} – {turn.say(command.phrase, reader)}" for command in COMMANDS)
    text = (Span(turn.say("help-title", reader), Style.STRONG), Span(f"\n{lines}"))
    return Show(Post((*text, Span("\n\n" + turn.say("help-how", reader), Style.SOFT))))
