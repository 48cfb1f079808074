"""What fits an item, and what is an emoji."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.emoji import is_emoji
from bot.errors import Refusal
from bot.fitting import fitted
from bot.model import Kept
from bot.sheets import Item, ItemKind

LABELS = ("One", "Two")


def item(kind: ItemKind, least: int = 1, most: int = 10) -> Item:
    return Item("it", kind, "What?", "It", "warm", LABELS, least=least, most=most)


def fits(kind: ItemKind, words: str, kept: Kept = Kept.WORDS, **bounds: int) -> bool:
    """Whether it is taken."""
    try:
        fitted(item(kind, **bounds), words, kept)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    ["🦦", "❤️", "☀️🌧️", "👍🏽", "👩‍👩‍👧", "🇵🇹", "🏳️‍🌈", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🫨 🫷", "☺", "🦦 🦦 🦦", "↔️"],
)
def test_emoji(text: str) -> None:
    """One or a few, with skin, flags, families, keycaps, and those that are younger than this Python."""
    assert is_emoji(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a",
        "7",
        "happy 🦦",
        "🦦!",
        "🦦🦦🦦🦦",
        ":)",
        "ß",
        "愛",
        "-",
        "🦦\u200d",
        "\ufe0f",
        "a\ufe0f",
        "a\u20e3",
    ],
)
def test_no_emoji(text: str) -> None:
    """Words, digits and signs are none, alone or beside one; nor are more than three."""
    assert not is_emoji(text)


@given(st.text(max_size=40))
def test_whatever_is_written_is_an_emoji_or_none(text: str) -> None:
    """Any text is told apart; one with a letter in it is no emoji."""
    found = is_emoji(text)

    assert not (found and any(sign.isalpha() for sign in text))


@given(st.integers(-50, 50), st.integers(-20, 20), st.integers(0, 40))
def test_a_number_lies_between_its_bounds(number: int, least: int, more: int) -> None:
    """What is written in digits fits exactly where it is neither too small nor too large."""
    most = least + more

    assert fits(ItemKind.NUMBER, str(number), least=least, most=most) == (least <= number <= most)


@pytest.mark.parametrize(
    "words", ["seven", "7 of 10", "", "1e1", "0x7", "٧", "7.", ".7", "7,12345", "nan", "inf", "7\n8"]
)
def test_what_is_no_number(words: str) -> None:
    """Only digits, with a comma or a full stop if need be."""
    assert not fits(ItemKind.NUMBER, words)


@pytest.mark.parametrize(("words", "kept"), [("7", "7"), ("8,5", "8,5"), ("9.25", "9.25"), ("+3", "+3")])
def test_a_number_is_kept_as_it_is_written(words: str, kept: str) -> None:
    """Also with a fraction, the way its author writes it."""
    assert fitted(item(ItemKind.NUMBER), words, Kept.WORDS) == kept


def test_a_minus_sign_is_a_hyphen() -> None:
    """Phones write the one for the other."""
    assert fitted(item(ItemKind.NUMBER, -5), "\u22123", Kept.WORDS) == "-3"


TAKES = {
    ItemKind.TEXT: {Kept.WORDS},
    ItemKind.NUMBER: {Kept.WORDS},
    ItemKind.EMOJI: set(),
    ItemKind.VOICE: {Kept.VOICE},
    ItemKind.PICTURE: {Kept.PICTURE},
    ItemKind.SCALE: set(),
    ItemKind.CHOICE: set(),
}


@pytest.mark.parametrize("kind", list(ItemKind))
def test_each_kind_takes_its_own(kind: ItemKind) -> None:
    """A seven is a text and a number; a recording fits where it was asked for; a pick is never typed."""
    sent = (Kept.WORDS, Kept.VOICE, Kept.PICTURE)

    assert {kept for kept in sent if fits(kind, "7", kept)} == TAKES[kind]
