"""A message, and how each reader is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from discord_server import components
from discord_server.accounts import Account, Bot, Shape
from discord_server.clock import written
from discord_server.rendering import as_shown

if TYPE_CHECKING:
    from discord_server.channels import Channel
    from discord_server.interactions import Interaction
    from discord_server.people import User

DEFAULT, PINNED, JOINED, REPLY, COMMAND = 0, 6, 7, 19, 20
THREAD_BEGAN = 18
SUPPRESS_EMBEDS, EPHEMERAL, LOADING, SILENT, VOICE, MADE_OF_COMPONENTS = (
    1 << 2,
    1 << 6,
    1 << 7,
    1 << 12,
    1 << 13,
    1 << 15,
)


@dataclass(slots=True, eq=False)
class Attachment:
    """A file of a message."""

    id: int
    filename: str
    content: bytes = field(repr=False)
    content_type: str
    url: str
    description: str = ""
    more: Shape = field(default_factory=dict)

    def shape(self) -> Shape:
        """The file as Discord tells it."""
        shape: Shape = {"id": str(self.id), "filename": self.filename, "size": len(self.content), "url": self.url}
        shape |= {"proxy_url": self.url, "content_type": self.content_type, **self.more}
        return shape | ({"description": self.description} if self.description else {})


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Message:
    """One message; *only_for* is the one person who sees it, if it is ephemeral."""

    id: int
    channel: Channel
    author: Account
    at: float
    content: str = ""
    kind: int = DEFAULT
    flags: int = 0
    embeds: list[Shape] = field(default_factory=list)
    components: list[Shape] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mentions: list[Account] = field(default_factory=list)
    mentions_everyone: bool = False
    reply_to: Message | None = None
    reactions: dict[str, list[Account]] = field(default_factory=dict)
    edited_at: float = 0.0
    pinned_at: float = 0.0
    nonce: str | int | None = None
    only_for: User | None = None
    answers: Interaction | None = None
    tts: bool = False
    gone: bool = False

    def __repr__(self) -> str:
        return f"<{self.author.name}: {self.text!r}>"

    @property
    def text(self) -> str:
        """The words, whichever way they are written."""
        return "\n".join(part for part in (self.content, *components.words(self.components)) if part)

    @property
    def shown(self) -> str:
        """The words as a phone shows them, without markup."""
        return as_shown(self.text, {one.id: one.name for one in self.channel.readers()})

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [components.label_of(one) for one in components.buttons(self.components)]

    @property
    def links(self) -> list[str]:
        """Where its buttons lead."""
        return [one["url"] for one in components.buttons(self.components) if "url" in one]

    @property
    def is_silent(self) -> bool:
        """Whether it rings no phone."""
        return bool(self.flags & SILENT)

    @property
    def is_ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return self.only_for is not None

    @property
    def marks(self) -> list[str]:
        """The reactions that stand under it."""
        return list(self.reactions)

    def readers(self) -> list[Account]:
        """Everybody who sees it."""
        return [one for one in self.channel.readers() if self.only_for in (None, one) or one is self.author]

    def shape(self, reader: Account, *, sees_all: bool = True, whole: bool = True) -> Shape:
        """What a bot is told; who does not see all is told the words of some messages only."""
        shape = self._frame() | self._told_words(reader, sees_all=sees_all)
        if self.reactions:
            shape["reactions"] = [self._reaction(emoji, by, reader) for emoji, by in self.reactions.items()]
        if self.nonce is not None and reader is self.author:
            shape["nonce"] = self.nonce
        if self.answers is not None:
            shape |= {"application_id": str(self.author.id), "webhook_id": str(self.author.id)}
            shape["interaction_metadata"] = self.answers.metadata()
        return shape | self._told_reference(reader, sees_all=sees_all, whole=whole)

    def is_told_to(self, reader: Account) -> bool:
        """Whether a bot without the intent for content is told the words all the same."""
        return self.author is reader or self.channel.guild is None or reader in self.mentions

    def _frame(self) -> Shape:
        edited = written(self.edited_at) if self.edited_at else None
        shape: Shape = {"id": str(self.id), "channel_id": str(self.channel.id), "author": self.author.shape()}
        shape |= {"type": self.kind, "flags": self.flags, "timestamp": written(self.at), "edited_timestamp": edited}
        shape |= {"mentions": [one.shape() for one in self.mentions], "mention_everyone": self.mentions_everyone}
        return shape | {"mention_roles": [], "pinned": self.pinned_at > 0, "tts": self.tts}

    def _told_words(self, reader: Account, *, sees_all: bool) -> Shape:
        if not sees_all and not self.is_told_to(reader):
            return {"content": "", "embeds": [], "attachments": [], "components": []}
        attachments = [one.shape() for one in self.attachments]
        embeds = [] if self.flags & SUPPRESS_EMBEDS else self.embeds
        return {
            "content": self.content,
            "embeds": embeds,
            "attachments": attachments,
            "components": self.components,
        }

    def _told_reference(self, reader: Account, *, sees_all: bool, whole: bool) -> Shape:
        about = self.reply_to
        if about is None:
            return {}
        reference: Shape = {"type": 0, "channel_id": str(about.channel.id), "message_id": str(about.id)}
        if about.channel.guild:
            reference["guild_id"] = str(about.channel.guild.id)
        if self.kind != REPLY or not whole:
            return {"message_reference": reference}
        quoted = None if about.gone else about.shape(reader, sees_all=sees_all, whole=False)
        if quoted is not None:
            # A message inside another one is told without these.
            quoted.pop("reactions", None)
        return {"message_reference": reference, "referenced_message": quoted}

    def _reaction(self, emoji: str, by: list[Account], reader: Account) -> Shape:
        counted = {"burst": 0, "normal": len(by)}
        shape: Shape = {"emoji": {"id": None, "name": emoji}, "count": len(by), "count_details": counted}
        return shape | {"burst_colors": [], "me_burst": False, "me": reader in by}


def sees_words(bot: Bot, intents: int | None = None) -> bool:
    """Whether a bot is told all words: by what it was granted, on the gateway also by what it asked for."""
    content = 1 << 15
    return bool(bot.privileged & content) and (intents is None or bool(intents & content))
