"""What a person sees after an interaction of theirs: the engine's answer, as Discord can show it.

| the answer | to a press or a form | to a command |
| --- | --- | --- |
| for the person alone | in the place of what they alone see, else an ephemeral message | an ephemeral message |
| for all | in the place of the message that was pressed, or a new one | a message |
| a form | a modal; after a form a choice that opens it | a modal |
| it is recorded | a line for the person alone | the same |
| gone | the message that was pressed is taken away | |
"""

from __future__ import annotations

import asyncio
import logging
from typing import assert_never

from adapters.discord.exchange import Exchange, Promise
from adapters.discord.reading import Heard, Origin
from adapters.discord.sending import Sender, still
from adapters.discord.widgets import Message, messages, modal
from bot.errors import DeliveryError
from bot.events import Completing, Event, Pressed, Submitted
from bot.ports import Handler, Words
from bot.posts import Answer, Ask, Choice, Done, Form, Gone, InRoom, Post, Show, Silence, Span, Suggestions

DECIDES_WITHIN = 2.0
"""Seconds after which Discord is told that the answer comes; it allows three in all."""

logger = logging.getLogger(__name__)


def replaces(show: Show, origin: Origin) -> bool:
    """Whether what is shown takes the place of the message that was pressed."""
    match origin:
        case Origin.NOTHING:
            return False
        case Origin.PUBLIC:
            # What is for one person never stands where all can see it.
            return show.in_place and not show.privately
        case Origin.EPHEMERAL:
            return show.in_place or show.privately
        case Origin.PRIVATE:
            return show.in_place
        case _:
            assert_never(origin)


class Conversation:
    """Has the engine decide about interactions, and shows what it says in time."""

    def __init__(self, handler: Handler, sender: Sender, words: Words, decides_within: float = DECIDES_WITHIN) -> None:
        self._handler = handler
        self._sender = sender
        self._words = words
        self._decides_within = decides_within

    async def take(self, heard: Heard, exchange: Exchange) -> None:
        """Live through one interaction; never raises for what the platform refuses."""
        try:
            answer = await self._decided(heard.event, exchange)
            await self._show(heard, exchange, answer)
        except DeliveryError as trouble:
            logger.warning(
                "an answer to %s was not shown: %s", type(heard.event).__name__, trouble,
                extra={"action": "answer_not_shown"},
            )  # fmt: skip

    async def add(self, post: Post, exchange: Exchange) -> None:
        """A line for the person alone, after the answer."""
        try:
            for message in messages(post, self._sender.application):
                await exchange.follow_up(message, hidden=True)
        except DeliveryError as trouble:
            logger.warning("a line was not shown: %s", trouble, extra={"action": "answer_not_shown"})

    async def _decided(self, event: Event, exchange: Exchange) -> Answer:
        """The engine's answer; the modal that it may be can be no second answer, so we wait as long as we may."""
        deciding = asyncio.ensure_future(self._handler(event))
        try:
            done, _ = await asyncio.wait({deciding}, timeout=self._decides_within)
            if not done and not isinstance(event, Completing):
                await self._promise(exchange)
            return await deciding
        except Exception:
            logger.exception("an interaction could not be decided about", extra={"action": "interaction_failed"})
            return self._line("discord-stumbled", event)
        finally:
            deciding.cancel()

    async def _promise(self, exchange: Exchange) -> None:
        try:
            await exchange.promise_more()
        except DeliveryError as trouble:
            # What is being decided is recorded all the same.
            logger.warning("a promise was not heard: %s", trouble, extra={"action": "promise_not_heard"})

    async def _show(self, heard: Heard, exchange: Exchange, answer: Answer) -> None:
        match answer:
            case Show():
                await self._say(heard, exchange, answer)
            case Ask(form):
                await self._ask(heard, exchange, form)
            case Suggestions(words):
                await exchange.suggest(words)
            case Done():
                await self._receive(heard, exchange)
            case Silence():
                await self._be_silent(heard, exchange)
            case Gone():
                await exchange.vanish()
            case _:
                assert_never(answer)

    async def _say(self, heard: Heard, exchange: Exchange, show: Show) -> None:
        first, *more = messages(show.post, self._sender.application)
        hidden = show.privately and isinstance(heard.event.place, InRoom)
        if replaces(show, heard.origin):
            hidden = heard.origin is Origin.EPHEMERAL
            if not await exchange.update(still(first, alone=not more)):
                await self._show_late(heard, show, hidden=hidden)
                return
        elif exchange.promise is Promise.MESSAGE and exchange.hides and not hidden:
            # What was promised waits hidden, and Discord lets nobody change that.
            try:
                await self._sender.say(show.post, heard.event.place, heard.event.id)
            finally:
                await exchange.take_back()
            return
        elif not await exchange.say(first, hidden=hidden):
            await self._show_late(heard, show, hidden=hidden)
            return
        if more:
            await self._go_on(heard, exchange, more, hidden=hidden)

    async def _show_late(self, heard: Heard, show: Show, *, hidden: bool) -> None:
        """What its asker waits for no more is shown by another way, but for what only they would have seen."""
        event = heard.event
        if hidden:
            return
        if replaces(show, heard.origin) and isinstance(event, Pressed) and event.message is not None:
            await self._sender.change(event.message, show.post, event.id)
        else:
            await self._sender.say(show.post, event.place, event.id)

    async def _go_on(self, heard: Heard, exchange: Exchange, more: list[Message], *, hidden: bool) -> None:
        """The rest of a long text."""
        if not hidden:
            await self._sender.send(more, heard.event.place, heard.event.id)
            return
        for message in more:
            await exchange.follow_up(message, hidden=True)

    async def _ask(self, heard: Heard, exchange: Exchange, form: Form) -> None:
        """A modal; no modal follows a modal, and none comes late."""
        if isinstance(heard.event, Submitted):
            label = self._words.say("discord-next", heard.event.person.language)
            text = (Span(form.title),)
            await self._say(heard, exchange, Show(Post(text, (Choice(label, form.token),)), privately=True))
        elif not await exchange.ask(modal(form)):
            await self._say(heard, exchange, self._line("discord-press-again", heard.event))

    async def _receive(self, heard: Heard, exchange: Exchange) -> None:
        """It is recorded: said after a form, to be seen on a press by what changes there."""
        if isinstance(heard.event, Submitted) or heard.origin is Origin.NOTHING:
            await self._say(heard, exchange, self._line("discord-noted", heard.event))
        else:
            await exchange.rest()

    async def _be_silent(self, heard: Heard, exchange: Exchange) -> None:
        if isinstance(heard.event, Completing):
            await exchange.suggest(())
        elif heard.origin is Origin.NOTHING:
            # Discord shows a command that nobody answers as a failed one.
            await self._say(heard, exchange, self._line("discord-noted", heard.event))
        else:
            await exchange.rest()

    def _line(self, phrase: str, event: Event) -> Show:
        """A line of our own, for the person alone."""
        return Show(Post((Span(self._words.say(phrase, event.person.language)),)), privately=True)
