"""What people write, change, mark and take away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discord_server.channels import Thread
from discord_server.mentions import Allowed, for_everyone, mentioned
from discord_server.messages import DEFAULT, REPLY, SILENT, VOICE, Attachment, Message
from discord_server.permissions import Permission, permissions_in

if TYPE_CHECKING:
    from discord_server.channels import Channel
    from discord_server.people import User

LONGEST = 2000


def writes(
    user: User,
    channel: Channel,
    text: str,
    *,
    reply_to: Message | None,
    pings: bool,
    silent: bool = False,
    files: Sequence[Attachment] = (),
    flags: int = 0,
) -> Message:
    """A person posts a message."""
    assert text or files, "there is nothing to send"
    assert len(text) <= LONGEST, f"a person writes at most {LONGEST} characters at once"
    assert may_write(user, channel), f"{user.name} may not write in {channel}"
    if reply_to is not None:
        assert reply_to in channel.seen_by(user), f"{user.name} does not see {reply_to} in {channel}"
        assert reply_to.only_for is None, "nobody can reply to what one person alone sees"
    if isinstance(channel, Thread) and channel.archived:
        channel.wakes()
    allowed = Allowed(replied=pings)
    return user.world.make_message(
        channel,
        user,
        content=text,
        kind=DEFAULT if reply_to is None else REPLY,
        flags=flags | (SILENT if silent else 0),
        reply_to=reply_to,
        attachments=list(files),
        mentions=mentioned(text, channel, allowed, reply_to),
        mentions_everyone=for_everyone(text, user, channel, allowed),
    )


def speaks(user: User, channel: Channel, seconds: float, *, reply_to: Message | None, pings: bool) -> Message:
    """A person posts a voice message, which has no words."""
    told = {"duration_secs": float(seconds), "waveform": "AAAA"}
    file = user.world.store("voice-message.ogg", b"OggS" + bytes(9000), "audio/ogg", channel, **told)
    return writes(user, channel, "", reply_to=reply_to, pings=pings, files=[file], flags=VOICE)


def edits(user: User, message: Message, text: str) -> None:
    """A person changes an own message; what it mentions is read again, and rings nobody."""
    assert message.author is user, f"{message} is not {user.name}'s"
    assert not message.gone, f"{message} is gone"
    replied = message.reply_to if message.reply_to and message.reply_to.author in message.mentions else None
    mentions = mentioned(text, message.channel, Allowed(replied=replied is not None), replied)
    user.world.change(message, content=text, mentions=mentions)


def deletes(user: User, message: Message) -> None:
    """A person takes a message away."""
    may = Permission.MANAGE_MESSAGES in permissions_in(user, message.channel) and message.channel.guild is not None
    assert message.author is user or may, f"{user.name} may not delete {message}"
    assert message.only_for is None, "what one person alone sees can only be dismissed"
    user.world.take_away(message, user)


def marks(user: User, message: Message, emoji: str) -> None:
    """A person puts a mark on a message."""
    assert message in message.channel.seen_by(user), f"{user.name} does not see {message}"
    assert message.only_for is None, "nobody can mark what one person alone sees"
    user.world.mark(message, user, emoji)


def may_write(user: User, channel: Channel) -> bool:
    """Whether a person may write there."""
    rights = permissions_in(user, channel)
    if channel.guild is None:
        return bool(rights)
    return (Permission.SEND_MESSAGES_IN_THREADS if channel.is_thread else Permission.SEND_MESSAGES) in rights
