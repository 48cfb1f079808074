"""The system's own words."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import wiring
from bot.errors import Misconfigured
from bot.phrasebook import Phrasebook
from bot.turn import Repertoire

CODE = Path(wiring.__file__).parent
ADAPTERS = CODE.parent / "adapters"


def test_a_missing_value_is_loud(known: Repertoire) -> None:
    """A phrase without its value raises, so that nobody ever reads a bare key."""
    with pytest.raises(KeyError):
        known.words.say("zone-set", place="Berlin")


def test_an_unknown_phrase_is_loud(known: Repertoire) -> None:
    """An unknown key raises."""
    with pytest.raises(KeyError):
        known.words.say("no-such-phrase")


def test_an_unknown_language_falls_back(known: Repertoire) -> None:
    """Who speaks a language that we do not reads English."""
    assert known.words.say("quiet-day", "xx") == known.words.say("quiet-day", "en")
    assert known.words.nearest("en-GB") == "en"


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    """A mistake in a language's file stops the program with file and line."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "words.ftl").write_text("one = One\n\ntwo Two\n")

    with pytest.raises(Misconfigured, match=r"words.ftl: line 3"):
        Phrasebook.read(tmp_path)


@pytest.mark.parametrize(
    ("words", "line"),
    [("one = One\n\none = Two\n", "line 3: one is there twice"), ("\nbare =\n    .a = A\n", "line 2: bare")],
)
def test_what_fluent_would_skip_is_named(tmp_path: Path, words: str, line: str) -> None:
    """A second phrase of one key, and one without words, are mistakes."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "words.ftl").write_text(words)

    with pytest.raises(Misconfigured, match=line):
        Phrasebook.read(tmp_path)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    """A file in another encoding stops the program with its name."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "words.ftl").write_bytes(b"one = \xff\n")

    with pytest.raises(Misconfigured, match=r"words.ftl: cannot be read"):
        Phrasebook.read(tmp_path)


@pytest.fixture
def two_languages(tmp_path: Path) -> Phrasebook:
    """English, and German with one phrase less."""
    for locale, words in (("en", "hello = Hello, { $name }.\nbye = Bye.\n"), ("de", "hello = Hallo, { $name }.\n")):
        (tmp_path / locale).mkdir()
        (tmp_path / locale / "words.ftl").write_text(words)
    return Phrasebook.read(tmp_path)


def test_each_reader_has_their_language(two_languages: Phrasebook) -> None:
    """A phrase that one language lacks is said in English."""
    assert two_languages.say("hello", "de", name="Ann") == "Hallo, Ann."
    assert two_languages.say("bye", "de") == "Bye."
    assert two_languages.nearest("de_AT") == "de"
    assert (two_languages.has("bye"), two_languages.has("hallo")) == (True, False)
    assert two_languages.phrases() == {"hello", "bye"}


def test_nothing_is_put_around_a_value(two_languages: Phrasebook) -> None:
    """A value stands in its sentence as it was handed in, braces and all."""
    assert two_languages.say("hello", name="{ $x } <b>") == "Hello, { $x } <b>."


def test_days_are_told_in_the_readers_language(two_languages: Phrasebook) -> None:
    """One that we do not speak falls back, so that no sentence is in two languages."""
    moment, zone = 1_772_987_400, ZoneInfo("Europe/Berlin")

    assert two_languages.day_and_time(moment, zone, "de") == "Sonntag 17:30"
    assert two_languages.day_and_time(moment, zone, "fr") == "Sunday 17:30"
    assert two_languages.clock_time(moment, zone, "no such") == "17:30"
    assert two_languages.date_line(moment, zone) == "Sunday 8 March, 17:30"
    assert two_languages.day_label(date(2026, 11, 23)) == "Monday 23 November"
    assert (two_languages.day_name(0), two_languages.day_name(6, short=True)) == ("Monday", "Sun")


def test_no_language_at_all_is_named(tmp_path: Path) -> None:
    """Without English there is nothing to fall back on."""
    with pytest.raises(Misconfigured, match=r"words.ftl is missing"):
        Phrasebook.read(tmp_path)


def test_times_are_told_on_the_readers_clock(known: Repertoire) -> None:
    """One moment, two walls."""
    moment = 1_772_987_400

    assert known.words.day_and_time(moment, ZoneInfo("Europe/Berlin")) == "Sunday 17:30"
    assert known.words.day_and_time(moment, ZoneInfo("Asia/Tokyo")) == "Monday 01:30"


def phrases_named_in_code() -> set[str]:
    """Every string in the code that looks like a phrase's key and stands where one is expected."""
    found = set()
    for file in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                if name in ("say", "line", "Refusal") and node.args and isinstance(node.args[0], ast.Constant):
                    found.add(str(node.args[0].value))
    return found


def test_every_phrase_that_the_code_says_exists(known: Repertoire) -> None:
    """No flow can run into a phrase that nobody wrote."""
    named = phrases_named_in_code()

    assert len(named) > 60
    assert named <= known.words.phrases()


def test_no_phrase_is_left_over(known: Repertoire) -> None:
    """What nothing says any more is deleted."""
    code = "\n".join(file.read_text() for folder in (CODE, ADAPTERS) for file in folder.rglob("*.py"))
    starts = re.findall(r'f"([a-z-]+-)\{', code)
    referred = re.findall(r"\{ ([a-z-]+) \}", (CODE / "content" / "en" / "words.ftl").read_text())
    unused = {
        phrase
        for phrase in known.words.phrases()
        if f'"{phrase}"' not in code
        and phrase not in referred
        and not any(phrase.startswith(start) for start in starts)
    }

    assert unused == set()
