"""The routes of commands: who registers what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord_server.asking import NOTHING_TO_SAY, Answer, Asked
from discord_server.commands import CHAT_INPUT, Command
from discord_server.errors import missing_access, unknown
from discord_server.targets import guild_of

if TYPE_CHECKING:
    from discord_server.accounts import Bot
    from discord_server.world import World


def read_all(world: World, asked: Asked) -> Answer:
    """The commands that are registered."""
    localized = asked.query.get("with_localizations") in ("1", "true")
    commands = _own(asked).commands.get(_guild(world, asked), ())
    return Answer([one.shape(localized=localized) for one in commands])


def replace_all(world: World, asked: Asked) -> Answer:
    """These commands and no others; one of the same name keeps its id."""
    bot, guild = _own(asked), _guild(world, asked)
    before = {(one.name, one.kind): one for one in bot.commands.get(guild, ())}
    kept = [_made(world, bot, guild, one, before) for one in asked.body]
    bot.commands[guild] = kept
    bot.announced += 1
    return Answer([one.shape() for one in kept])


def create(world: World, asked: Asked) -> Answer:
    """One command, in the place of one that has the same name."""
    bot, guild = _own(asked), _guild(world, asked)
    before = {(one.name, one.kind): one for one in bot.commands.get(guild, ())}
    made = _made(world, bot, guild, asked.given, before)
    others = [one for one in bot.commands.get(guild, ()) if one.id != made.id]
    is_new = len(others) == len(bot.commands.get(guild, ()))
    bot.commands[guild] = [*others, made]
    return Answer(made.shape(), 201 if is_new else 200)


def remove(world: World, asked: Asked) -> Answer:
    """One command less."""
    bot, guild, number = _own(asked), _guild(world, asked), asked.number("command_id")
    left = [one for one in bot.commands.get(guild, ()) if one.id != number]
    if len(left) == len(bot.commands.get(guild, ())):
        raise unknown("application command")
    bot.commands[guild] = left
    return NOTHING_TO_SAY


def _made(world: World, bot: Bot, guild: int, asked: dict[str, Any], before: dict[tuple[str, int], Command]) -> Command:
    known = before.get((str(asked["name"]), asked.get("type") or CHAT_INPUT))
    number = known.id if known else world.ids.next()
    return Command(number, world.ids.next(), bot.id, asked, guild)


def _own(asked: Asked) -> Bot:
    if asked.bot.id != asked.number("application_id"):
        raise missing_access()
    return asked.bot


def _guild(world: World, asked: Asked) -> int:
    return guild_of(world, asked).id if "guild_id" in asked.named else 0
