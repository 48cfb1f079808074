"""A person, and what a person does with a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from telegram_server import pressing, voting, writing
from telegram_server.accounts import Account, Bot
from telegram_server.files import Media
from telegram_server.membership import Standing, change_shape

if TYPE_CHECKING:
    from telegram_server.chats import Chat, PrivateChat
    from telegram_server.groups import Group
    from telegram_server.messages import Message
    from telegram_server.pressing import Press
    from telegram_server.world import World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class User(Account):
    """A person with a phone."""

    world: World
    started: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    deactivated: bool = False
    presses_made: list[Press] = field(default_factory=list)
    follows_links: bool = True

    def private(self, bot: Bot | None = None) -> PrivateChat:
        """The private chat with the bot."""
        return self.world.private(self, bot or self.world.only_bot())

    def writes(
        self,
        text: str,
        in_: Group | Bot | None = None,
        reply_to: Message | None = None,
        *,
        topic: int = 0,
        ignoring_prompt: bool = False,
    ) -> Message:
        """Write; where the bot's newest prompt waits for this person's answer, it is a reply to that."""
        chat = self.world.place(self, in_)
        target = reply_to or (None if ignoring_prompt else chat.prompts.pop(self.id, None))
        return writing.writes(self, chat, text, target, topic)

    def commands(
        self, text: str, in_: Group | Bot | None = None, *, topic: int = 0, privately: bool = False
    ) -> Message:
        """Send a command; a prompt that waits stays where it is. *Privately* in a group, only the bot sees it."""
        assert text.startswith("/"), "a command begins with a stroke"
        if privately:
            return writing.whispers(self, self.world.place(self, in_), text)
        return self.writes(text, in_, topic=topic, ignoring_prompt=True)

    def sends_voice(self, in_: Group | Bot | None = None, *, seconds: int = 4, **where: Any) -> Message:
        """Send a voice message."""
        file = self.world.store("voice", b"OggS" + bytes(9000), "voice", {"duration": seconds}, mime="audio/ogg")
        return self.sends(Media("voice", (file,)), in_, **where)

    def sends_photo(self, in_: Group | Bot | None = None, *, caption: str = "", **where: Any) -> Message:
        """Send a picture, which Telegram keeps in two sizes."""
        sizes = ((90, 67), (800, 600))
        made = [self.world.store("photo", bytes(w * 9), "photos", {"width": w, "height": h}) for w, h in sizes]
        return self.sends(Media("photo", tuple(made)), in_, caption=caption, **where)

    def sends_document(self, name: str, content: bytes, in_: Group | Bot | None = None, **where: Any) -> Message:
        """Send a file."""
        file = self.world.store("document", content, "documents", name=name, mime="application/octet-stream")
        return self.sends(Media("document", (file,)), in_, **where)

    def sends(
        self, media: Media, in_: Group | Bot | None, *, caption: str = "", reply_to: Message | None = None
    ) -> Message:
        """Send something that is not text alone."""
        chat = self.world.place(self, in_)
        target = reply_to or chat.prompts.pop(self.id, None)
        return writing.sends(self, chat, media, caption, target)

    def edits(self, message: Message, text: str) -> None:
        """Change an own message."""
        writing.edits(self, message, text)

    def deletes(self, message: Message) -> None:
        """Take a message away; no bot is told."""
        self.world.take_away(message, self)

    def reacts(self, message: Message, *emoji: str) -> None:
        """Put marks on a message, or take all off."""
        writing.reacts(self, message, emoji)

    def votes(self, message: Message, *labels: str) -> None:
        """Choose in a poll, or take the vote back."""
        voting.votes(self, message, labels)

    def presses(self, message: Message, label: str) -> Press:
        """Press a button under a message; a link to the bot opens it."""
        return pressing.presses(self, message, label)

    def taps(self, label: str, in_: Group | Bot | None = None) -> Press:
        """Press the newest button with this label that this person sees there."""
        seen = self.screen(in_)
        for message in reversed(seen):
            if label in message.labels:
                return self.presses(message, label)
        raise AssertionError(f"{self.name} sees no {label!r} in {seen}")

    def presses_forged(self, message: Message, callback_data: str) -> Press:
        """Send a press that no button offered, as an altered client can (also under a deleted message)."""
        return pressing.press(self, message, callback_data)

    def opens(self, link: str, in_: Group | None = None) -> Message | None:
        """Open a t.me link: start the bot in private, or bring it into a group."""
        address = urlsplit(link)
        bot = self.world.bot_named(address.path.strip("/"))
        asked = parse_qs(address.query, keep_blank_values=True)
        if "startgroup" in asked:
            assert in_ is not None, "say into which group"
            return self._brings(bot, in_.now, asked["startgroup"][0], admin="admin" in asked)
        payload = asked.get("start", [""])[0]
        assert not payload or PAYLOAD.fullmatch(payload), f"Telegram passes on no such payload: {payload!r}"
        return self.starts(bot, payload)

    def starts(self, bot: Bot | None = None, payload: str = "") -> Message:
        """Press START in the private chat; whoever had blocked the bot takes it back by this."""
        bot = bot or self.world.only_bot()
        self.unblocks(bot)
        return self.writes(f"/start {payload}".strip(), bot, ignoring_prompt=True)

    def _brings(self, bot: Bot, group: Group, payload: str, *, admin: bool) -> Message:
        if not group.standing(bot).inside:
            group.add_bot(bot, by=self, admin=admin)
        return self.writes(f"/start@{bot.username} {payload}".strip(), group, ignoring_prompt=True)

    def blocks(self, bot: Bot | None = None) -> None:
        """Stop the bot from writing in private."""
        self._lets(bot or self.world.only_bot(), Standing.KICKED)

    def unblocks(self, bot: Bot | None = None) -> None:
        """Let the bot write again."""
        self._lets(bot or self.world.only_bot(), Standing.MEMBER)

    def _lets(self, bot: Bot, standing: Standing) -> None:
        before = Standing.KICKED if bot.id in self.blocked else Standing.MEMBER
        if standing is before:
            return
        self.blocked ^= {bot.id}
        chat = self.world.private(self, bot)
        told = change_shape(chat, self, bot, self.world.clock.date(), before=before, after=standing)
        bot.inbox.put("my_chat_member", told, ("my_chat_member", chat.id))

    def joins(self, group: Group) -> None:
        """Come into a group by a link."""
        group.now.add_user(self)

    def leaves(self, group: Group) -> None:
        """Go out of a group."""
        group.now.loses(self, Standing.LEFT, self)

    def is_removed(self, group: Group, by: User | None = None) -> None:
        """Be thrown out of a group."""
        group.now.removes(self, by)

    def prompt(self, in_: Group | Bot | None = None) -> Message | None:
        """The bot's question that waits there for this person's answer."""
        return self.world.place(self, in_).prompts.get(self.id)

    def screen(self, in_: Group | Bot | None = None) -> list[Message]:
        """The messages that this person sees there, oldest first."""
        chat: Chat = self.world.place(self, in_)
        return chat.visible_to(self)
