"""The method that puts another picture or file into a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server.calls import Call, Method
from telegram_server.editing import keyboard_of
from telegram_server.errors import bad_request
from telegram_server.formatting import caption_of
from telegram_server.targets import own_message
from telegram_server.uploading import media_of

if TYPE_CHECKING:
    from telegram_server.world import World


def edit_message_media(world: World, call: Call) -> dict[str, Any]:
    """Another picture or file with its caption."""
    message = own_message(world, call)
    wanted = call.shape("media") or {}
    if wanted.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: only photos and documents are known here")
    captioned = Call(call.bot, call.method, wanted)
    message.media = media_of(world, call, wanted["type"], wanted["media"])
    message.text, message.entities = caption_of(world, captioned)
    message.keyboard = keyboard_of(call)
    world.note_edit(message)
    return message.shape(call.bot.id)


METHODS: dict[str, Method] = {"editMessageMedia": edit_message_media}
