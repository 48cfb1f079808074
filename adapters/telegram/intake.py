"""Takes updates in and loses none: an update counts as received only when what follows from it is committed.

The library's own updater confirms what it fetched before anything was done with it, and fetches a batch that it
cannot parse for ever (docs/decisions/0009). So here the offset moves after the commit, each update is parsed alone,
and what comes twice is left to the engine, which knows each event's id.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from adapters.telegram.conversation import Conversation
from adapters.telegram.narrowing import Narrowing
from adapters.telegram.places import Me
from adapters.telegram.reading import AsTheGroup, Heard, Read, read
from adapters.telegram.request import NoJson
from adapters.telegram.troubles import says, wait_of
from bot.errors import Misconfigured, RitualsError
from bot.ports import Handler
from bot.posts import Answer

POLL_SECONDS = 50
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
ANSWERS_WITHIN = 3.0
"""How many seconds the next updates wait for the answers to these; later ones are shown while others are taken in."""

MOST_TRIES = 10
"""How often an event that nobody can decide about is tried while others go through."""

MOST_TRIES_OF_ITS_OWN = 3
"""The same for one that fails by itself: nothing that could be waited for would help it, and others wait for it."""

WAITED_OUT = (RitualsError, OSError)
"""What is no fault of the event's: the store or the network are not there, and what waits for them is not lost."""

REJECTED = (
    "Telegram does not accept the token any more. Nothing is lost, and nothing is said there until it is right: "
    "get a token from @BotFather, put it into config.toml (or run `couple-rituals init`), and start again."
)

logger = logging.getLogger(__name__)


class Intake:
    """The loop over getUpdates."""

    def __init__(self, bot: Bot, request: BaseRequest, me: Me, handler: Handler, conversation: Conversation) -> None:
        self._bot = bot
        self._request = request
        self._me = me
        self._handler = handler
        self._conversation = conversation
        self._answering: dict[Hashable, asyncio.Task[None]] = {}
        self._decided = 0

    async def run(self) -> None:
        """Take updates in until cancelled; raises Misconfigured where Telegram does not know the token any more."""
        asked, wait = Narrowing(), FIRST_WAIT
        while True:
            try:
                found = await self._fetch(asked)
            except InvalidToken as refused:
                raise Misconfigured(REJECTED) from refused
            except NoJson as trouble:
                await self._rest(trouble, wait)
                wait = min(LONGEST_WAIT, wait * 2)
                asked.unreadable(trouble.update)
                continue
            except TelegramError as trouble:
                await self._rest(trouble, wait)
                wait = min(LONGEST_WAIT, wait * 2)
                continue
            wait = FIRST_WAIT
            await self._live(found)
            asked.taken_in([raw["update_id"] for raw in found])

    async def finish(self) -> None:
        """Let the answers that are under way be shown."""
        if self._answering:
            await asyncio.wait(self._answering.values(), timeout=ANSWERS_WITHIN)
        for task in self._answering.values():
            task.cancel()

    async def _fetch(self, asked: Narrowing) -> list[Mapping[str, Any]]:
        # Bot.get_updates() parses the whole batch at once, so the raw updates are asked for.
        which = {"offset": asked.offset, "limit": asked.limit}
        how = urlencode({**which, "timeout": POLL_SECONDS, "allowed_updates": json.dumps(WANTED)})
        url = f"{self._bot.base_url}/getUpdates?{how}"
        found: Any = await self._request.post(url, read_timeout=POLL_SECONDS + 10)
        if not isinstance(found, list):
            raise NetworkError("no list of updates")
        return [one for one in found if _is_numbered(one)]

    async def _rest(self, trouble: TelegramError, wait: float) -> None:
        if isinstance(trouble, Conflict) and says(trouble, "webhook"):
            # An earlier set-up left it behind; what waits for us stays.
            logger.warning("telegram has a webhook set, which is taken away", extra={"action": "webhook_removed"})
            await self._take_webhook_away()
            return
        seconds = wait_of(trouble).total_seconds() if isinstance(trouble, RetryAfter) else wait
        logger.warning(
            "telegram: %s; asking again in %.0f s", _why(trouble), seconds, extra={"action": "telegram_waits"}
        )
        await asyncio.sleep(seconds)

    async def _take_webhook_away(self) -> None:
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as trouble:
            await self._rest(trouble, FIRST_WAIT)

    async def _live(self, found: list[Mapping[str, Any]]) -> None:
        """Commit all of them, each person's in order; then give the answers a moment."""
        lanes: dict[Hashable, list[Read]] = {}
        for raw in found:
            for one in self._read(raw):
                lanes.setdefault(_who(one), []).append(one)
        await asyncio.gather(*(self._decide_in_order(who, lane) for who, lane in lanes.items()))
        if self._answering:
            await asyncio.wait(self._answering.values(), timeout=ANSWERS_WITHIN)

    def _read(self, raw: Mapping[str, Any]) -> tuple[Read, ...]:
        try:
            return read(raw, self._me, self._bot)
        except Exception as trouble:
            # Whatever it was, it must not hold up those behind it. Its words are not logged.
            logger.warning(
                "update %d cannot be read (%s) and is left out",
                raw["update_id"],
                type(trouble).__name__,
                extra={"action": "update_unreadable"},
            )
            return ()

    async def _decide_in_order(self, who: Hashable, lane: list[Read]) -> None:
        shown: list[Callable[[], Awaitable[None]]] = []
        for one in lane:
            if isinstance(one, AsTheGroup):
                shown.append(lambda one=one: self._conversation.decline(one))  # type: ignore[misc]
                continue
            answer = await self._decide(one)
            if answer is not None:
                shown.append(lambda one=one, answer=answer: self._conversation.show(one, answer))  # type: ignore[misc]
        if shown:
            task = asyncio.create_task(_in_order(self._answering.get(who), shown))
            self._answering[who] = task
            task.add_done_callback(lambda done: self._forget(who, done))

    async def _decide(self, heard: Heard) -> Answer | None:
        """The engine's answer; an event that fails while others go through is given up, otherwise it waits."""
        wait, tries, others = FIRST_WAIT, 0, self._decided
        while True:
            try:
                answer = await self._handler(heard.event)
            except Exception as trouble:
                tries += 1
                logger.exception("an update could not be decided about", extra={"action": "update_failed"})
                by_itself = not isinstance(trouble, WAITED_OUT)
                if tries >= (MOST_TRIES_OF_ITS_OWN if by_itself else MOST_TRIES) and (
                    by_itself or self._decided > others
                ):
                    return None
                await asyncio.sleep(wait)
                wait = min(LONGEST_WAIT, wait * 2)
            else:
                self._decided += 1
                return answer

    def _forget(self, who: Hashable, done: asyncio.Task[None]) -> None:
        if self._answering.get(who) is done:
            del self._answering[who]
        if not done.cancelled() and done.exception() is not None:
            logger.error("an answer failed", exc_info=done.exception(), extra={"action": "answer_failed"})


async def _in_order(before: asyncio.Task[None] | None, shown: list[Callable[[], Awaitable[None]]]) -> None:
    if before is not None:
        await asyncio.wait([before])
    for show in shown:
        await show()


def _is_numbered(raw: Any) -> bool:
    """Whether it is an update at all; what has no number cannot be confirmed, and goes with those behind it."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return type(number) is int and number > 0


def _who(one: Read) -> Hashable:
    return one.place if isinstance(one, AsTheGroup) else one.event.person.user


def _why(trouble: TelegramError) -> str:
    if isinstance(trouble, Conflict):
        return "another program takes in this bot's messages too, so stop one of the two"
    return f"it does not answer ({type(trouble).__name__})"
