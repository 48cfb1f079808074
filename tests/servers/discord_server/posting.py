"""The routes of messages: to post, to change, to take away, to read, to pin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord_server.asking import NOTHING_TO_SAY, Answer, Asked
from discord_server.clock import written
from discord_server.composing import changed, composed
from discord_server.errors import ApiError, Wrong, invalid_form, missing_permissions
from discord_server.messages import DEFAULT, JOINED, PINNED, REPLY, Message, sees_words
from discord_server.permissions import Permission, permissions_in
from discord_server.targets import channel_of, is_open, lets_write, message_of, says, wakes_by_words

if TYPE_CHECKING:
    from discord_server.accounts import Bot
    from discord_server.channels import Channel
    from discord_server.world import World

MOST_AT_ONCE, USUAL = 100, 50
MOST_PINNED = 250


def post(world: World, asked: Asked) -> Answer:
    """A message appears; the same nonce within some minutes is the same message."""
    channel, given, bot = channel_of(world, asked), asked.given, asked.bot
    if channel.guild is not None and says(channel) not in permissions_in(bot, channel):
        raise missing_permissions()
    if asked.uploads and Permission.ATTACH_FILES not in permissions_in(bot, channel):
        raise missing_permissions()
    lets_write(world, channel, bot)
    before = _same(world, bot, channel, given)
    if before is not None:
        return _told(before, bot)
    about = _replied(channel, given, bot)
    parts = composed(world, channel, bot, given, asked.uploads, answers=False, reply_to=about)
    wakes_by_words(channel, bot)
    kind = DEFAULT if about is None else REPLY
    nonce, tts = given.get("nonce"), bool(given.get("tts"))
    message = world.make_message(channel, bot, kind=kind, reply_to=about, nonce=nonce, tts=tts, **parts)
    if given.get("enforce_nonce"):
        world.nonces[bot.id, channel.id, str(nonce)] = message
    return _told(message, bot)


def _same(world: World, bot: Bot, channel: Channel, given: dict[str, Any]) -> Message | None:
    if not given.get("enforce_nonce"):
        return None
    found = world.nonces.get((bot.id, channel.id, str(given.get("nonce"))))
    is_fresh = found is not None and world.clock.now() - found.at < world.limits.nonce_remembered
    return found if is_fresh else None


def _replied(channel: Channel, given: dict[str, Any], bot: Bot) -> Message | None:
    reference = given.get("message_reference")
    if not reference:
        return None
    if channel.guild is not None and Permission.READ_MESSAGE_HISTORY not in permissions_in(bot, channel):
        raise ApiError(403, 160002, "Cannot reply without permission to read message history")
    found = channel.messages.get(int(reference["message_id"]))
    if found is not None and not found.gone and found.only_for is None:
        return found
    if reference.get("fail_if_not_exists") is False:
        return None
    raise invalid_form([Wrong(("message_reference",), "Unknown message", "REPLIES_UNKNOWN_MESSAGE")])


def change(world: World, asked: Asked) -> Answer:
    """A message of the bot's own shows something else."""
    channel = channel_of(world, asked)
    message = message_of(channel, asked.number("message_id"))
    if message.author is not asked.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    is_open(channel, asked.bot)
    world.change(message, **changed(world, message, asked.given, asked.uploads))
    return _told(message, asked.bot)


def take_away(world: World, asked: Asked) -> Answer:
    """A message is gone."""
    channel = channel_of(world, asked)
    message = message_of(channel, asked.number("message_id"))
    may = Permission.MANAGE_MESSAGES in permissions_in(asked.bot, channel) and channel.guild is not None
    if message.author is not asked.bot and not may:
        raise missing_permissions() if channel.guild else ApiError(403, 50003, "Cannot execute action on a DM channel")
    is_open(channel, asked.bot)
    world.take_away(message, asked.bot)
    return NOTHING_TO_SAY


def read_one(world: World, asked: Asked) -> Answer:
    """One message."""
    channel = channel_of(world, asked)
    if channel.guild is not None and Permission.READ_MESSAGE_HISTORY not in permissions_in(asked.bot, channel):
        raise missing_permissions()
    return _told(message_of(channel, asked.number("message_id")), asked.bot)


def read(world: World, asked: Asked) -> Answer:
    """Messages, newest first; without the right to read what was there is nothing."""
    channel = channel_of(world, asked)
    may = channel.guild is None or Permission.READ_MESSAGE_HISTORY in permissions_in(asked.bot, channel)
    seen = [one for one in channel.messages.values() if not one.gone and one.only_for is None] if may else []
    found = _asked_part(sorted(seen, key=lambda one: one.id), asked)
    sees_all = sees_words(asked.bot)
    return Answer([one.shape(asked.bot, sees_all=sees_all) for one in reversed(found)])


def _asked_part(messages: list[Message], asked: Asked) -> list[Message]:
    most = asked.asked_for("limit") or USUAL
    if most > MOST_AT_ONCE:
        raise invalid_form([Wrong(("limit",), "int value should be less than or equal to 100.", "NUMBER_TYPE_MAX")])
    if after := asked.asked_for("after"):
        return [one for one in messages if one.id > after][:most]
    before = asked.asked_for("before")
    return [one for one in messages if not before or one.id < before][-most:]


def pin(world: World, asked: Asked) -> Answer:
    """A message is held at the top."""
    return _pinned(world, asked, down=False)


def unpin(world: World, asked: Asked) -> Answer:
    """A message is no longer held at the top."""
    return _pinned(world, asked, down=True)


def _pinned(world: World, asked: Asked, *, down: bool) -> Answer:
    channel = channel_of(world, asked)
    if channel.guild is not None and Permission.PIN_MESSAGES not in permissions_in(asked.bot, channel):
        raise missing_permissions()
    message = message_of(channel, asked.number("message_id"))
    if message.kind in (PINNED, JOINED):
        raise ApiError(403, 50021, "Cannot execute action on a system message")
    if bool(message.pinned_at) == down:
        world.pin(message, asked.bot, down=down)
    return NOTHING_TO_SAY


def pins(world: World, asked: Asked) -> Answer:
    """What is held at the top, newest first."""
    channel = channel_of(world, asked)
    held = [one for one in channel.messages.values() if one.pinned_at and not one.gone]
    newest = sorted(held, key=lambda one: one.pinned_at, reverse=True)
    sees_all = sees_words(asked.bot)
    items = [
        {"pinned_at": written(one.pinned_at), "message": one.shape(asked.bot, sees_all=sees_all)} for one in newest
    ]
    return Answer({"items": items, "has_more": False})


def mark(world: World, asked: Asked) -> Answer:
    """The bot puts a mark on a message."""
    channel = channel_of(world, asked)
    rights = permissions_in(asked.bot, channel)
    if channel.guild is not None and Permission.READ_MESSAGE_HISTORY not in rights:
        raise missing_permissions()
    message, emoji = message_of(channel, asked.number("message_id")), asked.named["emoji_name"]
    if emoji.isascii():
        raise ApiError(400, 10014, "Unknown Emoji")
    if emoji not in message.reactions and channel.guild is not None and Permission.ADD_REACTIONS not in rights:
        raise missing_permissions()
    is_open(channel, asked.bot)
    world.mark(message, asked.bot, emoji)
    return NOTHING_TO_SAY


def unmark(world: World, asked: Asked) -> Answer:
    """The bot takes its mark off."""
    channel = channel_of(world, asked)
    world.unmark(message_of(channel, asked.number("message_id")), asked.bot, asked.named["emoji_name"])
    return NOTHING_TO_SAY


def _told(message: Message, bot: Bot) -> Answer:
    return Answer(message.shape(bot, sees_all=sees_words(bot)))
