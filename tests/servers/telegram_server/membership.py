"""How somebody stands in a chat, and how a change is told."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from telegram_server.chats import Chat

if TYPE_CHECKING:
    from telegram_server.accounts import Account
    from telegram_server.groups import Group

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)


class Standing(StrEnum):
    """What somebody is in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"

    @property
    def inside(self) -> bool:
        """Whether one with this standing is in the chat."""
        return self not in (Standing.LEFT, Standing.KICKED)

    @property
    def leads(self) -> bool:
        """Whether one with this standing is an administrator."""
        return self in (Standing.CREATOR, Standing.ADMINISTRATOR)


def member_shape(account: Account, standing: Standing) -> dict[str, Any]:
    """A member as methods and updates tell of it."""
    told: dict[str, Any] = {"user": account.shape(), "status": str(standing)}
    match standing:
        case Standing.CREATOR:
            return told | {"is_anonymous": False}
        case Standing.ADMINISTRATOR:
            return told | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(RIGHTS, True)
        case Standing.KICKED:
            return told | {"until_date": 0}
        case _:
            return told


def change_shape(
    chat: Chat, by: Account, account: Account, date: int, *, before: Standing, after: Standing
) -> dict[str, Any]:
    """A change of standing as updates tell of it."""
    return {
        "chat": chat.shape(),
        "from": by.shape(),
        "date": date,
        "old_chat_member": member_shape(account, before),
        "new_chat_member": member_shape(account, after),
    }


def change(group: Group, account: Account, to: Standing, by: Account) -> None:
    """Somebody's standing changes; the one concerned and leading bots hear of it."""
    before = group.standing(account)
    group.standings[account.id] = to
    date = group.world.clock.date()
    told = change_shape(group, by, account, date, before=before, after=to)
    for bot in group.world.bots.values():
        if bot is account:
            bot.inbox.put("my_chat_member", told, ("my_chat_member", group.id))
        elif group.standing(bot).leads:
            bot.inbox.put("chat_member", told, ("chat_member", group.id))
