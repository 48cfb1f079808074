"""Cities, clocks and halves of the world."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.turn import Repertoire
from bot.zones import hemisphere, known as is_known, zones_showing


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("Munich", "Europe/Berlin"), ("münchen", "Europe/Berlin"), ("wien", "Europe/Vienna"), ("Москва", "Europe/Moscow"),
     ("europe/berlin", "Europe/Berlin"), ("Berlin, DE", "Europe/Berlin"), ("são paulo", "America/Sao_Paulo"),
     ("sao paulo", "America/Sao_Paulo"), ("New York", "America/New_York"), ("lisbo", "Europe/Lisbon"), ("UTC", "UTC")],
)  # fmt: skip
def test_a_city_by_its_name(known: Repertoire, typed: str, zone: str) -> None:
    """A city is found by the names its people use, with or without accents."""
    assert known.cities.find(typed)[0].zone == zone


def test_cities_of_one_name_are_all_offered(known: Repertoire) -> None:
    """San Jose is in several zones, the largest first."""
    assert len({city.zone for city in known.cities.find("San Jose")}) > 1


def test_every_city_has_a_zone_that_exists(known: Repertoire) -> None:
    """The file of cities names no zone that this machine does not know."""
    named = {city.zone for name in ("a", "b", "s") for city in known.cities.find(name * 1 + "an", most=500)}

    assert named
    assert named <= available_timezones()


@given(st.text(max_size=90))
def test_any_text_may_be_typed(known: Repertoire, typed: str) -> None:
    """Nothing that is typed for a city raises, and what is found exists."""
    assert all(is_known(city.zone) for city in known.cities.find(typed))


@given(st.integers(1_704_067_200, 1_924_991_999), st.integers(0, 1439))
def test_what_time_is_it_for_you(now: int, minutes: int) -> None:
    """Each zone that is offered shows about the time that was said."""
    for name in zones_showing(minutes, now):
        local = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(name))
        apart = abs(local.hour * 60 + local.minute - minutes)

        assert min(apart, 1440 - apart) <= 7


@pytest.mark.parametrize(
    ("zone", "half"),
    [("America/Sao_Paulo", "south"), ("Australia/Sydney", "south"), ("Europe/Berlin", "north"), ("UTC", "north")],
)
def test_halves_of_the_world(zone: str, half: str) -> None:
    """Seasons follow the half of the world."""
    assert hemisphere(zone) == half
