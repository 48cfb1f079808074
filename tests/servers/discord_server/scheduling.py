"""The routes by which a bot plans something in a guild, somewhere else than in one of its channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from discord_server.accounts import Account, Bot, Shape
from discord_server.asking import NOTHING_TO_SAY, Answer, Asked
from discord_server.clock import written
from discord_server.errors import ApiError, Wrong, invalid_form, missing_permissions, unknown
from discord_server.permissions import Permission, permissions_of
from discord_server.rules_events import EXTERNAL, GUILD_ONLY
from discord_server.targets import guild_of

if TYPE_CHECKING:
    from discord_server.guilds import Guild
    from discord_server.world import World

SCHEDULED, ACTIVE = 1, 2
MOST_PLANNED = 100


@dataclass(slots=True, eq=False)
class ScheduledEvent:
    """Something that is planned."""

    id: int
    guild: Guild
    creator: Account
    name: str
    place: str
    begins: float
    ends: float
    description: str | None = None
    status: int = SCHEDULED

    def shape(self, *, creator: Account | None) -> Shape:
        """The event as the API tells it; with whom it is from where that is known."""
        nothing = dict.fromkeys(("channel_id", "image", "entity_id", "recurrence_rule"))
        shape: Shape = {"id": str(self.id), "guild_id": str(self.guild.id), "name": self.name, **nothing}
        shape |= {"description": self.description, "creator_id": str(self.creator.id), "status": self.status}
        shape |= {"scheduled_start_time": written(self.begins), "scheduled_end_time": written(self.ends)}
        shape |= {"entity_type": EXTERNAL, "privacy_level": GUILD_ONLY, "guild_scheduled_event_exceptions": []}
        shape |= {"entity_metadata": {"location": self.place}}
        return shape | ({"creator": creator.shape()} if creator else {})


def read_all(world: World, asked: Asked) -> Answer:
    """What is planned."""
    return Answer([one.shape(creator=one.creator) for one in guild_of(world, asked).events])


def read_one(world: World, asked: Asked) -> Answer:
    """One of them."""
    found = _event_of(world, asked)
    return Answer(found.shape(creator=found.creator))


def create(world: World, asked: Asked) -> Answer:
    """Plan something."""
    guild, given = guild_of(world, asked), asked.given
    if not permissions_of(asked.bot, guild) & Permission.CREATE_EVENTS:
        raise missing_permissions()
    if len(guild.events) >= MOST_PLANNED:
        raise ApiError(400, 30038, "Maximum number of guild scheduled events reached (100)")
    begins, ends = (_moment(given[f"scheduled_{end}_time"]) for end in ("start", "end"))
    _lies_ahead(world, begins)
    place = given["entity_metadata"]["location"]
    made = ScheduledEvent(
        world.ids.next(), guild, asked.bot, given["name"], place, begins, ends, given.get("description")
    )
    guild.events.append(made)
    world.telling.of_event("GUILD_SCHEDULED_EVENT_CREATE", guild, made.shape(creator=None))
    return Answer(made.shape(creator=made.creator))


def change(world: World, asked: Asked) -> Answer:
    """Something is planned otherwise."""
    found, given = _own_or_managed(world, asked), asked.given
    if "scheduled_start_time" in given:
        begins = _moment(given["scheduled_start_time"])
        _lies_ahead(world, begins)
        found.begins = begins
    if given.get("scheduled_end_time"):
        found.ends = _moment(given["scheduled_end_time"])
    found.name = given.get("name", found.name)
    found.place = (given.get("entity_metadata") or {}).get("location", found.place)
    world.telling.of_event("GUILD_SCHEDULED_EVENT_UPDATE", found.guild, found.shape(creator=None))
    return Answer(found.shape(creator=found.creator))


def remove(world: World, asked: Asked) -> Answer:
    """Something is not planned any more."""
    found = _own_or_managed(world, asked)
    found.guild.events.remove(found)
    world.telling.of_event("GUILD_SCHEDULED_EVENT_DELETE", found.guild, found.shape(creator=None))
    return NOTHING_TO_SAY


def _event_of(world: World, asked: Asked) -> ScheduledEvent:
    number = asked.number("guild_scheduled_event_id")
    found = next((one for one in guild_of(world, asked).events if one.id == number), None)
    if found is None:
        raise unknown("Guild Scheduled Event")
    return found


def _own_or_managed(world: World, asked: Asked) -> ScheduledEvent:
    """An event that the bot may change: its own, or any with the right to manage them."""
    found = _event_of(world, asked)
    if not _may_change(asked.bot, found):
        raise missing_permissions()
    return found


def _may_change(bot: Bot, event: ScheduledEvent) -> bool:
    rights = permissions_of(bot, event.guild)
    own = event.creator is bot and Permission.CREATE_EVENTS in rights
    return own or Permission.MANAGE_EVENTS in rights


def _moment(sent: str) -> float:
    return datetime.fromisoformat(sent).timestamp()


def _lies_ahead(world: World, begins: float) -> None:
    if begins <= world.clock.now():
        words = "Cannot schedule event in the past."
        raise invalid_form([Wrong(("scheduled_start_time",), words, "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST")])
