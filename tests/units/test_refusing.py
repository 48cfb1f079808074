"""Mistakes that one makes while writing a deck for the first time, and whether the line says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.deckfile import read_deck
from bot.errors import BrokenDeck

DECKS = Path(__file__).parents[1] / "decks"


@pytest.mark.parametrize(
    ("deck", "right", "wrong", "key", "reason"),
    [
        ("lamplight", 'labels = ["Clear", "Clouds", "Rain", "Storm"]', 'labels = "Clear"', "sheet[0].item[1].labels",
         'is a list, in brackets: ["one", "two"] (in \'ll-weather\')'),
        ("lamplight", "by_item = true", 'by_item = "yes"', "sealed.by_item", "is true or false, without quotes"),
        ("lamplight", "least = 0", 'least = "0"', "sheet[0].item[2].least",
         "is a whole number, without quotes (in 'll-cups')"),
        ("lamplight", "no_repeat_days = 40", "no_repeat_days = 500", "deck.no_repeat_days",
         "500 is too much: 400 or less"),
        ("lamplight", "no_repeat_days = 40", "no_repeat_days = -1", "deck.no_repeat_days",
         "-1 is too small: 0 or more"),
        ("lamplight", "no_repeat_days = 40", "no_repeat_days = 40\ncloses_after_hours = 10", "deck.closes_after_hours",
         "a sealed deck closes at its share moment, so it is left out here, or 0"),
        ("lamplight", 'text = "{prompt}"', 'text = "Say."', "sealed.room_text",
         "{prompt} may stand in it only if each sheet has an item whose text names {prompt}"),
        ("lamplight", "[[sheet.item]]", "[[item]]", "item", "stands within another table: [[sheet.item]]"),
        ("lamplight", 'at = "12:30"', "at = 12:30", "(the file)",
         'is not TOML: Expected newline or end of document after a statement (at line 7, column 8): at = 12:30. '
         'Texts and times stand in "quotes"; a quote within one is written \\".'),
        ("kitchen_table", 'who = "stuck"\ntext = "A', 'who = "stuck"\nwords = "A', "step[1].card[2].words",
         "is not a key here. Known are who, text. (in 'kt-talk')"),
        ("kitchen_table", 'where = "chat"\nturns', "turns",
         "step[1].turns", "is for a step with where = \"chat\" (in 'kt-talk')"),
        ("kitchen_table", 'command = "practice"\n', "", "deck.command",
         "a walk is opened by one of repair, assess, practice, agree"),
        ("window_seat", 'for = "high"', 'for = "highs"', "tip[1].for",
         "'highs' is not one of high, low. Did you mean 'high'? (in 'ws-t2')"),
        ("window_seat", 'season = "summer"', 'season = "autumn"', "prompt[3].season",
         "'autumn' is not one of month_start, year_end, monday, sunday, own_anniversary, summer, winter. "
         "(in 'ws-004')"),
        ("window_seat", 'tags = ["sky"]', "tags = []", "prompt[1].tags", "has 0, and needs at least 1 (in 'ws-002')"),
        ("window_seat", 'id = "ws-002"', 'id = "ws_002"', "prompt[1].id",
         "'ws_002' is not an id: small letters, then also digits, and - (in a deck's id _)"),
        ("window_seat", "[deck]\n", "", "id", "belongs into the table [deck], so below a line that says [deck]"),
    ],
)  # fmt: skip
def test_the_line_says_what_to_do(tmp_path: Path, deck: str, right: str, wrong: str, key: str, reason: str) -> None:
    """Its key, what belongs there, and the id of the part that it is in."""
    text = (DECKS / f"{deck}.toml").read_text()
    file = tmp_path / f"{deck}.toml"
    file.write_text(text.replace(right, wrong, 1))

    with pytest.raises(BrokenDeck) as refused:
        read_deck(file)
    assert right in text
    assert (refused.value.key, refused.value.reason) == (key, reason)


def test_what_closes_by_itself_need_not_say_when() -> None:
    """A sealed deck without the key closes at its share moment."""
    assert read_deck(DECKS / "lamplight.toml").closes_after == 0
