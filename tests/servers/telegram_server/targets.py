"""Where a bot may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram_server.errors import ApiError, bad_request, forbidden, migrated
from telegram_server.membership import Standing

if TYPE_CHECKING:
    from telegram_server.accounts import Bot
    from telegram_server.calls import Call
    from telegram_server.chats import Chat, PrivateChat
    from telegram_server.groups import Group
    from telegram_server.messages import Message
    from telegram_server.world import World


def chat_of(world: World, call: Call) -> Chat:
    """The chat that the call names, if the bot may write there."""
    if not call.has("chat_id"):
        raise bad_request("chat_id is empty")
    try:
        number = call.integer("chat_id")
    except ApiError as problem:
        raise bad_request("chat not found") from problem
    return private_of(world, call.bot, number) if number > 0 else group_of(world, call.bot, number)


def private_of(world: World, bot: Bot, number: int) -> PrivateChat:
    """The private chat with a person who lets the bot write."""
    user = world.users.get(number)
    if user is None:
        raise bad_request("chat not found")
    if user.deactivated:
        raise forbidden("user is deactivated")
    if bot.id in user.blocked:
        raise forbidden("bot was blocked by the user")
    if bot.id not in user.started:
        met = any({bot.id, user.id} <= group.standings.keys() for group in world.groups.values())
        raise forbidden("bot can't initiate conversation with a user") if met else bad_request("chat not found")
    return world.private(user, bot)


def group_of(world: World, bot: Bot, number: int) -> Group:
    """A group that the bot is in."""
    group = world.groups.get(number)
    if group is None or bot.id not in group.standings:
        raise bad_request("chat not found")
    if group.moved_to is not None:
        raise migrated(group.moved_to.id)
    match group.standing(bot):
        case Standing.KICKED:
            raise forbidden(f"bot was kicked from the {group.kind} chat")
        case Standing.LEFT:
            raise forbidden(f"bot is not a member of the {group.kind} chat")
        case _:
            return group


def message_of(chat: Chat, number: int, missing: str) -> Message:
    """A message that is still there."""
    message = chat.messages.get(number)
    if message is None or message.gone:
        raise bad_request(missing)
    return message


def own_message(world: World, call: Call, missing: str = "message to edit not found") -> Message:
    """The bot's own message that the call names."""
    message = message_of(chat_of(world, call), call.integer("message_id"), missing)
    if message.author is not call.bot:
        raise bad_request("message can't be edited")
    return message
