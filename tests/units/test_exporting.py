"""A copy to take along says what was written, to the letter, in each of its files."""

from __future__ import annotations

import csv
import io
import json
import string
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import wiring
from bot.exporting import FIELDS, copied
from bot.model import Kept, Occurrence, Partner, Reply, State
from bot.phrasebook import Phrasebook
from bot.turn import Turn
from bot.views.own import Entry

ANN = Partner(id=1, couple=9, seat=1, name="Ann", timezone="Europe/Berlin")
BEN = Partner(id=2, couple=9, seat=2, name="Ben", timezone="Europe/Berlin")
MADE = int(datetime(2026, 11, 23, 10, 0, 58, tzinfo=UTC).timestamp())
WRITTEN = int(datetime(2026, 7, 1, 6, 30, tzinfo=UTC).timestamp())
TAGS = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p"}
ATTRIBUTES = {"lang", "charset", "name", "content", "class", "dir"}
HARMFUL = ("=", "+", "-", "@", "\t", "\r")

# Everything that can be on record: half a surrogate pair cannot (bot/heard.py).
anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
tricky = st.text(string.punctuation + "ab \t\r\n\u2028\u202e\x00é🙂", max_size=40)
forged = st.sampled_from(["</p><script>alert(1)</script>", "<img src=x onerror=y>", "&lt;b&gt;", '=1+1,"x"', "{body}"])
words = st.one_of(tricky, anything, forged)


@dataclass(frozen=True)
class People:
    """The two, as the store knows them."""

    two: tuple[Partner, ...]

    def partners(self, couple: int) -> list[Partner]:
        return [one for one in self.two if one.couple == couple]


PHRASES = Phrasebook.read(wiring.CONTENT)


def at(moment: int, *two: Partner) -> Turn:
    """A turn with as much of the store, and of what the bot knows by heart, as a copy asks for."""
    store, known = SimpleNamespace(people=People(two or (ANN, BEN))), SimpleNamespace(words=PHRASES)
    return Turn(store, moment, known)  # type: ignore[arg-type]


def an_entry(
    words: str = "The tea you made",
    day: date = date(2026, 7, 1),
    kept: Kept = Kept.WORDS,
    author: Partner = ANN,
    *,
    ritual: str = "Morning appreciation",
    question: str = "One thing today.",
    item: str = "",
    sealed: bool = False,
    shared: bool = False,
    written_at: int = WRITTEN,
    edited_at: int = 0,
) -> Entry:
    """One answer with what it answered."""
    state = State.SHARED if shared else State.OPEN
    local = day.isoformat()
    occurrence = Occurrence(
        id=5, ritual=4, couple=9, deck="morning_appreciation", slot=local, day=local, prompt="x", state=state
    )
    reply = Reply(
        id=6, occurrence=5, partner=author.id, item=item, kept=kept, body=b"", shared=shared, source="s",
        written_at=written_at, edited_at=edited_at,
    )  # fmt: skip
    return Entry(reply, occurrence, ritual, question, item, words, sealed)


entries = st.builds(
    an_entry, words, st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.sampled_from([Kept.WORDS, Kept.SCALE]),
    ritual=words, question=words, item=words, sealed=st.booleans(), shared=st.booleans(),
)  # fmt: skip


def unpacked(packed: bytes) -> dict[str, str]:
    """The files by the ending of their names, letter for letter."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name.rpartition(".")[2]: archive.read(name).decode() for name in archive.namelist()}


def a_copy(*taken: Entry, **how: Any) -> dict[str, str]:
    return unpacked(copied(at(MADE), ANN, taken, **how))


def lines_in(files: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(files["json"])["words"]
    return found


def rows_in(files: dict[str, str]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["csv"].removeprefix("\ufeff"), newline=""), strict=True))


class Page(HTMLParser):
    """What a browser makes of a page: its tags, and the text in each kind of paragraph and heading."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
        self._open = dict(attrs).get("class") or tag
        self.texts.setdefault(self._open, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data


@given(st.lists(entries, max_size=4))
@settings(max_examples=50)
def test_json_holds_the_words_to_the_letter(taken: list[Entry]) -> None:
    """Every line is there, each with the same keys, and no letter differs."""
    lines = lines_in(a_copy(*taken))
    read = [tuple(line[key] for key in ("words", "ritual", "question", "item")) for line in lines]

    assert sorted(read) == sorted((one.words, one.ritual, one.question, one.item) for one in taken)
    assert all(tuple(line) == FIELDS for line in lines)


@given(st.lists(entries, max_size=4))
@settings(max_examples=50)
def test_csv_holds_the_words_to_the_letter(taken: list[Entry]) -> None:
    """What a strict reader finds is what the JSON says, but for the apostrophe before what could be a formula."""
    files = a_copy(*taken)
    said = [[str(value) for value in line.values()] for line in lines_in(files)]
    read = [list(row.values()) for row in rows_in(files)]

    assert read == [[f"'{cell}" if cell.startswith(HARMFUL) else cell for cell in line] for line in said]


@pytest.mark.parametrize("sign", HARMFUL)
def test_no_cell_is_a_formula(sign: str) -> None:
    """Nothing that anybody wrote is run by a spreadsheet, in whatever column it stands."""
    told = f"{sign}1+1"
    named = Partner(id=1, couple=9, seat=1, name=told, timezone="Europe/Berlin")
    taken = an_entry(told, ritual=told, question=told, item=told)
    (row,) = rows_in(unpacked(copied(at(MADE, named), named, [taken])))

    assert [row[column] for column in ("author", "ritual", "question", "item", "words")] == [f"'{told}"] * 5


@given(st.lists(entries, max_size=4), words)
@settings(max_examples=50)
def test_the_page_holds_the_words_and_nothing_else(taken: list[Entry], name: str) -> None:
    """The words read as text; no tag, script, style or address gets in with them."""
    two = (Partner(id=1, couple=9, seat=1, name=name, timezone="Europe/Berlin"), BEN)
    files = unpacked(copied(at(MADE, *two), two[0], taken, of_both=True))
    page, bare = Page(files["html"]), Page(a_copy()["html"])

    assert page.texts.get("words", []) == [line["words"] for line in lines_in(files)]
    assert {tag for tag, _ in page.tags} <= TAGS
    assert page.texts["style"] == bare.texts["style"]
    assert {key for _, attributes in page.tags for key, _ in attributes} <= ATTRIBUTES


def test_the_page_asks_nothing_of_the_net() -> None:
    """It is read where there is no line, and tells nobody that it is read."""
    page = a_copy(an_entry())["html"]

    assert not any(sign in page for sign in ("http:", "https:", "url(", "@import", "src=", "href="))
    assert "color-scheme: light dark" in page
    assert page.startswith('<!doctype html>\n<html lang="en">')


@given(st.lists(entries, max_size=3))
@settings(max_examples=20)
def test_the_same_words_are_the_same_bytes(taken: list[Entry]) -> None:
    """Asked twice at one moment, the two copies do not differ."""
    assert copied(at(MADE), ANN, taken) == copied(at(MADE), ANN, taken)


def test_the_files_bear_the_moment_of_the_copy() -> None:
    """Compressed, dated, and with the byte order mark by which spreadsheets know the letters."""
    with zipfile.ZipFile(io.BytesIO(copied(at(MADE), ANN, [an_entry("Grüße")]))) as archive:
        files = archive.infolist()
        table = archive.read("my-words.csv")

    assert [one.filename for one in files] == ["README.txt", "my-words.html", "my-words.json", "my-words.csv"]
    assert {one.date_time for one in files} == {(2026, 11, 23, 10, 0, 58)}
    assert {one.compress_type for one in files} == {zipfile.ZIP_DEFLATED}
    assert table.startswith(b"\xef\xbb\xbf" + ",".join(FIELDS).encode() + b"\r\n")
    assert table.count(b"\r\n") == table.count(b"\n") == 2


def test_nothing_written_is_a_copy_too() -> None:
    """Who wrote nothing is handed the same four files, readable and empty."""
    files = a_copy()

    assert set(files) == {"txt", "html", "json", "csv"}
    assert lines_in(files) == []
    assert files["csv"] == "\ufeff" + ",".join(FIELDS) + "\r\n"
    assert not {"h2", "h3", "words"} & set(Page(files["html"]).texts)


def test_each_month_and_each_day_is_a_heading() -> None:
    """Once each, in the reader's words, also where a day's check-in was answered after the next day's prompt."""
    days = [date(2025, 7, 31), date(2026, 7, 1), date(2026, 8, 1), date(2026, 7, 2), date(2026, 7, 1)]
    texts = Page(a_copy(*(an_entry(day=day) for day in days))["html"]).texts

    assert texts["h2"] == ["July 2025", "July 2026", "August 2026"]
    assert texts["h3"] == ["Thursday 31 July", "Wednesday 1 July", "Thursday 2 July", "Saturday 1 August"]


def test_what_was_shared_and_what_was_kept() -> None:
    """Each line says it; a sealed one is shared only once its moment has come."""
    files = a_copy(an_entry(), an_entry(sealed=True), an_entry(sealed=True, shared=True, item="Felt heard"))

    assert [line["shared"] for line in lines_in(files)] == [True, False, True]
    assert Page(files["html"]).texts["soft"] == [
        "Morning appreciation · One thing today. · The other can read it.",
        "Morning appreciation · One thing today. · Kept, for you.",
        "Morning appreciation · One thing today. · Felt heard · The other can read it.",
    ]


def test_what_both_shared_names_its_authors() -> None:
    """In the place of kept or shared; the files have another name and say that both asked."""
    files = a_copy(an_entry(), an_entry("Your patience", author=BEN), of_both=True)
    with zipfile.ZipFile(io.BytesIO(copied(at(MADE), ANN, [], of_both=True))) as archive:
        names = archive.namelist()

    assert [line.rpartition(" · ")[2] for line in Page(files["html"]).texts["soft"]] == ["Ann", "Ben"]
    assert [(line["author"], line["words"]) for line in lines_in(files)] == [
        ("Ann", "The tea you made"), ("Ben", "Your patience"),
    ]  # fmt: skip
    assert names == ["README.txt", "our-words.html", "our-words.json", "our-words.csv"]
    assert "Both of you asked" in files["txt"]


@pytest.mark.parametrize("kept", [Kept.VOICE, Kept.PICTURE])
def test_a_voice_or_a_picture_is_named_and_its_handle_is_not(kept: Kept) -> None:
    """A platform's handle says nothing to a person, and opens nothing to a stranger."""
    files = a_copy(an_entry("12 AwACAgIAAxkBAAIB", kept=kept))

    assert not any("AwACAgIAAxkBAAIB" in text for text in files.values())
    assert lines_in(files)[0]["kind"] == str(kept)
    assert lines_in(files)[0]["words"].startswith("A ")


@pytest.mark.parametrize(
    ("written", "zone", "read"),
    [
        (datetime(2026, 7, 1, 6, 30, tzinfo=UTC), "Europe/Berlin", "2026-07-01T08:30:00+02:00"),
        (datetime(2026, 12, 1, 6, 30, tzinfo=UTC), "Europe/Berlin", "2026-12-01T07:30:00+01:00"),
        (datetime(2026, 7, 1, 2, 30, tzinfo=UTC), "America/St_Johns", "2026-07-01T00:00:00-02:30"),
    ],
)
def test_moments_are_told_on_the_readers_clock(written: datetime, zone: str, read: str) -> None:
    """With the offset of that day; what was never changed has no moment of change."""
    reader = Partner(id=1, couple=9, seat=1, name="Ann", timezone=zone)
    moment = int(written.timestamp())
    never, once = (
        lines_in(unpacked(copied(at(MADE, reader), reader, [an_entry(written_at=moment, edited_at=edited)])))[0]
        for edited in (0, moment)
    )

    assert (never["written_at"], never["edited_at"]) == (read, "")
    assert once["edited_at"] == read
    assert never["day"] == "2026-07-01"


def test_years_of_words_fit() -> None:
    """Ten thousand answers are all there, and small enough for any chat."""
    one = an_entry()
    packed = copied(at(MADE), ANN, [replace(one, words=f"{number}: the tea you made") for number in range(10_000)])

    assert len(lines_in(unpacked(packed))) == 10_000
    assert len(packed) < 1_000_000
