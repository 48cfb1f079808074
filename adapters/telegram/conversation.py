"""What a person sees after they did something: the engine's answer, as Telegram can show it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import assert_never

from adapters.telegram.places import CALL, PLATFORM
from adapters.telegram.reading import AsTheGroup, Heard
from adapters.telegram.sending import Sender
from bot.errors import DeliveryError, Rejected, RetryLater, RoomHasMoved, Unanswered, Unreachable
from bot.events import Commanded, Event, Person, Pressed, Submitted
from bot.ports import Words
from bot.posts import (
    Answer,
    Ask,
    Done,
    Gone,
    InPrivate,
    InRoom,
    MessageRef,
    Post,
    Show,
    Silence,
    Span,
    Style,
    Suggestions,
    plain,
)

LONGEST_HINT = 200
"""Characters in the answer to a press (core.telegram.org/bots/api#answercallbackquery)."""

READ_AT_A_GLANCE = 60
"""Longer hints stay until they are closed."""

TRIES = 4

logger = logging.getLogger(__name__)


class Conversation:
    """Shows answers; what cannot be shown now is tried again a few times, and is already recorded anyway."""

    def __init__(self, sender: Sender, words: Words) -> None:
        self._sender = sender
        self._words = words

    async def show(self, heard: Heard, answer: Answer) -> None:
        """Show an answer; never raises for what the platform refuses."""
        event = heard.event
        try:
            hinted = await self._show(heard, answer)
            if heard.query and not hinted:
                await _again(lambda: self._sender.hint(heard.query))
        except DeliveryError as trouble:
            logger.warning(
                "an answer to %s was not shown: %s",
                type(event).__name__,
                type(trouble).__name__,
                extra={"action": "answer_not_shown"},
            )

    async def decline(self, heard: AsTheGroup) -> None:
        """Say to an administrator who writes as the group that nobody can tell who it was."""
        post = Post(self._line("telegram-as-the-group", None))
        try:
            await _again(lambda: self._sender.say(post, heard.place, answer=True))
        except DeliveryError:
            logger.warning("a line was not shown", extra={"action": "answer_not_shown"})

    async def _show(self, heard: Heard, answer: Answer) -> bool:
        """Show it; True where the press was answered by that."""
        match answer:
            case Show():
                return await self._say(heard, answer)
            case Ask():
                return await self._ask(heard, answer)
            case Done():
                await self._receive(heard)
            case Gone() if isinstance(event := heard.event, Pressed) and event.message is not None:
                message: MessageRef = event.message
                await _again(lambda: self._sender.remove(message))
                if answer.asked_by is not None:
                    asked: MessageRef = answer.asked_by
                    await _again(lambda: self._sender.remove_theirs(asked))
            case Suggestions() | Silence() | Gone():
                pass
            case _:
                assert_never(answer)
        return False

    async def _say(self, heard: Heard, show: Show) -> bool:
        event, place = heard.event, heard.event.place
        if show.privately and isinstance(place, InRoom):
            return await self._say_apart(heard, show.post)
        if show.in_place and isinstance(event, Pressed) and event.message is not None:
            message = event.message
            try:
                await _again(lambda: self._sender.change(message, show.post, answer=True))
            except Rejected:
                pass  # The message is too old or gone; the answer comes as a new one.
            else:
                return False
        await _again(lambda: self._sender.say(show.post, place, answer=True))
        return False

    async def _say_apart(self, heard: Heard, post: Post) -> bool:
        """Tell one person something that is not for the room."""
        words = plain(post.text)
        if heard.query and not post.choices and not post.picture and not post.file and len(words) <= LONGEST_HINT:
            alert = len(words) > READ_AT_A_GLANCE
            await _again(lambda: self._sender.hint(heard.query, words, alert=alert))
            return True
        home = _private_chat(heard.event)
        if isinstance(heard.event, Commanded):
            # No bot may take a person's message out of a group without being its admin.
            stands = Span("\n\n" + self._say_in("telegram-typed-in-group", heard.event.person), Style.SOFT)
            post = replace(post, text=(*post.text, stands))
        return await self._apart(heard, lambda: self._sender.say(post, home, answer=True))

    async def _ask(self, heard: Heard, ask: Ask) -> bool:
        event = heard.event
        if ask.privately and isinstance(event.place, InRoom):
            home = _private_chat(event)
            return await self._apart(heard, lambda: self._sender.ask(ask.form, home, event.person))
        await _again(lambda: self._sender.ask(ask.form, event.place, event.person))
        return False

    async def _apart(self, heard: Heard, send: Callable[[], Awaitable[object]]) -> bool:
        """Send something to the private chat; a bot may not begin one, so the person is shown the way if need be."""
        event = heard.event
        try:
            await _again(send)
        except Unreachable:
            return await self._show_the_way(heard)
        if heard.query:
            words = self._say_in("telegram-in-private", event.person)
            await _again(lambda: self._sender.hint(heard.query, words))
        return bool(heard.query)

    async def _show_the_way(self, heard: Heard) -> bool:
        """The same press, or the same command, once more in private."""
        event = heard.event
        if isinstance(event, Pressed):
            url = self._sender.link_to(str(event.token))
            await _again(lambda: self._sender.hint(heard.query, url=url))
            return True
        if isinstance(event, Commanded):
            line = self._say_in("telegram-goes-in-private", event.person)
            label = self._say_in("telegram-open-private", event.person)
            await _again(lambda: self._sender.point(line, label, CALL + event.name, event.place))
        return False

    async def _receive(self, heard: Heard) -> None:
        event = heard.event
        if event.message is not None and not isinstance(event, Pressed):
            message = event.message
            await _again(lambda: self._sender.receive(message))
        if isinstance(event, Submitted) and heard.question is not None:
            question: MessageRef = heard.question
            await _again(lambda: self._sender.remove(question))

    def _line(self, phrase: str, person: Person | None) -> tuple[Span, ...]:
        return (Span(self._say_in(phrase, person)),)

    def _say_in(self, phrase: str, person: Person | None) -> str:
        return self._words.say(phrase, person.language if person else "en")


async def _again(attempt: Callable[[], Awaitable[object]]) -> None:
    """Try a few times what the platform does not take right now."""
    for left in reversed(range(TRIES)):
        try:
            await attempt()
        except (RetryLater, Unanswered, RoomHasMoved) as trouble:
            if not left or isinstance(trouble, RoomHasMoved):
                raise
            await asyncio.sleep(trouble.after.total_seconds() if isinstance(trouble, RetryLater) else TRIES - left)
        else:
            return


def _private_chat(event: Event) -> InPrivate:
    return InPrivate(PLATFORM, event.person.user)
