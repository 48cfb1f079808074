"""A person, and what a person does with a phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from discord_server import invoking, writing
from discord_server.accounts import Account, Bot

if TYPE_CHECKING:
    from discord_server.channels import Channel, GuildChannel, Private, Thread
    from discord_server.guilds import Guild
    from discord_server.interactions import Interaction
    from discord_server.messages import Message
    from discord_server.modals import Given, Modal
    from discord_server.world import World


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class User(Account):
    """A person with a phone."""

    world: World
    locale: str = "en-US"
    has_closed_dms: bool = False
    blocked: set[int] = field(default_factory=set)
    begun: list[Interaction] = field(default_factory=list)
    """What this person began with bots, oldest first."""
    suggested: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """What was suggested last for an option of a command: what is shown, and what it stands for."""

    def private(self, bot: Bot | None = None) -> Private:
        """The direct messages with the bot."""
        return self.world.private(self, bot or self.world.only_bot())

    async def calls(
        self,
        command: str,
        *,
        in_: Channel | Bot | None = None,
        bot: Bot | None = None,
        waits: bool = True,
        **options: Any,
    ) -> Interaction:
        """Use a slash command; back comes what the bot answered first."""
        begun = invoking.calls(self, command, self.world.place(self, in_), options, bot)
        return await begun.waited(self.world) if waits else begun

    async def types(
        self, command: str, options: Mapping[str, Any], *, in_: Channel | Bot | None = None, bot: Bot | None = None
    ) -> list[str]:
        """Type the last of these options of a command; back comes what is suggested for it."""
        begun = invoking.types(self, command, self.world.place(self, in_), dict(options), bot)
        await begun.waited(self.world)
        offered = {str(one["name"]): one["value"] for one in begun.choices}
        self.suggested[command, list(options)[-1]] = offered
        return list(offered)

    async def presses(self, message: Message, label: str, *, waits: bool = True) -> Interaction:
        """Press a button under a message; a link only opens."""
        begun = invoking.presses(self, message, label)
        return await begun.waited(self.world) if waits else begun

    async def taps(self, label: str, in_: Channel | Bot | None = None, *, waits: bool = True) -> Interaction:
        """Press the newest button with this label that this person sees there."""
        seen = self.screen(in_)
        for message in reversed(seen):
            if label in message.labels:
                return await self.presses(message, label, waits=waits)
        raise AssertionError(f"{self.name} sees no {label!r} in {seen}")

    async def chooses(self, message: Message, menu: str, *options: Any, waits: bool = True) -> Interaction:
        """Choose in a menu, which is named by its id or its placeholder; options by what they say or stand for."""
        begun = invoking.chooses(self, message, menu, options)
        return await begun.waited(self.world) if waits else begun

    async def submits(
        self, form: Interaction | Modal, answers: Mapping[str, Given] | None = None, *, waits: bool = True
    ) -> Interaction:
        """Send a form off; questions are named by their id or their label."""
        begun = invoking.submits(self, form, answers or {})
        return await begun.waited(self.world) if waits else begun

    async def presses_forged(self, message: Message, custom_id: str, *, waits: bool = True) -> Interaction:
        """Send a press that no button offered, as an altered client can."""
        begun = invoking.press(self, message, {"type": 2, "custom_id": custom_id}, custom_id)
        return await begun.waited(self.world) if waits else begun

    def writes(
        self,
        text: str,
        *,
        in_: Channel | Bot | None = None,
        reply_to: Message | None = None,
        pings: bool = True,
        silent: bool = False,
    ) -> Message:
        """Write a message; a reply pings whoever is replied to, where *pings* is not switched off."""
        place = reply_to.channel if reply_to is not None and in_ is None else self.world.place(self, in_)
        return writing.writes(self, place, text, reply_to=reply_to, pings=pings, silent=silent)

    def sends(
        self,
        filename: str,
        content: bytes,
        kind: str = "application/octet-stream",
        *,
        text: str = "",
        in_: Channel | Bot | None = None,
        reply_to: Message | None = None,
        pings: bool = True,
    ) -> Message:
        """Send a file."""
        place = reply_to.channel if reply_to is not None and in_ is None else self.world.place(self, in_)
        file = self.world.store(filename, content, kind, place)
        return writing.writes(self, place, text, reply_to=reply_to, pings=pings, files=[file])

    def sends_voice(
        self,
        *,
        seconds: float = 4,
        in_: Channel | Bot | None = None,
        reply_to: Message | None = None,
        pings: bool = True,
    ) -> Message:
        """Send a voice message."""
        place = reply_to.channel if reply_to is not None and in_ is None else self.world.place(self, in_)
        return writing.speaks(self, place, seconds, reply_to=reply_to, pings=pings)

    def edits(self, message: Message, text: str) -> None:
        """Change an own message."""
        writing.edits(self, message, text)

    def deletes(self, message: Message) -> None:
        """Take a message away: an own one, or another one where this person may."""
        writing.deletes(self, message)

    def dismisses(self, message: Message) -> None:
        """Let go of a message that only this person sees; no bot is told."""
        assert message.only_for is self, f"{self.name} can dismiss only what nobody else sees"
        message.gone = True

    def reacts(self, message: Message, emoji: str) -> None:
        """Put a mark on a message."""
        writing.marks(self, message, emoji)

    def unreacts(self, message: Message, emoji: str) -> None:
        """Take an own mark off."""
        self.world.unmark(message, self, emoji)

    def pins(self, message: Message, *, down: bool = False) -> None:
        """Hold a message at the top of its channel, or no longer."""
        self.world.pin(message, self, down=down)

    def starts_thread(
        self, name: str, in_: GuildChannel, *, about: Message | None = None, private: bool = False
    ) -> Thread:
        """Begin a thread."""
        return in_.add_thread(name, self, about=about, private=private)

    def is_typing(self, in_: Channel | Bot | None = None) -> None:
        """Begin to write."""
        self.world.telling.of_typing(self.world.place(self, in_), self)

    def joins(self, guild: Guild) -> None:
        """Come into a guild."""
        guild.add_member(self)

    def leaves(self, guild: Guild) -> None:
        """Go out of a guild."""
        guild.loses(self)

    def closes_dms(self) -> None:
        """Let nobody write in private any more."""
        self.has_closed_dms = True

    def opens_dms(self) -> None:
        """Let those write in private again with whom a guild is shared."""
        self.has_closed_dms = False

    def blocks(self, bot: Bot | None = None) -> None:
        """Let a bot not write in private any more."""
        self.blocked.add((bot or self.world.only_bot()).id)

    def unblocks(self, bot: Bot | None = None) -> None:
        """Let a bot write again."""
        self.blocked.discard((bot or self.world.only_bot()).id)

    def screen(self, in_: Channel | Bot | None = None) -> list[Message]:
        """The messages that this person sees there, oldest first."""
        return self.world.place(self, in_).seen_by(self)
