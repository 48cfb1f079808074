"""Texts as Discord's markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.writing import LONGEST, escaped, markdown, pieces, shortened, units
from bot.posts import Span, Style, plain

WORDS = st.text(st.sampled_from("ab1 \n\t*_~`|<>[]()#-+.\\:@é🫖/"), max_size=60)
TEXTS = st.lists(st.builds(Span, st.text(min_size=1, max_size=3000), st.sampled_from(Style)), max_size=5).map(tuple)


def read(written: str) -> str:
    """What a reader sees of markdown that is escaped all through."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", written)


def active(written: str) -> str:
    """What is left of a text for Discord to read as markup."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "x", written)


@given(WORDS)
@example("1. one\n- two\n> three\n# four\n-# five")
@example("\\*not strong\\*")
def test_words_read_as_they_were_written(words: str) -> None:
    """Whatever somebody writes, the others read just that."""
    assert read(escaped(words)) == words


@given(WORDS)
@example("<@101> <#5> <t:1> **a** ~~b~~ ||c|| [d](e)")
def test_nothing_is_left_to_read_as_markup(words: str) -> None:
    """No mention, no style, no hidden text, no masked link, and no line that begins a list, a quote or a heading."""
    left = active(escaped(words))

    assert not re.search(r"[*_~`|<\[]", left)
    assert not re.search(r"(?m)^[ \t]*([>#+-]|\d+[.)])", left)


def test_a_link_stays_a_link() -> None:
    """A backslash would break it."""
    assert escaped("see https://example.org/a_b_c and a_b") == "see https://example.org/a_b_c and a\\_b"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ((Span("Title", Style.STRONG), Span("\nwords")), "**Title**\nwords"),
        ((Span("1 of 7\n", Style.SOFT), Span("How?", Style.STRONG)), "_1 of 7_\n**How?**"),
        ((Span("soft", Style.SOFT), Span("ly")), "*soft*ly"),
        ((Span("  ", Style.STRONG), Span("x")), "  x"),
        ((Span("Ann", Style.STRONG), Span("\n"), Span("one\n\ntwo", Style.QUOTE)), "**Ann**\n> one\n> \n> two"),
        ((Span("before"), Span("said", Style.QUOTE), Span("after")), "before\n> said\nafter"),
        ((), ""),
    ],
)
def test_styles(text: tuple[Span, ...], written: str) -> None:
    """Each style is marked up so that Discord reads it."""
    assert markdown(text) == written


@given(TEXTS)
@example((Span("* " * 3000, Style.QUOTE),))
@example((Span("🫖" * 2500),))
@example((Span("a" * 1990), Span("b" * 50, Style.STRONG)))
def test_every_piece_fits_and_no_word_is_lost(text: tuple[Span, ...]) -> None:
    """A long text comes in messages of the length that Discord takes, and together they are the whole."""
    made = pieces(text)

    assert all(units(markdown(piece)) <= LONGEST for piece in made)
    assert "".join("".join(plain(piece).split()) for piece in made) == "".join(plain(text).split())


def test_a_long_text_is_cut_between_words() -> None:
    """No word is torn where there is a place to cut."""
    first, second = pieces((Span("word " * 500),))

    assert plain(first).endswith("word ")
    assert plain(second).startswith("word ")


@given(st.text(max_size=200), st.integers(2, 100))
def test_a_label_fits(words: str, longest: int) -> None:
    """What is too long ends in an ellipsis."""
    label = shortened(words, longest)

    assert units(label) <= longest
    assert label == words or label.endswith("…")
