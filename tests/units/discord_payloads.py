"""What Discord's gateway and API tell, as small as the library takes it."""

from __future__ import annotations

from typing import Any

import discord

from adapters.discord.client import Client

ME, ANN, BEN = 900, 101, 102
GUILD, CHANNEL, DIRECT, POST = 500, 600, 700, 800

Payload = dict[str, Any]


def user(number: int, name: str, *, bot: bool = False) -> Payload:
    return {"id": str(number), "username": name, "discriminator": "0", "avatar": None, "bot": bot}


def client(*, members: int = 3) -> Client:
    """A client that knows itself, a server with a channel, and how many are on it."""
    found = Client()
    state = found._connection
    state.user = discord.ClientUser(state=state, data=user(ME, "rituals", bot=True))  # type: ignore[arg-type]
    channel = {"id": str(CHANNEL), "type": 0, "name": "us", "position": 0}
    everyone = {"id": str(GUILD), "name": "@everyone"}
    guild = {"id": str(GUILD), "name": "Us", "roles": [everyone], "channels": [channel], "member_count": members}
    state._add_guild_from_data(guild)  # type: ignore[arg-type]
    return found


def interaction(kind: int, given: Payload, *, private: bool = False, behind: int | None = None) -> Any:
    """One interaction; *behind* are the flags of the message that it was begun from."""
    who = user(ANN, "Ann")
    payload: Payload = {
        "id": str((1_700_000_000_000 - 1_420_070_400_000) << 22),
        "application_id": "901",
        "type": kind,
        "token": "t",
        "version": 1,
        "locale": "en-GB",
        "attachment_size_limit": 1,
        "data": given,
    }
    if private:
        payload |= {"channel": {"id": str(DIRECT), "type": 1, "recipients": [who]}, "user": who}
    else:
        member = {"user": who, "roles": [], "flags": 0, "nick": "Annie"}
        payload |= {"guild_id": str(GUILD), "channel": {"id": str(CHANNEL), "type": 0}, "member": member}
    if behind is not None:
        payload["message"] = message(author=user(ME, "rituals", bot=True), number=POST, flags=behind)
    return discord.Interaction(data=payload, state=client()._connection)  # type: ignore[arg-type]


def message(
    words: str = "", *, author: Payload | None = None, number: int = 801, flags: int = 0, **more: Any
) -> Payload:
    return {
        "id": str(number),
        "channel_id": str(CHANNEL),
        "author": author or user(ANN, "Ann"),
        "content": words,
        "type": 0,
        "timestamp": "2026-03-02T08:00:00+00:00",
        "edited_timestamp": None,
        "flags": flags,
        "components": [],
        "attachments": [],
        "embeds": [],
        "mentions": [],
        **more,
    }


def told(payload: Payload, *, private: bool = False) -> discord.Message:
    """A message as the library hands it over."""
    state = client()._connection
    channel: Any = discord.DMChannel._from_message(state, DIRECT)
    if not private:
        server = state._get_guild(GUILD)
        assert server is not None
        channel = server.get_channel(CHANNEL)
    return discord.Message(state=state, channel=channel, data=payload)  # type: ignore[arg-type]


def reply(words: str, *, to: int = ME, pings: bool = True, **more: Any) -> Payload:
    """A reply to a message of *to*'s; without the ping Discord does not tell the words."""
    about = message(author=user(to, "rituals", bot=to == ME), number=POST)
    mentioned = [user(ME, "rituals", bot=True)] if pings else []
    reference = {"message_id": str(POST), "channel_id": str(CHANNEL)}
    return message(words, type=19, message_reference=reference, referenced_message=about, mentions=mentioned, **more)
