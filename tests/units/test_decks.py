"""Decks: the three that ship, and every way in which one can be broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wiring
from bot.deckfile import read_deck, read_decks
from bot.decks import CORE, Kind
from bot.errors import BrokenDeck

SHIPPED = wiring.CONTENT / "en"

GOOD = """
[deck]
id = "tea"
title = "Tea"
kind = "open"
days = "mon wed"
at = "16:00"
patience_minutes = 60
closes_after_hours = 8
no_repeat_days = 21

[[prompt]]
id = "te-001"
text = "Two cups, no agenda."
depth = 1
mood = "light"
tags = ["base"]
"""

SEALED = """
[deck]
id = "week"
title = "Week"
kind = "sealed"
days = "sat"
at = "10:00"
patience_minutes = 600
closes_after_hours = 0
no_repeat_days = 0

[sealed]
room_text = "Appears {share_times}."
closing = "Saved."
author_line = "{name}:"
after = "Enough for today."
empty = "No lines."
differ = ["Two views."]

[[sheet]]
id = "weekly"
every = 1
intro = "A minute."

[[sheet.item]]
id = "we-heard"
kind = "scale"
text = "I felt heard."
short = "Felt heard"
share = "keep"
labels = ["A little", "Mostly"]

[[sheet.item]]
id = "we-next"
kind = "text"
text = "One small thing."
short = "Next"
share = "warm"
"""


NUDGE = """
[deck]
id = "thanks"
title = "Thanks"
kind = "nudge"
days = "mon wed"
at = "16:00"
window_minutes = 120
most_days = 3
patience_minutes = 30
closes_after_hours = 1
no_repeat_days = 21
rests_after = [{ deck = "evening", hours = 18 }]

[[prompt]]
id = "th-001"
text = "One line."
depth = 1
mood = "light"
tags = ["base"]

[[prompt]]
id = "th-002"
text = "Then: {cue}."
depth = 1
mood = "light"
tags = ["moment"]
needs = ["own_cue"]

[[prompt]]
id = "th-003"
text = "When?"
depth = 1
mood = "light"
tags = ["moment"]
sets = "own_cue"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A deck's file with nothing wrong in it."""
    written = tmp_path / "tea.toml"
    written.write_text(GOOD)
    return written


def test_the_decks_carry_their_whole_catalogue() -> None:
    """So many prompts each, six items on each of the check-in's two sheets, and so many steps of a walk."""
    decks = read_decks(SHIPPED)

    assert decks["pause"].pause is not None
    assert {name: (one.kind, len(one.prompts)) for name, one in decks.items() if not one.kind.is_on_request} == {
        "morning_appreciation": (Kind.OPEN, 211),
        "digital_sunset": (Kind.TAP, 67),
        "date_night": (Kind.IDEAS, 62),
        "trust_checkin": (Kind.SEALED, 0),
        "memory": (Kind.OPEN, 48),
        "wins": (Kind.OPEN, 43),
        "open_journal": (Kind.OPEN, 46),
        "question_of_the_day": (Kind.SEALED, 150),
        "dream_walk": (Kind.OFFER, 61),
        "hug": (Kind.OFFER, 49),
        "tea_break": (Kind.OFFER, 51),
        "highs_lows": (Kind.OPEN, 51),
        "body_doubling": (Kind.TIMER, 0),
        "gratitude_nudge": (Kind.NUDGE, 57),
    }
    assert [len(sheet.items) for sheet in decks["trust_checkin"].sheets] == [6, 6]
    assert {name: (deck.command, len(deck.walk.steps)) for name, deck in decks.items() if deck.walk is not None} == {
        "repair_flow": ("repair", 10),
        "agreements": ("agree", 6),
        "self_assessment": ("assess", 18),
        "practice_listening": ("practice", 5),
        "practice_feelings": ("practice", 7),
        "practice_openness": ("practice", 7),
        "practice_soft_start": ("practice", 6),
        "practice_good_news": ("practice", 3),
        "practice_still_good": ("practice", 9),
        "pause_ours": ("practice", 4),
    }


def test_the_core_decks_keep_their_times() -> None:
    """08:00 is posted until 11:00, the sunset for an hour, the check-in for ten; the check-in closes by sharing."""
    decks = read_decks(SHIPPED)

    assert {
        name: (str(deck.usual), deck.patience // 3600, deck.closes_after // 3600)
        for name, deck in decks.items()
        if name in CORE
    } == {
        "morning_appreciation": ("0123456@480+0/each", 3, 20),
        "digital_sunset": ("0123456@1320+0/each", 1, 20),
        "trust_checkin": ("5@600+0/each", 10, 0),
    }
    assert decks["digital_sunset"].quiet
    assert [rhythm.days for rhythm in decks["digital_sunset"].rhythms] == [set(range(7)), {0, 2, 4, 6}]


def test_what_is_to_be_put_right_is_never_shared() -> None:
    """Only the two warm lines are offered to share; the line on repair never is."""
    items = [item for sheet in read_decks(SHIPPED)["trust_checkin"].sheets for item in sheet.items]

    assert {item.id for item in items if item.share == "warm"} == {"tc-built", "tc-next"}
    assert {item.id for item in items if item.share == "never"} == {"tc-repair"}


def test_what_waits_for_review_is_not_loaded() -> None:
    """The item on autonomy stays off until an advocate has read it, and so does the path after betrayal."""
    decks = read_decks(SHIPPED)
    items = {item.id for sheet in decks["trust_checkin"].sheets for item in sheet.items}

    assert "tm-free" not in items
    assert "after_betrayal" not in decks
    assert read_deck(SHIPPED / "after_betrayal.toml").walk is not None


def test_a_good_deck_is_read(file: Path) -> None:
    """The example of the documentation is a deck."""
    assert read_deck(file).usual.days == {0, 2}


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('kind = "open"', 'kind = "opne"', "deck.kind", "Did you mean 'open'"),
        ('id = "tea"', 'id = "Tea time"', "deck.id", "'Tea time' is not an id"),
        ('title = "Tea"', 'title = " "', "deck.title", "is empty"),
        ('title = "Tea"\n', "", "deck.title", "is missing"),
        ("depth = 1", "depth = 4", "prompt[0].depth", "too much: 3 or less"),
        ("depth = 1", "dept = 1", "prompt[0].dept", "Did you mean 'depth'"),
        ("depth = 1", "wholly_else = 1", "prompt[0].wholly_else", "Known are id, text, depth"),
        ('mood = "light"', 'mood = "lihgt"', "prompt[0].mood", "Did you mean 'light'"),
        ('mood = "light"', 'mood = "tender"', "prompt", "fits every day"),
        ('days = "mon wed"', 'days = "mon wde"', "deck.days", "Did you mean 'wed'"),
        ('days = "mon wed"', 'days = "mon daily"', "deck.days", "stands alone"),
        ('days = "mon wed"', "days = [0, 2]", "deck.days", 'such as "mon wed fri"'),
        ('at = "16:00"', 'at = "26:00"', "deck.at", "'26:00' is not a time"),
        ('at = "16:00"', 'at = "8:00"', "deck.at", "'8:00' is not a time"),
        ('at = "16:00"', "at = 16:00:00", "deck.at", "is not a time"),
        ('tags = ["base"]', "tags = []", "prompt[0].tags", "at least 1"),
        ('tags = ["base"]', 'tags = "base"', "prompt[0].tags", "list"),
        ('tags = ["base"]', 'tags = ["base"]\nseason = "sommer"', "prompt[0].season", "Did you mean 'summer'"),
        ('tags = ["base"]', 'tags = ["base"]\nneeds = ["own_que"]', "prompt[0].needs[0]", "Did you mean 'own_cue'"),
        ("Two cups", "Two cups" * 40, "prompt[0].text", "has 332 characters; 220 is the limit"),
        ("Two cups, no agenda.", " ", "prompt[0].text", "is empty"),
        ("[[prompt]]", "[[promt]]", "promt", "Did you mean 'prompt'"),
        ('kind = "open"', 'kind = "tap"', "deck.tap_label", "names what the tap says"),
        ('kind = "open"', 'kind = "sealed"', "sealed", "has a [sealed] table"),
        ("closes_after_hours = 8", "closes_after_hours = 0", "deck.closes_after_hours", "share moment"),
        ("patience_minutes = 60", 'patience_minutes = "60"', "deck.patience_minutes", "whole number"),
        ("[deck]", "[deck", "(the file)", "line 2, column 6"),
        ("[[prompt]]", "[[opener]]\nid = 'o-1'\ntext = ' '\n[[prompt]]", "opener[0].text", "is empty"),
        ('mood = "light"', 'mood = "light"\ndistance = "no"', "prompt", "fits every day of two who live apart"),
        (
            'mood = "light"',
            'mood = "light"\ndistance = "only"',
            "prompt",
            "fits every day of two who live in one place",
        ),
        ("[deck]", "[dekc]", "dekc", "Did you mean 'deck'"),
    ],
)
def test_a_broken_deck_names_file_key_and_reason(file: Path, old: str, new: str, key: str, reason: str) -> None:
    """What is wrong is named where it is, with what was meant where that can be guessed."""
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1))

    with pytest.raises(BrokenDeck) as broken:
        read_deck(file)
    assert (broken.value.file, broken.value.key) == (file, key)
    assert reason in broken.value.reason


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("Appears {share_times}.", "Appears soon.", "sealed.room_text", "{share_times} stands in it once"),
        (
            'kind = "text"',
            'kind = "open"',
            "sheet[0].item[1].kind",
            "scale, choice, text, number, emoji, voice, picture",
        ),
        ('kind = "text"', 'kind = "text"\nlabels = ["A"]', "sheet[0].item[1].labels", "belong to no text"),
        ('kind = "text"', 'kind = "choice"', "sheet[0].item[1].labels", "choice: 2 to 20 labels"),
        ('kind = "text"', 'kind = "choice"\nlabels = ["A", "A"]', "sheet[0].item[1].labels[1]", "there twice"),
        ('kind = "text"', 'kind = "emoji"\nlabels = ["glad"]', "sheet[0].item[1].labels", "each is an emoji"),
        ('kind = "text"', 'kind = "number"', "sheet[0].item[1].most", "least and most"),
        ('kind = "text"', 'kind = "number"\nleast = 3\nmost = 3', "sheet[0].item[1].most", "the smaller one"),
        ('kind = "text"', 'kind = "voice"\nmost = 3', "sheet[0].item[1].most", "nothing else has them"),
        ("I felt heard.", "I felt {heard}.", "sheet[0].item[0].text", "{prompt} may stand in it, and nothing else"),
        ("One small thing.", "{prompt}", "sheet[0]", "[[prompt]] that it may ask fits every day"),
        ("every = 1", 'every = 1\ntag = "tea"', "sheet[0].tag", "no item of the sheet names {prompt}"),
        ('differ = ["Two views."]', "", "sealed.differ", "share the same scale"),
        ('differ = ["Two views."]', 'shares_at = "22:30"', "sealed.shares_at", "when people are awake"),
        ('differ = ["Two views."]', 'shares = "dayly"', "sealed.shares", "weekly, same-day"),
        ("{name}:", "{name} {age}:", "sealed.author_line", "nothing else in braces"),
        ("{name}:", "{name:", "sealed.author_line", "{name} stands in it once"),
        ('labels = ["A little", "Mostly"]', "", "sheet[0].item[0].labels", "scale: 2 to 7 labels"),
        ('share = "keep"', 'share = "warm"', "sheet[0].item[0].share", "'keep' or 'never'"),
        ("every = 1", "every = 2", "sheet", "every = 1"),
        ('share = "warm"', 'share = "wram"', "sheet[0].item[1].share", "Did you mean 'warm'"),
        ('id = "we-next"', 'id = "we-heard"', "sheet[0].item[1].id", "there twice"),
        ("[sealed]", "[seald]", "seald", "Did you mean 'sealed'"),
        ('kind = "sealed"', 'kind = "open"', "sheet", "belongs to a sealed deck"),
    ],
)
def test_a_broken_sealed_deck_names_its_key(file: Path, old: str, new: str, key: str, reason: str) -> None:
    """What a share post needs is there before anybody answers."""
    assert old in SEALED
    file.write_text(SEALED.replace(old, new, 1))

    with pytest.raises(BrokenDeck) as broken:
        read_deck(file)
    assert broken.value.key == key
    assert reason in broken.value.reason


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("window_minutes = 120", "window_minutes = 0", "deck.window_minutes", "random minute"),
        ("window_minutes = 120", "window_minutes = 600", "deck.window_minutes", "the day on which it begins"),
        ("window_minutes = 120", "window_minutes = -5", "deck.window_minutes", "too small: 0 or more"),
        ("most_days = 3", "most_days = 1", "deck.days", "no more than most_days (1)"),
        ("most_days = 3", "most_days = 9", "deck.most_days", "too much: 7 or less"),
        ("most_days = 3", "together = true", "deck.together", "by their own clock"),
        ('days = "mon wed"', 'days = ""', "deck.days", "one day at least"),
        ("hours = 18", "hours = 0", "deck.rests_after[0].hours", "too small: 1 or more"),
        ("hours = 18", "hour = 18", "deck.rests_after[0].hour", "Did you mean 'hours'"),
        ("One line.", "One line: {cue}.", "prompt[0].text", "needs own_cue"),
        ("Then: {cue}.", "Then.", "prompt[1].text", "needs own_cue"),
        ("Then: {cue}.", "Then: {cue", "prompt[1].text", "nothing in braces elsewhere"),
        ('sets = "own_cue"', 'sets = "own_que"', "prompt[2].sets", "Did you mean 'own_cue'"),
        ('kind = "nudge"', 'kind = "open"', "deck.rests_after", "belongs to a nudge"),
    ],
)
def test_a_broken_nudge_names_its_key(file: Path, old: str, new: str, key: str, reason: str) -> None:
    """A line for one alone has a window on days of a week, and words that fit what its reader has named."""
    assert old in NUDGE
    file.write_text(NUDGE.replace(old, new, 1))

    with pytest.raises(BrokenDeck) as broken:
        read_deck(file)
    assert broken.value.key == key
    assert reason in broken.value.reason


def test_a_nudge_that_is_whole(file: Path) -> None:
    """Its window is the cadence's, and what it rests after is known in seconds."""
    file.write_text(NUDGE)
    deck = read_deck(file)

    assert str(deck.usual) == "02@960+120/each"
    assert [(one.deck, one.seconds) for one in deck.rests_after] == [("evening", 18 * 3600)]
    assert [one.for_every_day("no") for one in deck.prompts] == [True, False, False]


def test_a_sheet_needs_an_enabled_line(file: Path) -> None:
    """A sheet whose every line waits for review would ask nothing."""
    off = SEALED.replace('share = "keep"', 'share = "keep"\nenabled = false')
    file.write_text(off.replace('share = "warm"', 'share = "warm"\nenabled = false'))

    with pytest.raises(BrokenDeck, match=r"sheet\[0\].item: at least one is enabled"):
        read_deck(file)


def test_a_good_sealed_deck_is_read(file: Path) -> None:
    """Its sheet keeps its lines in their order."""
    file.write_text(SEALED)

    assert [item.id for item in read_deck(file).sheets[0].items] == ["we-heard", "we-next"]


def test_a_sealed_deck_has_no_openers(file: Path) -> None:
    """Its sheets have an intro."""
    file.write_text(SEALED + '[[opener]]\nid = "o-1"\ntext = "A minute."\n')

    with pytest.raises(BrokenDeck, match=r"opener: stands before a prompt in the chat"):
        read_deck(file)


def test_a_byte_order_mark_is_forgiven(file: Path) -> None:
    """Some editors put one in front of a file."""
    file.write_text("\ufeff" + GOOD, encoding="utf-8")

    assert read_deck(file).title == "Tea"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A deck that cannot be opened is a broken deck too."""
    with pytest.raises(BrokenDeck, match=r"nowhere.toml: \(the file\): cannot be read"):
        read_deck(tmp_path / "nowhere.toml")


def test_two_files_with_one_id(file: Path) -> None:
    """The id of a deck is its name in the database, so it is there once."""
    (file.parent / "tea2.toml").write_text(GOOD)

    with pytest.raises(BrokenDeck, match=r"tea2.toml: deck.id: 'tea' is already the id"):
        read_decks(file.parent)


def test_a_ritual_rests_with_one_that_is_there(file: Path) -> None:
    """An id that no deck has would let it come when it is to rest."""
    (file.parent / "tea2.toml").write_text(
        GOOD.replace('id = "tea"', 'id = "tea2"\nrests_with = ["teea"]').replace('kind = "open"', 'kind = "offer"')
    )

    with pytest.raises(BrokenDeck, match=r"tea2.toml: deck.rests_with: 'teea' is no deck's id. Did you mean 'tea'"):
        read_decks(file.parent)


def test_other_files_are_left_alone(file: Path) -> None:
    """A file without a [deck] table, such as the voice's rules, is no deck."""
    (file.parent / "voice.toml").write_text("[voice]\none_line = 'A kind friend.'\n")

    assert list(read_decks(file.parent)) == ["tea"]


def test_an_id_that_is_there_twice(file: Path) -> None:
    """Ids are permanent, so two prompts cannot have one."""
    file.write_text(GOOD + GOOD[GOOD.index("[[prompt]]") :])

    with pytest.raises(BrokenDeck, match=r"prompt\[1\].id"):
        read_deck(file)


@given(st.integers(0, len(GOOD) - 1), st.characters(), st.integers(0, 3))
def test_any_damage_is_refused_in_words_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, at: int, letter: str, cut: int
) -> None:
    """Whatever happens to a file, reading it gives a deck or a sentence, never another error."""
    file = tmp_path_factory.mktemp("decks") / "tea.toml"
    file.write_bytes((GOOD[:at] + letter + GOOD[at + cut :]).encode("utf-8", "surrogatepass"))

    said = ""
    try:
        found = read_decks(file.parent)
    except BrokenDeck as broken:
        found, said = {}, str(broken)
    assert len(found) <= 1
    assert not said or said.startswith(f"{file}: ")
