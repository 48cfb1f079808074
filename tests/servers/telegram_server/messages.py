"""A message as the server keeps it, and as a bot is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telegram_server.accounts import Account
    from telegram_server.chats import Chat
    from telegram_server.files import Media

Shape = dict[str, Any]
LINKING = ("text_link", "url")


@dataclass(slots=True, eq=False)
class Message:
    """One message; its number counts within its chat."""

    chat: Chat
    id: int
    author: Account
    date: int
    text: str = ""
    entities: list[Shape] = field(default_factory=list)
    media: Media | None = None
    extra: Shape = field(default_factory=dict)
    service: Shape = field(default_factory=dict)
    keyboard: Shape | None = None
    prompt: Shape | None = None
    reply_to: Message | None = None
    thread: int = 0
    on_behalf_of: Chat | None = None
    only_for: Account | None = None
    ephemeral_id: int = 0
    silent: bool = False
    protected: bool = False
    preview: Shape | None = None
    edited_at: int = 0
    gone: bool = False
    pinned: bool = False
    marks: dict[int, list[Shape]] = field(default_factory=dict)
    ballots: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.author.name} in {self.chat.id}/{self.id}: {self.text!r} {self.labels}>"

    @property
    def buttons(self) -> list[Shape]:
        """Everything that can be pressed, row by row."""
        rows = self.keyboard["inline_keyboard"] if self.keyboard else []
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [button["text"] for button in self.buttons]

    @property
    def links(self) -> list[str]:
        """Where the words and the buttons lead."""
        told = self.text.encode("utf-16-le")
        spans = [(told[2 * e["offset"] : 2 * (e["offset"] + e["length"])], e) for e in self.entities]
        named = [one.get("url") or words.decode("utf-16-le") for words, one in spans if one["type"] in LINKING]
        return named + [button["url"] for button in self.buttons if "url" in button]

    @property
    def reactions(self) -> list[str]:
        """The marks on the message, whoever put them there."""
        return [mark.get("emoji", "?") for marks in self.marks.values() for mark in marks]

    def button(self, label: str) -> Shape:
        """The button that says this."""
        for button in self.buttons:
            if button["text"] == label:
                return button
        raise AssertionError(f"no button {label!r} among {self.labels} under {self.text!r}")

    def shape(self, bot: int, *, whole: bool = True) -> Shape:
        """The message as this bot is told of it; what it replies to is told without its own reply."""
        told = {"message_id": self.id, "from": self.author.shape(), "chat": self.chat.shape(), "date": self.date}
        told |= self._where()
        if self.reply_to and whole and not self.reply_to.gone:
            told["reply_to_message"] = self.reply_to.shape(bot, whole=False)
        told |= self._content(bot)
        if self.keyboard:
            told["reply_markup"] = self.keyboard
        if self.edited_at:
            told["edit_date"] = self.edited_at
        return told

    def inaccessible(self) -> Shape:
        """What is left of a message that the bot cannot see any more."""
        return {"chat": self.chat.shape(), "message_id": self.id, "date": 0}

    def _where(self) -> Shape:
        told: Shape = {}
        if self.on_behalf_of:
            told["sender_chat"] = self.on_behalf_of.shape()
        if self.ephemeral_id and self.only_for:
            told |= {"ephemeral_message_id": self.ephemeral_id, "receiver_user": self.only_for.shape()}
        if self.thread:
            told["message_thread_id"] = self.thread
            told |= {"is_topic_message": True} if self.chat.is_forum else {}
        return told | ({"has_protected_content": True} if self.protected else {})

    def _content(self, bot: int) -> Shape:
        if self.service:
            return {name: _told(value, bot) for name, value in self.service.items()}
        if self.media is None:
            words = {"text": self.text} if self.text else {}
            preview = {"link_preview_options": self.preview} if self.preview else {}
            return self.extra | words | ({"entities": self.entities} if self.entities else {}) | preview
        caption = {"caption": self.text} if self.text else {}
        styled = {"caption_entities": self.entities} if self.entities else {}
        return self.media.shape(bot) | self.extra | caption | styled


def _told(value: Any, bot: int) -> Any:
    return value.shape(bot, whole=False) if isinstance(value, Message) else value
