"""Which updates are asked for next while what comes is no JSON: none that could be read is ever passed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.narrowing import MOST, Narrowing
from adapters.telegram.request import AiohttpRequest, NoJson

TRIES = 12


def number_in(payload: bytes) -> int | None:
    """The number of the update that an answer which is no JSON begins with."""
    with pytest.raises(NoJson) as trouble:
        AiohttpRequest.parse_json_payload(payload)
    return trouble.value.update


@given(st.sets(st.integers(1, 250)), st.sets(st.integers(1, 250)))
def test_each_that_can_be_read_is_taken_in_once(sound: set[int], torn: set[int]) -> None:
    """Wherever the torn ones lie among the others, those are taken in, in their order."""
    waiting, taken, asked = sorted(sound | torn), [], Narrowing()
    for _ in range(20 * MOST):
        batch = [number for number in waiting if number >= asked.offset][: asked.limit]
        if torn.isdisjoint(batch):
            asked.taken_in(batch)
            taken += batch
        else:
            asked.unreadable(batch[0])

    assert taken == sorted(sound - torn)


@pytest.mark.parametrize(
    "payload",
    [
        b"<html>Back in a minute</html>",
        b'{"ok":true,"result":[{"message":{"text":"\\"update_id\\":7,"},"update_id":7,',
        b'{"ok":true,"result":[{"update_id":7',
        b"[]",
        b"",
    ],
)
def test_what_names_no_update_passes_none_over(payload: bytes) -> None:
    """A proxy's page, or a number inside of somebody's words, stands for no update, however often it comes."""
    asked = Narrowing()
    asked.taken_in([6])
    for _ in range(TRIES):
        asked.unreadable(number_in(payload))

    assert asked.offset == 7


def test_what_differs_each_time_passes_none_over() -> None:
    """Only the same update, each time that it is asked for alone, is one that cannot be read."""
    asked = Narrowing()
    for at in range(TRIES):
        asked.unreadable(number_in(b'{"ok":true,"result":[{"update_id":%d,' % (7 + at)))

    assert asked.offset == 0
