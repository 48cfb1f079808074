"""Commands that a bot has registered, and how a person's words become their options."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discord_server.accounts import Account, Shape
from discord_server.permissions import Permission, permissions_in

if TYPE_CHECKING:
    from discord_server.accounts import Bot
    from discord_server.channels import Channel
    from discord_server.people import User
    from discord_server.world import World

CHAT_INPUT = 1
SUBCOMMAND, SUBCOMMAND_GROUP, STRING, INTEGER, BOOLEAN, SOMEBODY, CHANNEL, NUMBER = 1, 2, 3, 4, 5, 6, 7, 10
IN_GUILD, IN_BOT_DM = 0, 1


@dataclass(slots=True, eq=False)
class Command:
    """One registered command; *guild* is 0 where it is everywhere."""

    id: int
    version: int
    application: int
    asked: Shape
    guild: int = 0

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.asked["name"])

    @property
    def kind(self) -> int:
        """Whether it is typed, or stands in the menu of a person or a message."""
        return self.asked.get("type") or CHAT_INPUT

    @property
    def options(self) -> list[Shape]:
        """What it takes."""
        return self.asked.get("options") or []

    def shape(self, *, localized: bool = True) -> Shape:
        """The command as Discord tells it."""
        shape: Shape = {"id": str(self.id), "application_id": str(self.application), "version": str(self.version)}
        shape |= {"name": self.name, "type": self.kind, "description": self.asked.get("description") or ""}
        rights = self.asked.get("default_member_permissions")
        shape |= {"default_member_permissions": None if rights is None else str(rights), "nsfw": False}
        shape |= {"contexts": self.asked.get("contexts"), "dm_permission": self.asked.get("dm_permission") is not False}
        shape |= {"integration_types": self.asked.get("integration_types") or [0]}
        if localized:
            keys = ("name_localizations", "description_localizations")
            shape |= {key: self.asked.get(key) or None for key in keys}
        shape |= {"guild_id": str(self.guild)} if self.guild else {}
        return shape | (
            {"options": [_option(one, localized=localized) for one in self.options]} if self.options else {}
        )

    def is_for(self, user: User, channel: Channel) -> bool:
        """Whether somebody is offered it there."""
        if channel.guild is None:
            contexts = self.asked.get("contexts")
            here = self.asked.get("dm_permission") is not False if contexts is None else IN_BOT_DM in contexts
            return here and not self.guild
        here = self.guild in (0, channel.guild.id) and IN_GUILD in (self.asked.get("contexts") or [IN_GUILD])
        rights = permissions_in(user, channel)
        needed = Permission(int(self.asked.get("default_member_permissions") or 0))
        return here and Permission.USE_APPLICATION_COMMANDS in rights and needed in rights


def _option(asked: Shape, *, localized: bool) -> Shape:
    hidden = () if localized else ("name_localizations", "description_localizations")
    # What is not so, Discord leaves out.
    shape = {key: value for key, value in asked.items() if value not in (None, False, []) and key not in hidden}
    if "options" in shape:
        shape["options"] = [_option(one, localized=localized) for one in shape["options"]]
    return shape


def offered(user: User, channel: Channel, world: World, bot: Bot | None) -> dict[str, tuple[Bot, Command]]:
    """The commands that somebody can type there, by name; a guild's own stand before those from everywhere."""
    here = [bot] if bot else _bots_in(channel, world)
    found: dict[str, tuple[Bot, Command]] = {}
    for one in here:
        for commands in (one.commands.get(channel.guild.id if channel.guild else -1, ()), one.commands.get(0, ())):
            for command in commands:
                if command.kind == CHAT_INPUT and command.is_for(user, channel):
                    found.setdefault(command.name, (one, command))
    return found


def _bots_in(channel: Channel, world: World) -> list[Bot]:
    if channel.guild is not None:
        return channel.guild.bots
    return [one for one in world.bots.values() if one in channel.readers()]


def typed(command: Command, path: list[str], given: Mapping[str, Any], focused: str = "") -> list[Shape]:
    """What was typed, as it is sent; *path* leads to a subcommand, *focused* is being typed still."""
    options = command.options
    for step in path:
        found = [one for one in options if one["name"] == step and one["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP)]
        assert found, f"/{command.name} has no {step!r}"
        options = found[0].get("options") or []
    told = _values(command, options, given, focused)
    for step in reversed(path):
        kind = SUBCOMMAND if step == path[-1] else SUBCOMMAND_GROUP
        told = [{"type": kind, "name": step, "options": told}]
    return told


def _values(command: Command, options: Iterable[Shape], given: Mapping[str, Any], focused: str) -> list[Shape]:
    known = {one["name"]: one for one in options}
    unknown = [one for one in given if one not in known]
    assert not unknown, f"/{command.name} takes no {unknown}, but {list(known)}"
    missing = [name for name, one in known.items() if one.get("required") and name not in given]
    assert focused or not missing, f"/{command.name} needs {missing}"
    told = []
    for name, value in given.items():
        shape = {"type": known[name]["type"], "name": name}
        if name == focused:
            assert known[name].get("autocomplete"), f"nothing is suggested for {name!r} of /{command.name}"
            told.append(shape | {"value": str(value), "focused": True})
        else:
            told.append(shape | {"value": _value(known[name], value)})
    return told


def _value(option: Shape, given: Any) -> Any:
    choices = {one["name"]: one["value"] for one in option.get("choices") or ()}
    if choices:
        assert given in choices or given in choices.values(), f"{given!r} is none of {list(choices)}"
        return choices.get(given, given)
    match option["type"]:
        case 4:
            return int(given)
        case 5:
            return bool(given)
        case 10:
            return float(given)
        case 3:
            longest = option.get("max_length") or 6000
            assert len(str(given)) <= longest, f"{option['name']!r} takes at most {longest} letters"
            return str(given)
        case _:
            return str(getattr(given, "id", given))


def resolved(given: Mapping[str, Any], channel: Channel) -> Shape:
    """Who and what the options name."""
    people = {str(one.id): one for one in given.values() if isinstance(one, Account)}
    places = {str(one.id): one for one in given.values() if hasattr(one, "messages")}
    found: Shape = {}
    if people:
        found["users"] = {number: one.shape() for number, one in people.items()}
        members = channel.guild.members if channel.guild else {}
        inside = {number: members[one.id].shape() for number, one in people.items() if one.id in members}
        found |= {"members": inside} if inside else {}
    if places:
        found["channels"] = {number: one.shape() for number, one in places.items()}
    return {"resolved": found} if found else {}
