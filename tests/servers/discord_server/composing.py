"""What a message shows, made of what a bot sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discord_server import components
from discord_server.errors import ApiError, Wrong, empty_message, invalid_form
from discord_server.mentions import Allowed, for_everyone, mentioned
from discord_server.messages import MADE_OF_COMPONENTS, SILENT, SUPPRESS_EMBEDS, Attachment

if TYPE_CHECKING:
    from discord_server.accounts import Bot
    from discord_server.asking import Upload
    from discord_server.channels import Channel
    from discord_server.messages import Message
    from discord_server.world import World

SETTABLE = SUPPRESS_EMBEDS | SILENT | MADE_OF_COMPONENTS


def composed(
    world: World,
    channel: Channel,
    bot: Bot,
    given: Mapping[str, Any],
    uploads: Mapping[str, Upload],
    *,
    answers: bool,
    reply_to: Message | None = None,
) -> dict[str, Any]:
    """The parts of a new message; raises 400 where there would be nothing to see."""
    content = str(given.get("content") or "")
    allowed = Allowed.asked(given.get("allowed_mentions"), answers=answers)
    made: dict[str, Any] = {"content": content, "embeds": list(given.get("embeds") or ())}
    made["components"] = components.told(given.get("components"))
    made["attachments"] = attached(world, channel, given.get("attachments"), uploads, ())
    made["flags"] = int(given.get("flags") or 0) & SETTABLE
    made["mentions"] = mentioned(content, channel, allowed, reply_to)
    made["mentions_everyone"] = for_everyone(content, bot, channel, allowed)
    if not (content or made["embeds"] or made["components"] or made["attachments"]):
        raise empty_message()
    return made


def changed(world: World, message: Message, given: Mapping[str, Any], uploads: Mapping[str, Upload]) -> dict[str, Any]:
    """The parts of a message that an edit names; raises 400 where nothing would be left to see."""
    made: dict[str, Any] = {}
    if "content" in given:
        made["content"] = str(given["content"] or "")
        made["mentions"] = _still_mentioned(message, made["content"], given)
    if "embeds" in given:
        made["embeds"] = list(given["embeds"] or ())
    if "components" in given:
        made["components"] = components.told(given["components"])
    if "attachments" in given or uploads:
        listed = given.get("attachments")
        made["attachments"] = attached(world, message.channel, listed, uploads, message.attachments)
    if given.get("flags") is not None:
        made["flags"] = message.flags & ~SUPPRESS_EMBEDS | int(given["flags"]) & (SUPPRESS_EMBEDS | MADE_OF_COMPONENTS)
    after = {
        name: made.get(name, getattr(message, name)) for name in ("content", "embeds", "components", "attachments")
    }
    if not any(after.values()):
        raise empty_message()
    return made


def _still_mentioned(message: Message, content: str, given: Mapping[str, Any]) -> list[Any]:
    allowed = Allowed.asked(given.get("allowed_mentions"), answers=message.answers is not None)
    return mentioned(content, message.channel, allowed, message.reply_to if allowed.replied else None)


def attached(
    world: World,
    channel: Channel,
    listed: Sequence[Mapping[str, Any]] | None,
    uploads: Mapping[str, Upload],
    before: Sequence[Attachment],
) -> list[Attachment]:
    """The files: those that stay, and new ones; without a list all that was there stays."""
    known = {str(one.id): one for one in before}
    wanted = list(listed) if listed is not None else [{"id": number} for number in known]
    fresh = {name.removeprefix("files[").removesuffix("]"): one for name, one in uploads.items()}
    if listed is None:
        wanted += [{"id": number} for number in fresh]
    found = []
    for one in wanted:
        number = str(one.get("id"))
        if number in known:
            found.append(known[number])
        elif number in fresh:
            found.append(_stored(world, channel, fresh[number], one))
        else:
            raise invalid_form([Wrong(("attachments",), f"there is no file {number}", "ATTACHMENT_NOT_FOUND")])
    unused = fresh.keys() - {str(one.get("id")) for one in wanted}
    if unused:
        world.judge.blame(f"files {sorted(unused)} came along and are in no list")
    return found


def _stored(world: World, channel: Channel, upload: Upload, named: Mapping[str, Any]) -> Attachment:
    if len(upload.content) > world.limits.largest_file:
        raise ApiError(413, 40005, "Request entity too large")
    description = str(named.get("description") or "")
    filename = str(named.get("filename") or upload.filename)
    return world.store(filename, upload.content, upload.kind, channel, description=description)
