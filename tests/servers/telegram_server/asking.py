"""The methods that ask about the bot, a chat or its members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server.accounts import Account, Bot
from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request
from telegram_server.groups import Group
from telegram_server.membership import Standing, member_shape
from telegram_server.targets import chat_of

if TYPE_CHECKING:
    from telegram_server.world import World

Told = dict[str, Any]
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(world: World, call: Call) -> Told:
    """What the bot is."""
    refused = ("supports_inline_queries", "supports_guest_queries", "can_connect_to_business", "has_main_web_app")
    told = call.bot.shape() | {
        "can_join_groups": call.bot.can_join,
        "can_read_all_group_messages": call.bot.can_read_all,
    }
    return told | dict.fromkeys(refused, False)


def get_chat(world: World, call: Call) -> Told:
    """What the bot may know of a chat."""
    chat = chat_of(world, call)
    told = chat.shape() | {"accent_color_id": 0, "max_reaction_count": 11}
    told |= {"accepted_gift_types": dict.fromkeys(GIFTS, False)}
    if isinstance(chat, Group):
        told["permissions"] = {"can_send_messages": True}
        if chat.reactions_allowed is not None:
            told["available_reactions"] = [{"type": "emoji", "emoji": one} for one in chat.reactions_allowed]
    pinned = [one for one in chat.messages.values() if one.pinned and not one.gone]
    return told | ({"pinned_message": pinned[-1].shape(call.bot.id, whole=False)} if pinned else {})


def get_chat_member(world: World, call: Call) -> Told:
    """How somebody stands in a group; of others only an administrator is sure to hear."""
    group, number = _group(world, call), call.integer("user_id")
    account: Account | None = world.users.get(number) or next((b for b in world.bots.values() if b.id == number), None)
    if account is None or account.id not in group.standings:
        raise bad_request("member not found")
    return member_shape(account, group.standing(account))


def get_chat_administrators(world: World, call: Call) -> list[Told]:
    """Who leads the group, other bots apart."""
    group = _group(world, call)
    leading = [one for one in _members(world, group) if group.standing(one).leads]
    return [member_shape(one, group.standing(one)) for one in leading if one is call.bot or not isinstance(one, Bot)]


def get_chat_member_count(world: World, call: Call) -> int:
    """How many are in the chat."""
    chat = chat_of(world, call)
    return len(_members(world, chat)) if isinstance(chat, Group) else 2


def leave_chat(world: World, call: Call) -> bool:
    """Go out of a group."""
    _group(world, call).loses(call.bot, Standing.LEFT, call.bot)
    return True


def _group(world: World, call: Call) -> Group:
    chat = chat_of(world, call)
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    return chat


def _members(world: World, group: Group) -> list[Account]:
    return [*group.readers(), *group.bots()]


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
