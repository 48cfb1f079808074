"""The methods that change what stands there, or take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server import keyboards
from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request
from telegram_server.formatting import caption_of, text_of
from telegram_server.groups import Group
from telegram_server.targets import chat_of, message_of, own_message

if TYPE_CHECKING:
    from telegram_server.messages import Message
    from telegram_server.world import World

Told = dict[str, Any]
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def edit_message_text(world: World, call: Call) -> Told:
    """Other words; without a keyboard in the call, the keyboard goes."""
    message = own_message(world, call)
    if message.media or message.extra:
        raise bad_request("there is no text in the message to edit")
    return _changed(world, call, message, *text_of(world, call))


def edit_message_caption(world: World, call: Call) -> Told:
    """Other words under a picture or a file."""
    message = own_message(world, call)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    return _changed(world, call, message, *caption_of(world, call))


def edit_message_reply_markup(world: World, call: Call) -> Told:
    """Another keyboard, or none."""
    message = own_message(world, call)
    return _changed(world, call, message, message.text, message.entities)


def _changed(world: World, call: Call, message: Message, text: str, entities: list[Told]) -> Told:
    keyboard = keyboard_of(call)
    if (text, entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise bad_request(UNCHANGED)
    message.text, message.entities, message.keyboard = text, entities, keyboard
    world.note_edit(message)
    return message.shape(call.bot.id)


def keyboard_of(call: Call) -> Told | None:
    """The keyboard that an edit leaves under the message."""
    if not call.has("reply_markup"):
        return None
    markup = keyboards.checked(call.shape("reply_markup"))
    if "inline_keyboard" not in markup:
        raise bad_request("message can't be edited")
    return keyboards.inline(markup)


def delete_message(world: World, call: Call) -> bool:
    """Take a message away, as long as it is young enough and the bot's to take."""
    chat = chat_of(world, call)
    message = message_of(chat, call.integer("message_id"), "message to delete not found")
    if not _may_delete(world, call, message):
        raise bad_request("message can't be deleted")
    world.take_away(message, call.bot)
    return True


def _may_delete(world: World, call: Call, message: Message) -> bool:
    if world.clock.now() - message.date > world.limits.delete_within:
        return False
    leads = isinstance(message.chat, Group) and message.chat.standing(call.bot).leads
    return message.author is call.bot or leads or not isinstance(message.chat, Group)


def delete_messages(world: World, call: Call) -> bool:
    """Take several away; those that cannot be found are passed over."""
    chat = chat_of(world, call)
    for number in call.shape("message_ids") or ():
        message = chat.messages.get(int(number))
        if message and not message.gone and _may_delete(world, call, message):
            world.take_away(message, call.bot)
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
