"""A sealed deck with an item of every kind, and how a partner goes through it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.deckfile import read_deck
from bot.events import Snapshot, Voice
from bot.turn import Repertoire
from stories.chats import BarePhone

EVERY_KIND = """
[deck]
id = "every_kind"
title = "Every kind"
kind = "sealed"
command = "question"
days = "daily"
at = "12:00"
patience_minutes = 360
closes_after_hours = 0
no_repeat_days = 0

[sealed]
shares = "same-day"
shares_at = "20:00"
least_hours = 1
room_text = "Answer in private: {share_times}."
closing = "Saved."
author_line = "{name}:"
after = "Enough for today."
empty = "Nothing this time."
differ = ["Two views."]

[[sheet]]
id = "all"
every = 1
intro = "One of each."
"""

KINDS = {
    "scale": 'share = "keep"\nlabels = ["A little", "Mostly"]',
    "choice": 'share = "warm"\nlabels = ["Sea", "Mountains", "A sofa"]',
    "text": 'share = "warm"',
    "number": 'share = "warm"\nleast = 1\nmost = 10',
    "emoji": 'share = "warm"\nlabels = ["🌧️", "☀️"]',
    "voice": 'share = "warm"',
    "picture": 'share = "warm"',
}

WORDS, NUMBER, OTHER_EMOJI, SPOKEN, SEEN = "A long walk", "7", "🦦", Voice("note-1", 12), Snapshot("picture-1")


def every_kind(known: Repertoire, folder: Path) -> Repertoire:
    """The same repertoire with this deck in the place of the question of the day."""
    items = (
        f'[[sheet.item]]\nid = "ek-{kind}"\nkind = "{kind}"\ntext = "What {kind}?"\nshort = "The {kind}"\n{rest}\n'
        for kind, rest in KINDS.items()
    )
    file = folder / "every_kind.toml"
    file.write_text(EVERY_KIND + "\n".join(items))
    deck = read_deck(file)
    others = {name: one for name, one in known.decks.items() if one.command != "question"}
    return replace(known, decks={**others, deck.id: deck})


async def answer_all(phone: BarePhone) -> None:
    """Open it and answer each item with what it asks for."""
    await phone.says("/question", in_room=False)
    await phone.presses("Mostly")
    await phone.presses("A sofa")
    await phone.says(WORDS, in_room=False)
    await phone.says(NUMBER, in_room=False)
    await phone.says(OTHER_EMOJI, in_room=False)
    await phone.sends(SPOKEN)
    await phone.sends(SEEN)
