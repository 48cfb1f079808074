"""The methods that post pictures, voices and files, and hand files out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request
from telegram_server.files import Media, StoredFile, Upload, picture_size
from telegram_server.formatting import caption_of
from telegram_server.sending import posted
from telegram_server.targets import chat_of

if TYPE_CHECKING:
    from telegram_server.world import World

Told = dict[str, Any]
MEGABYTE = 1024 * 1024
LARGEST_PHOTO = 10 * MEGABYTE
LARGEST_FILE = 50 * MEGABYTE
LARGEST_DOWNLOAD = 20 * MEGABYTE


def send_photo(world: World, call: Call) -> Told:
    """Post a picture."""
    return _send(world, call, "photo")


def send_voice(world: World, call: Call) -> Told:
    """Post a voice message."""
    return _send(world, call, "voice")


def send_document(world: World, call: Call) -> Told:
    """Post a file."""
    return _send(world, call, "document")


def _send(world: World, call: Call, kind: str) -> Told:
    chat = chat_of(world, call)
    text, entities = caption_of(world, call)
    return posted(world, call, chat, text=text, entities=entities, media=media_of(world, call, kind, call.text(kind)))


def media_of(world: World, call: Call, kind: str, named: str) -> Media:
    """What the bot sends: a file of this request, or one that the server knows under the bot's own id."""
    upload = call.uploads.get(named.removeprefix("attach://") or kind)
    if upload is not None:
        return Media(kind, (_stored(world, call, kind, upload),))
    known = [one for one in world.files.values() if one.id_for(call.bot.id) == named and one.kind == kind]
    if not known:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return Media(kind, (known[0],))


def _stored(world: World, call: Call, kind: str, upload: Upload) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > (LARGEST_PHOTO if kind == "photo" else LARGEST_FILE):
        raise bad_request("file is too big")
    extra: dict[str, int] = {}
    if kind == "photo":
        size = picture_size(upload.content)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        extra = {"width": size[0], "height": size[1]}
    if kind == "voice":
        extra = {"duration": call.integer("duration", 1)}
    return world.store(kind, upload.content, f"{kind}s", extra, name=upload.name, mime=upload.mime_type)


def get_file(world: World, call: Call) -> Told:
    """Where a file can be fetched for the next hour."""
    wanted = call.text("file_id")
    file = next((one for one in world.files.values() if one.id_for(call.bot.id) == wanted), None)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    world.offered[call.bot.id, file.path] = (file, world.clock.now())
    return file.identity(call.bot.id) | {"file_path": file.path}


METHODS: dict[str, Method] = {
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendDocument": send_document,
    "getFile": get_file,
}
