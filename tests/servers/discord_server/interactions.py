"""One interaction: what a person began, and what came back."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from discord_server.modals import Modal
from discord_server.transcript import Failed

if TYPE_CHECKING:
    from discord_server.accounts import Bot, Shape
    from discord_server.channels import Channel
    from discord_server.messages import Message
    from discord_server.people import User
    from discord_server.world import World

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
A_MOMENT = 0.02


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Interaction:
    """A command, a press, words being typed or a form that was sent off, and the bot's answer."""

    id: int
    token: str
    kind: int
    bot: Bot
    user: User
    channel: Channel
    made_at: float
    name: str = ""
    """The command's name, the button's label or the form's title."""
    message: Message | None = None
    """The message that was pressed, also if a form came between."""
    began_with: Interaction | None = None
    """What led to the form."""
    answered: int = 0
    """The kind of the first answer; 0 as long as there is none."""
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Modal | None = None
    choices: list[Shape] = field(default_factory=list)
    url: str = ""
    """Where a link led; no bot hears of that."""
    failed: bool = False
    """Whether Discord said that the application did not respond."""
    took: float = 0.0
    """Seconds until the first answer came, by a clock that nobody moves."""
    _began: float = field(default_factory=time.perf_counter)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    def __repr__(self) -> str:
        return f"<{self.user.name}: {self.name!r}, answered with {self.answered or 'nothing'}>"

    @property
    def shown(self) -> Message | None:
        """The message that the person sees as the answer; one that still waits for its words is none."""
        return None if self.original is None or self.is_loading or self.original.gone else self.original

    @property
    def ephemeral(self) -> Message | None:
        """The same, if only this person sees it."""
        return self.shown if self.shown and self.shown.is_ephemeral else None

    @property
    def text(self) -> str:
        """The words that were shown, if any."""
        return self.shown.text if self.shown else ""

    @property
    def is_loading(self) -> bool:
        """Whether the bot thinks, for all to see."""
        return self.original is not None and bool(self.original.flags & (1 << 7))

    @property
    def is_over(self) -> bool:
        """Whether nothing more has to be waited for."""
        return bool(self.answered or self.failed or self.url)

    def is_late(self, world: World) -> bool:
        """Whether the time for a first answer is over."""
        return world.clock.now() - self.made_at > world.limits.answer_within

    def is_expired(self, world: World) -> bool:
        """Whether its token is worth nothing any more."""
        return world.clock.now() - self.made_at > world.limits.token_lives

    def is_answered(self, kind: int) -> None:
        """The first answer came."""
        self.answered = kind
        self.took = time.perf_counter() - self._began
        self._heard.set()

    def fails(self, world: World) -> None:
        """Discord tells the person that nothing came."""
        if not self.is_over:
            self.failed = True
            self._heard.set()
            world.transcript.add(Failed(world.clock.now(), self.channel.id, self.user.name, self.name))

    async def waited(self, world: World) -> Interaction:
        """Itself, once the first answer came or the time for it is over."""
        while not self.is_over:
            if self.is_late(world) or not self.bot.sessions:
                self.fails(world)
                break
            with suppress(TimeoutError):
                await asyncio.wait_for(self._heard.wait(), A_MOMENT)
        return self

    def metadata(self) -> Shape:
        """What a message tells about the interaction that it answers."""
        owners = {"0": str(self.channel.guild.id) if self.channel.guild else "0"}
        shape: dict[str, Any] = {"id": str(self.id), "type": self.kind, "user": self.user.shape()}
        shape["authorizing_integration_owners"] = owners
        if self.kind == COMPONENT and self.message is not None:
            shape["interacted_message_id"] = str(self.message.id)
        if self.kind == SUBMIT and self.began_with is not None:
            shape["triggering_interaction_metadata"] = self.began_with.metadata()
        return shape
