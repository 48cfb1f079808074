"""What follows when someone does something on their phone."""

from __future__ import annotations

import asyncio
from typing import assert_never

from adapters.playground import reading, writing
from adapters.playground.chatlog import ChatLog, Draft, Shown
from adapters.playground.fields import Unreadable
from adapters.playground.places import BOT, OWNERS, ROOM, chat_of, is_shown_to, place_of
from adapters.playground.reading import Complete, Erase, OnPhone, Press, Rewrite, Say, Submit
from adapters.playground.screens import Screens
from adapters.playground.writing import Json
from bot.events import Event, Said
from bot.ports import Handler, TimeMachine
from bot.posts import Answer, Ask, Done, Gone, Mark, MessageRef, Show, Silence, Suggestions


class Conversation:
    """Hands deeds to the engine as events, and shows what it answers.

    A deed may come twice, because a page sends again what was not acknowledged. Its id is the event's id, and the
    keys of what it shows are made of it, so every step may run again and is seen once.
    """

    def __init__(self, handler: Handler, machine: TimeMachine, log: ChatLog, screens: Screens) -> None:
        self._handler = handler
        self._machine = machine
        self._log = log
        self._screens = screens
        self._in_order = {owner.user: asyncio.Lock() for owner in OWNERS}

    async def act(self, done: OnPhone) -> Json:
        """Live a deed through, and tell what the page needs to know about it."""
        if isinstance(done, Complete):
            return await self._live(done)
        async with self._in_order[done.phone]:
            outcome = self._log.outcome(done.id)
            if outcome is None:
                outcome = await self._live(done)
                self._log.settle(done.id, outcome)
            return outcome

    async def _live(self, done: OnPhone) -> Json:
        match done:
            case Say():
                return await self._say(done)
            case Press() | Submit():
                about = self._about(done.message, done)
                return await self._tell(done, None, about)
            case Rewrite():
                return await self._rewrite(done)
            case Erase():
                return await self._erase(done)
            case Complete():
                return await self._tell(done, None, None)
            case _:
                assert_never(done)

    async def _say(self, done: Say) -> Json:
        about = self._about(done.reply_to, done)
        told = reading.event(done, None, _ref(about), self._machine.now())
        own = self._screens.show(
            Draft(
                key=f"said:{done.id}",
                chat=done.chat,
                sender=done.phone,
                moment=self._machine.now(),
                body=writing.words(done.text, done.holds),
                reply_to=done.reply_to,
                told=isinstance(told, Said),
            )
        )
        return await self._tell(done, own, about)

    async def _rewrite(self, done: Rewrite) -> Json:
        own = self._own(done.message, done)
        outcome = await self._tell(done, own, None) if own.told else {}
        self._screens.rewrite(own.number, done.text)
        return outcome

    async def _erase(self, done: Erase) -> Json:
        # Told first: were it removed first and the program killed, the engine would never hear of it.
        own = self._own(done.message, done)
        outcome = await self._tell(done, own, None) if own.told else {}
        self._screens.remove(own.number)
        return outcome

    async def _tell(self, done: OnPhone, own: Shown | None, about: Shown | None) -> Json:
        event = reading.event(done, _ref(own), _ref(about), self._machine.now())
        if event is None:
            return {}
        return self._answer(done, event, await self._handler(event))

    def _answer(self, done: OnPhone, event: Event, answer: Answer) -> Json:
        match answer:
            case Show():
                return self._show(done, event, answer)
            case Ask(form):
                return {"form": writing.form(form), "chat": chat_of(event.place), "message": _number(event.message)}
            case Suggestions(words):
                return {"suggestions": list(words)}
            case Done(mark):
                return self._mark(done, event, mark)
            case Gone(asked_by):
                if isinstance(done, Press):
                    self._screens.remove(done.message)
                if asked_by is not None:
                    self._screens.remove(_number(asked_by))
                return {}
            case Silence():
                return {}
            case _:
                assert_never(answer)

    def _show(self, done: OnPhone, event: Event, answer: Show) -> Json:
        here = chat_of(event.place) or ROOM
        chat = done.phone if answer.privately else here
        changes = answer.in_place and chat == here and isinstance(done, Press | Submit)
        if changes and isinstance(done, Press | Submit) and self._screens.change(done.message, answer.post):
            return {}
        self._screens.say(answer.post, chat, f"answer:{done.id}")
        return {} if chat == here else {"open": chat}

    def _mark(self, done: OnPhone, event: Event, mark: Mark) -> Json:
        if isinstance(done, Say | Rewrite):
            self._screens.mark(_number(event.message), mark.value)
            return {}
        return {"mark": mark.value}

    def _about(self, number: int, done: Say | Press | Submit) -> Shown | None:
        """The bot's post that a deed is about; a press on one that has gone is no press."""
        shown = self._log.find(number)
        if shown is not None and shown.sender == BOT and is_shown_to(shown.chat, done.phone):
            return shown if not isinstance(done, Say) or shown.chat == done.chat else None
        if isinstance(done, Press):
            raise Unreadable("gone", done.id)
        return None

    def _own(self, number: int, done: Rewrite | Erase) -> Shown:
        shown = self._log.find(number)
        if shown is None or shown.sender != done.phone:
            raise Unreadable("gone", done.id)
        return shown


def _ref(shown: Shown | None) -> MessageRef | None:
    return MessageRef(place_of(shown.chat), str(shown.number)) if shown else None


def _number(ref: MessageRef | None) -> int:
    return int(ref.message) if ref else 0
