"""What a test can make go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

from telegram_server.calls import Call
from telegram_server.errors import ApiError, bad_request, forbidden, too_many


@dataclass(frozen=True, slots=True)
class Refused:
    """The method answers with this and does nothing."""

    error: ApiError
    as_page: bool = False
    """Some errors of 5xx come from a machine in front of Telegram, as a page and not as JSON."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The line breaks, before the method does anything or after it did everything."""

    carried_out: bool


@dataclass(frozen=True, slots=True)
class Slow:
    """The method does everything at once, and its answer takes this long."""

    seconds: float


Trouble = Refused | HungUp | Slow


class Fault:
    """The troubles by name."""

    @staticmethod
    def too_many(retry_after: int = 1) -> Trouble:
        """429: the bot must wait."""
        return Refused(too_many(retry_after))

    @staticmethod
    def server_error(code: int = 502) -> Trouble:
        """5xx; from 502 on as a page of HTML."""
        words = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
        return Refused(ApiError(code, words.get(code, "Internal Server Error")), as_page=code > 501)

    @staticmethod
    def forbidden(words: str = "bot was blocked by the user") -> Trouble:
        """403, in Telegram's words."""
        return Refused(forbidden(words))

    @staticmethod
    def bad_request(words: str) -> Trouble:
        """400, in Telegram's words."""
        return Refused(bad_request(words))

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
    """A trouble that waits for its calls."""

    method: str
    trouble: Trouble
    times: int
    chat: int = 0
    after: int = 0

    def meets(self, call: Call) -> bool:
        """Whether this call is one of those."""
        named = self.method in ("*", call.method.lower())
        return named and self.chat in (0, call.integer("chat_id"))


@dataclass(slots=True)
class Troubles:
    """What is planned to go wrong."""

    planned: list[Planned] = field(default_factory=list)
    garbled: set[int] = field(default_factory=set)
    """The updates that are no JSON, and whatever is handed out with them neither."""

    def garble(self, answer: str) -> str:
        """An answer as it goes over the line."""
        for number in self.garbled:
            answer = answer.replace(f'"update_id": {number},', f'"update_id": {number}, what,')
        return answer

    def plan(self, method: str, trouble: Trouble, *, times: int, chat: int, after: int) -> None:
        """Let the next calls of the method fail, *after* so many that work."""
        self.planned.append(Planned(method.lower(), trouble, times, chat, after))

    def next(self, call: Call) -> Trouble | None:
        """What goes wrong with this call."""
        for one in self.planned:
            if one.meets(call):
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
