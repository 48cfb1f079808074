"""What a person sees after they wrote something: the mark, a direct message, or a line under it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import assert_never

from adapters.discord.hearing import Noted
from adapters.discord.sending import Sender
from bot.errors import DeliveryError, RetryLater, Unanswered, Unreachable
from bot.events import Event, Happening
from bot.ports import Handler, Words
from bot.posts import (
    Answer,
    Ask,
    Choice,
    Done,
    Gone,
    InPrivate,
    InRoom,
    MessageRef,
    Post,
    Show,
    Silence,
    Span,
    Suggestions,
)

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
MOST_TRIES = 10
"""How often an event that nobody can decide about is tried."""

SHOWING_TRIES = 4

logger = logging.getLogger(__name__)


class Talk:
    """Has the engine decide about messages, and shows what it says."""

    def __init__(self, handler: Handler, sender: Sender, words: Words) -> None:
        self._handler = handler
        self._sender = sender
        self._words = words

    async def take(self, noted: Noted) -> None:
        """Live through one message; never raises for what the platform refuses."""
        answer = await self.decided(noted.event)
        if answer is None:
            return
        if noted.hidden and isinstance(answer, Show):
            await self._attempt(lambda: self._remark(noted.event, "discord-not-mentioned"))
        else:
            await self.show(noted.event, answer)

    async def decided(self, event: Event) -> Answer | None:
        """The engine's answer; Discord tells nothing twice, so what fails is tried again."""
        wait = FIRST_WAIT
        for _ in range(MOST_TRIES):
            try:
                return await self._handler(event)
            except Exception:
                logger.exception("an event could not be decided about", extra={"action": "event_failed"})
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)
        return None

    async def show(self, event: Happening, answer: Answer) -> None:
        """Show an answer where the person wrote, or in their direct messages."""
        match answer:
            case Show(post, privately):
                await self._attempt(lambda: self._say(event, post, privately=privately))
            case Ask(form):
                label = self._words.say("discord-next", event.person.language)
                post = Post((Span(form.title),), (Choice(label, form.token),))
                await self._attempt(lambda: self._say(event, post, privately=True))
            case Done() if event.message is not None:
                message: MessageRef = event.message
                await self._attempt(lambda: self._sender.receive(message))
            case Done() | Suggestions() | Silence() | Gone():
                pass
            case _:
                assert_never(answer)

    async def _say(self, event: Happening, post: Post, *, privately: bool) -> None:
        if not privately or not isinstance(event.place, InRoom):
            await self._sender.say(post, event.place, event.id)
            return
        try:
            await self._sender.say(post, InPrivate(event.place.platform, event.person.user), event.id)
        except Unreachable:
            await self._remark(event, "discord-private-closed")

    async def _remark(self, event: Happening, phrase: str) -> None:
        if event.message is not None:
            await self._sender.remark(self._words.say(phrase, event.person.language), event.message, event.id)

    async def _attempt(self, attempt: Callable[[], Awaitable[object]]) -> None:
        """Try a few times what the platform does not take right now; it is recorded anyway."""
        try:
            await _again(attempt)
        except DeliveryError as trouble:
            logger.warning("an answer was not shown: %s", trouble, extra={"action": "answer_not_shown"})


async def _again(attempt: Callable[[], Awaitable[object]]) -> None:
    for left in reversed(range(SHOWING_TRIES)):
        try:
            await attempt()
        except (RetryLater, Unanswered) as trouble:
            if not left:
                raise
            wait = trouble.after.total_seconds() if isinstance(trouble, RetryLater) else SHOWING_TRIES - left
            await asyncio.sleep(wait)
        else:
            return
