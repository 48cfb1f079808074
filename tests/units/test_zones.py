"""A person's time zone is found by what they type."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.zones import MOST_ZONES, ROUNDED_BY, WELL_KNOWN, Cities, City, fold, hemisphere, known, zone, zones_showing

FILE = Path(__file__).parents[2] / "bot" / "content" / "cities.tsv"
WINTER, SUMMER = (int(datetime(2026, month, 15, 12, tzinfo=UTC).timestamp()) for month in (1, 7))


@pytest.fixture(scope="module")
def cities() -> Cities:
    """The bot's own cities."""
    return Cities.read(FILE)


@pytest.fixture
def few(tmp_path: Path) -> Cities:
    """A handful of cities in the file's form."""
    file = tmp_path / "cities.tsv"
    lines = (
        "#\tML\tAfrica/Bamako", "San\t41",
        "#\tUS\tAmerica/Los_Angeles", "San Diego\t1394", "Sandy\t96", "Springfield\t62",
        "#\tUS\tAmerica/Chicago", "Springfield\t170", "Springfield\t114",
        "#\tDE\tEurope/Berlin", "Göttingen\t122\t|gottingen|getynga|",
        "Munich\t1505\t|munich|minga|munchen|мюнхен|", "Municher\t3",
        "#\tMX\tAmerica/Cancun", "Cancún\t628\t|cancun|",
        "#\tCN\tAsia/Shanghai", "Changchun\t4193\t|changchun|cancun|", "",
    )  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8")
    return Cities.read(file)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Munich", "Europe/Berlin"), ("münchen", "Europe/Berlin"), ("MUENCHEN", "Europe/Berlin"),
        ("munchen", "Europe/Berlin"), ("Köln", "Europe/Berlin"), ("cologne", "Europe/Berlin"),
        ("Wien", "Europe/Vienna"),
        ("Москва", "Europe/Moscow"), ("東京", "Asia/Tokyo"), ("서울", "Asia/Seoul"), ("NYC", "America/New_York"),
        ("  new   york ", "America/New_York"), ("Århus", "Europe/Copenhagen"), ("Lodz", "Europe/Warsaw"),
        ("goettingen", "Europe/Berlin"), ("sao paulo", "America/Sao_Paulo"), ("Paris", "Europe/Paris"),
        ("Paris, US", "America/Chicago"), ("Berlin, DE", "Europe/Berlin"), ("Berlin, Germany", "Europe/Berlin"),
        ("lond", "Europe/London"), ("europe/berlin", "Europe/Berlin"), ("America/new york", "America/New_York"),
        ("utc", "UTC"), ("Kathmandu", "Asia/Kathmandu"), ("Cancun", "America/Cancun"),
    ],
)  # fmt: skip
def test_a_city_is_found(cities: Cities, typed: str, found: str) -> None:
    """In its own script or another, with accents or without, with its country or alone."""
    assert cities.find(typed)[0].zone == found


@pytest.mark.parametrize("typed", ["", " ", "x", ",", "|", "#", "\t", "noon", "8pm", "7:30", "1505", "zzzzzz"])
def test_what_is_no_city_finds_nothing(cities: Cities, typed: str) -> None:
    """A time typed instead is left to the clock, and no mark of the file is a name."""
    assert cities.find(typed) == ()


def test_the_exact_name_comes_before_larger_ones_that_begin_with_it(few: Cities) -> None:
    """San in Mali first; then what is larger than it, the largest first."""
    assert [city.name for city in few.find("san")] == ["San", "San Diego", "Sandy"]


def test_a_citys_own_name_comes_before_a_larger_ones_other_name(few: Cities) -> None:
    """Cancún is Cancún first, though a larger city is also called so somewhere."""
    assert [city.name for city in few.find("cancun")] == ["Cancún", "Changchun"]


def test_smaller_cities_do_not_join_an_exact_name(few: Cities) -> None:
    """Who types San Diego does not mean a smaller place, and who types Munich gets one answer."""
    assert few.find("Munich") == (City("Munich", "DE", "Europe/Berlin"),)
    assert few.find("мюнхен") == few.find("minga") == few.find("münch") == few.find("Munich")


def test_a_name_stands_once_for_each_zone(few: Cities) -> None:
    """Three towns of one name in two zones are two answers, the larger first."""
    assert [city.zone for city in few.find("springfield")] == ["America/Chicago", "America/Los_Angeles"]
    assert len(few.find("springfield", most=1)) == 1


def test_a_country_chooses_and_another_word_does_not_hinder(few: Cities) -> None:
    """A code keeps its country's cities; a state or a country's name is passed over."""
    assert [city.name for city in few.find("san, us")] == ["San Diego", "Sandy"]
    assert few.find("göttingen, Lower Saxony") == few.find("goettingen") == few.find("Göttingen, de")


def test_the_file_is_read_when_somebody_first_asks(tmp_path: Path) -> None:
    """Starting the bot does not wait for the cities."""
    file = tmp_path / "later.tsv"
    cities = Cities.read(file)
    file.write_text("#\tXX\tUTC\nNowhere\t1\n", encoding="utf-8")

    assert cities.find("nowhere") == (City("Nowhere", "XX", "UTC"),)


@given(st.text() | st.text("abcdefghijkl mnoprstuvwz,|#/\t-'", max_size=8), st.integers(0, 5))
def test_whatever_is_typed_finds_cities_or_none(cities: Cities, typed: str, most: int) -> None:
    """No text breaks the search."""
    found = cities.find(typed, most)

    assert len(found) <= max(most, 1)
    assert all(known(city.zone) for city in found)


@given(st.text())
def test_folding_leaves_no_mark_of_the_file(name: str) -> None:
    """A folded name can neither break a line nor look like a heading, and small and capital letters agree."""
    folded = fold(name)

    assert not set(folded) & set("|#\t\n")
    assert fold("Łódź") == fold("LODZ") == "lodz"


def test_every_line_of_the_file_is_whole() -> None:
    """Each heading names a known zone, each city has a size, and each name between bars is folded."""
    text = FILE.read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines()]
    headings = [line for line in lines if line[0] == "#"]
    named = [line for line in lines if len(line) == 3 and line[0] != "#"]

    assert len(FILE.read_bytes()) <= 1_500_000
    assert all(known(zone) and len(country) == 2 for _, country, zone in headings)
    assert all(int(line[1]) >= 0 for line in lines if line[0] != "#")
    assert all(line[2].startswith(f"|{fold(line[0])}|") and line[2].endswith("|") for line in named)
    assert len(lines) > 30_000


def offset_at(moment: int, name: str) -> object:
    """How far a zone is from UTC at a moment."""
    return datetime.fromtimestamp(moment, ZoneInfo(name)).utcoffset()


@pytest.mark.parametrize("moment", [WINTER, SUMMER])
def test_the_time_on_the_wall_finds_its_clock(moment: int) -> None:
    """Wherever there are cities, the present time finds a zone with the same clock, unless six better known fit."""
    named = {line.split("\t")[2] for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#")}
    one_for_each = {offset_at(moment, name): name for name in named}
    for offset, name in one_for_each.items():
        wall = datetime.fromtimestamp(moment, ZoneInfo(name))
        shown = zones_showing(wall.hour * 60 + wall.minute, moment)

        assert len(shown) == MOST_ZONES or offset in {offset_at(moment, one) for one in shown}, name


@given(st.integers(0, 1439), st.integers(WINTER, WINTER + 5 * 365 * 86400))
def test_every_zone_shown_has_about_that_time(minutes: int, moment: int) -> None:
    """At most six, each within seven minutes over midnight too, and no clock twice."""
    shown = zones_showing(minutes, moment)
    walls = [datetime.fromtimestamp(moment, ZoneInfo(name)) for name in shown]
    apart = [abs(wall.hour * 60 + wall.minute - minutes) for wall in walls]

    assert len(shown) <= MOST_ZONES
    assert all(min(one, 1440 - one) <= ROUNDED_BY for one in apart)
    assert list(shown) == sorted(shown, key=WELL_KNOWN.index)


def test_zones_of_one_clock_stand_once() -> None:
    """Berlin and Paris are one clock all year, Lagos is another one from spring on."""
    names = ("Europe/Berlin", "Europe/Paris", "Africa/Lagos", "Asia/Tokyo")

    assert zones_showing(13 * 60 + 5, WINTER, names) == ("Europe/Berlin", "Africa/Lagos")
    assert zones_showing(13 * 60, SUMMER, names) == ("Africa/Lagos",)
    assert zones_showing(13 * 60 + 8, WINTER, names) == ()


def test_a_rounded_time_may_lie_over_midnight() -> None:
    """Who says midnight at three minutes to or after it lives there too."""
    midnight = WINTER + 12 * 3600

    assert zones_showing(2, midnight - 180, ("UTC",)) == ("UTC",)
    assert zones_showing(1438, midnight + 180, ("UTC",)) == ("UTC",)


@pytest.mark.parametrize(
    ("name", "half"),
    [
        ("Europe/Berlin", "north"), ("Australia/Sydney", "south"), ("America/Santiago", "south"), ("NZ", "south"),
        ("Africa/Nairobi", "south"), ("Asia/Calcutta", "north"), ("America/Buenos_Aires", "south"),
        ("Australia/ACT", "south"), ("Brazil/East", "south"), ("US/Eastern", "north"), ("UTC", "north"),
        ("Asia/Singapore", "north"), ("Nowhere", "north"),
    ],
)  # fmt: skip
def test_a_zone_lies_in_the_north_or_south(name: str, half: str) -> None:
    """By its city's latitude, through older names too; north where nothing tells."""
    assert hemisphere(name) == half


def test_a_zone_is_known_by_its_exact_name() -> None:
    """What is not a zone is refused, also what could be mistaken for a file."""
    assert known("Europe/Berlin")
    assert zone("Europe/Berlin") is ZoneInfo("Europe/Berlin")
    for name in ("", "europe/berlin", "../etc/passwd", "Europe", "Munich"):
        assert not known(name)
        with pytest.raises(ValueError, match="not a time zone"):
            zone(name)
