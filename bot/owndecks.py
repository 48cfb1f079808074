"""A couple's own part of their decks: lines that they added, and the rituals that they made, built from their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.cadence import Cadence
from bot.decks import Deck, Kind, Prompt, Rhythm
from bot.posts import base36
from bot.sayings import OwnDeck, Saying, Says
from bot.sheets import Item, ItemKind, Sealed, Sheet
from bot.store import Worded
from bot.waking import Sharing

LONGEST_LINE, LONGEST_NAME = 220, 40
"""Characters; as in the files of decks."""

MOST_LINES, MOST_ITEMS, MOST_DECKS = 50, 7, 10
"""How many lines the two add to a ritual, texts a sealed one of their own has, and rituals they make."""

ANY_DAY, GOOD_DAY = "light", "warm"
"""The moods that a line may have: it comes on any day, or never in the days after a hard one."""

OWN = "own_"
PATIENCE, CLOSES_AFTER, NO_REPEAT_DAYS = 2 * 3600, 20 * 3600, 30
IN_THE_EVENING = Sharing(20 * 60, weekly=False, least_hours=1)
"""When what the two share of a sealed one appears."""

OWN_NAME = "*"
"""In a ritual's row: the two call it by a name of their own."""

LIKE_BRACES = str.maketrans("{}", "｛｝")
"""In the texts of a sealed form braces have a meaning, so somebody's own look a little wider there."""

RHYTHMS = {"daily": range(7), "workdays": range(5), "three": (0, 2, 4), "weekend": (5, 6), "weekly": (6,)}

Say = Callable[[str], str]
"""A phrase in the couple's language."""


def name_of(own: OwnDeck) -> str:
    """The id of a ritual that the two made, among those of decks."""
    return f"{OWN}{base36(own.id)}"


def number_of(deck: str) -> int:
    """The row behind the id of a ritual that the two made; 0 where it is none."""
    digits = deck.removeprefix(OWN)
    return int(digits, 36) if digits != deck and digits.isalnum() and digits.isascii() and len(digits) <= 13 else 0


def given_name(deck: str, said: Sequence[Worded]) -> str:
    """What the two call a deck from a file in words of their own: the newest wish, or nothing."""
    names = [one for one in said if one.saying.deck == deck and one.saying.says == Says.NAME]
    newest = max(names, key=lambda one: (max(one.saying.written_at, one.saying.edited_at), one.saying.id), default=None)
    return newest.words if newest else ""


def prompt_id(saying: Saying) -> str:
    """What a line is called in its deck."""
    return f"own-{base36(saying.id)}"


def with_lines(deck: Deck, said: Sequence[Worded]) -> Deck:
    """A deck from a file, with the lines that the two added to it behind its own."""
    added = tuple(_prompt(one) for one in _lines(deck.id, said))
    return replace(deck, prompts=(*deck.prompts, *added)) if added and deck.kind.takes_lines else deck


def with_all_lines(decks: Mapping[str, Deck], said: Sequence[Worded]) -> dict[str, Deck]:
    """The decks from files, each with the lines that the two added to it."""
    touched = {one.saying.deck for one in said} & decks.keys()
    return {**decks, **{name: with_lines(decks[name], said) for name in touched}}


def built(own: OwnDeck, said: Sequence[Worded], say: Say) -> Deck:
    """A ritual that the two made, like one from a file; of one that its author deleted only what names it is left."""
    name = name_of(own)
    names = [one.words for one in said if one.saying.deck == name and one.saying.says == Says.NAME]
    lines = _lines(name, said)
    return Deck(
        id=name,
        title=names[0] if names else say("own-ritual-unnamed"),
        kind=Kind.SEALED if own.sealed else Kind.OPEN,
        usual=Cadence.parse(own.cadence),
        rhythms=tuple(Rhythm(say(f"own-rhythm-{key}"), frozenset(days)) for key, days in RHYTHMS.items()),
        patience=PATIENCE,
        closes_after=0 if own.sealed else CLOSES_AFTER,
        no_repeat_days=0 if own.sealed else NO_REPEAT_DAYS,
        quiet=False,
        tap_label="",
        prompts=() if own.sealed else tuple(_prompt(one) for one in lines),
        sheets=(Sheet("own", 1, say("own-sealed-intro"), tuple(_item(one) for one in lines)),) if own.sealed else (),
        sealed=_sealed(say) if own.sealed else None,
        about=say("own-ritual-about"),
        enabled=not own.ended_at,
    )


def _lines(deck: str, said: Sequence[Worded]) -> list[Worded]:
    return [one for one in said if one.saying.deck == deck and one.saying.says == Says.LINE]


def _prompt(line: Worded) -> Prompt:
    # Its first tag is its own, so that no other line keeps it away.
    name = prompt_id(line.saying)
    return Prompt(name, line.words, 1, line.saying.mood or ANY_DAY, (name,), is_own=True)


def _item(line: Worded) -> Item:
    words = line.words.translate(LIKE_BRACES)
    short = words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…"
    return Item(prompt_id(line.saying), ItemKind.TEXT, words, short, "warm")


def _sealed(say: Say) -> Sealed:
    return Sealed(
        room_text=say("own-sealed-room"),
        closing=say("own-sealed-closing"),
        author_line=say("own-sealed-author"),
        after=say("own-sealed-after"),
        empty=say("own-sealed-empty"),
        sharing=IN_THE_EVENING,
    )
