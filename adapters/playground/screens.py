"""What the two phones show: every change is kept first and then told to the pages."""

from __future__ import annotations

from collections.abc import Callable

from adapters.playground import writing
from adapters.playground.chatlog import ChatLog, Draft, Shown
from adapters.playground.places import BOT
from adapters.playground.writing import Json
from bot.ports import TimeMachine
from bot.posts import Post

Tell = Callable[[Json], None]


class Screens:
    """The chats of both phones, on the disk and on every open page."""

    def __init__(self, log: ChatLog, machine: TimeMachine, tell: Tell) -> None:
        self._log = log
        self._machine = machine
        self._tell = tell

    def say(self, post: Post, chat: str, key: str) -> Shown:
        """The bot says something, once for each key."""
        body, attachments = writing.post(post), writing.attachments(post)
        now = self._machine.now()
        return self.show(Draft(key=key, chat=chat, sender=BOT, moment=now, body=body, attachments=attachments))

    def show(self, draft: Draft) -> Shown:
        """A message appears; one whose key was seen before does not appear again."""
        shown, is_new = self._log.post(draft)
        if is_new:
            self._appear(shown)
        return shown

    def change(self, number: int, post: Post) -> bool:
        """One of the bot's messages becomes another; tells whether it was still there."""
        return self._seen(self._log.change(number, writing.post(post), writing.attachments(post)))

    def rewrite(self, number: int, text: str) -> bool:
        """A person's message gets other words."""
        return self._seen(self._log.change(number, writing.words(text)))

    def mark(self, number: int, mark: str) -> bool:
        """A person's message gets its receipt."""
        return self._seen(self._log.mark(number, mark))

    def remove(self, number: int) -> None:
        """A message goes away."""
        self._log.remove(number)
        self._tell({"kind": "gone", "number": number})

    def _seen(self, shown: Shown | None) -> bool:
        if shown is None:
            return False
        self._appear(shown)
        return True

    def _appear(self, shown: Shown) -> None:
        self._tell({"kind": "message", "message": writing.message(shown), "now": self._machine.now()})
