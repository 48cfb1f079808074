"""What happens when a person writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server import hearing
from telegram_server.chats import PrivateChat
from telegram_server.groups import Group
from telegram_server.texts import LONGEST_TEXT, units

if TYPE_CHECKING:
    from telegram_server.chats import Chat
    from telegram_server.files import Media
    from telegram_server.messages import Message
    from telegram_server.people import User


def writes(user: User, chat: Chat, text: str, reply_to: Message | None, topic: int) -> Message:
    """A text appears, and the bots that may hear of it do."""
    assert 0 < units(text) <= LONGEST_TEXT, "a client sends 1 to 4096 characters"
    _may_write(user, chat)
    entities = user.world.entities_in(text)
    return user.world.post(chat, user, text=text, entities=entities, **_where(chat, reply_to, topic))


def whispers(user: User, chat: Chat, text: str) -> Message:
    """A command that only the bot sees."""
    _may_write(user, chat)
    return user.world.post(chat, user, text=text, entities=user.world.entities_in(text), only_for=chat.bots()[0])


def sends(user: User, chat: Chat, media: Media, caption: str, reply_to: Message | None) -> Message:
    """A picture, a voice or a file appears."""
    _may_write(user, chat)
    entities = user.world.entities_in(caption)
    return user.world.post(chat, user, text=caption, entities=entities, media=media, **_where(chat, reply_to, 0))


def edits(user: User, message: Message, text: str) -> None:
    """The words change, and the bots that heard of the message hear of that."""
    assert message.author is user, "people edit only their own messages"
    message.text, message.entities = text, user.world.entities_in(text)
    user.world.note_edit(message)
    hearing.tell(message, "edited_message")


def reacts(user: User, message: Message, emoji: tuple[str, ...]) -> None:
    """Marks change; a bot hears of it only where it is an administrator and asked for it."""
    old, new = message.marks.get(user.id, []), [{"type": "emoji", "emoji": one} for one in emoji]
    user.world.mark(message, user, new)
    chat = message.chat
    told: dict[str, Any] = {"chat": chat.shape(), "message_id": message.id, "user": user.shape()}
    told |= {"date": user.world.clock.date(), "old_reaction": old, "new_reaction": new}
    for bot in chat.bots():
        if isinstance(chat, Group) and chat.standing(bot).leads:
            bot.inbox.put("message_reaction", told, ("message_reaction", chat.id))


def _may_write(user: User, chat: Chat) -> None:
    if isinstance(chat, PrivateChat):
        assert chat.bot.id not in user.blocked, f"{user.name} has blocked the bot"
        user.started.add(chat.bot.id)
    else:
        assert user in chat.readers(), f"{user.name} is not in {chat}"


def _where(chat: Chat, reply_to: Message | None, topic: int) -> dict[str, Any]:
    if reply_to is None:
        return {"thread": topic} | ({"reply_to": chat.messages[topic]} if topic else {})
    assert reply_to.chat is chat, "a reply stands in the chat of its message"
    assert not reply_to.gone, "nobody can reply to what is gone"
    # In a supergroup that is no forum a chain of replies carries its first message's number.
    chained = isinstance(chat, Group) and chat.is_super
    return {"reply_to": reply_to, "thread": topic or reply_to.thread or (reply_to.id if chained else 0)}
