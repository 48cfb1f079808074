"""What a test can make go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from discord_server.asking import Asked
from discord_server.errors import ApiError, too_many


@dataclass(frozen=True, slots=True)
class Refused:
    """The request is answered with this, and nothing is done."""

    error: ApiError
    as_page: bool = False
    """Some errors come from a machine in front of Discord, as a page and not as JSON."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The line breaks, before anything is done or after everything was."""

    carried_out: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """Everything is done, and the answer is this error all the same."""

    error: ApiError


@dataclass(frozen=True, slots=True)
class Slow:
    """Everything is done at once, and the answer takes this long."""

    seconds: float


Trouble = Refused | HungUp | Lost | Slow


class Fault:
    """The troubles by name."""

    @staticmethod
    def too_many(retry_after: float = 1, *, everywhere: bool = False, shared: bool = False) -> Trouble:
        """429: the bot must wait."""
        return Refused(too_many(retry_after, everywhere=everywhere, shared=shared))

    @staticmethod
    def banned() -> Trouble:
        """429 by a machine in front of Discord, which says nothing of how long."""
        return Refused(ApiError(429, 0, "error code: 1015"), as_page=True)

    @staticmethod
    def server_error(status: int = 502) -> Trouble:
        """5xx; from 502 on as a page."""
        return Refused(ApiError(status, 0, f"{status}: Server Error"), as_page=status > 501)

    @staticmethod
    def lost_answer(status: int = 502) -> Trouble:
        """It is done, and the bot is told that it went wrong."""
        return Lost(ApiError(status, 0, f"{status}: Server Error"))

    @staticmethod
    def refused(status: int, code: int, words: str = "No") -> Trouble:
        """An error of Discord's own."""
        return Refused(ApiError(status, code, words))

    @staticmethod
    def hang_up(*, carried_out: bool = False) -> Trouble:
        """The line breaks without an answer."""
        return HungUp(carried_out)

    @staticmethod
    def slow(seconds: float) -> Trouble:
        """The answer comes late."""
        return Slow(seconds)


@dataclass(slots=True)
class Planned:
    """A trouble that waits for its requests."""

    key: str
    trouble: Trouble
    times: int
    channel: int = 0
    after: int = 0

    def meets(self, asked: Asked) -> bool:
        """Whether this request is one of those."""
        here = str(self.channel or "") in ("", asked.named.get("channel_id", ""))
        return self.key in ("*", asked.key) and here


@dataclass(slots=True)
class Troubles:
    """What is planned to go wrong."""

    planned: list[Planned] = field(default_factory=list)

    def plan(self, key: str, trouble: Trouble, *, times: int, channel: int, after: int) -> None:
        """Let the next requests to a route fail, *after* so many that work."""
        self.planned.append(Planned(key, trouble, times, channel, after))

    def next(self, asked: Asked) -> Trouble | None:
        """What goes wrong with this request."""
        for one in self.planned:
            if one.meets(asked):
                return self._use(one)
        return None

    def _use(self, one: Planned) -> Trouble | None:
        if one.after:
            one.after -= 1
            return None
        one.times -= 1
        if one.times <= 0:
            self.planned.remove(one)
        return one.trouble
