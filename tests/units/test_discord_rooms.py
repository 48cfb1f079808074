"""Channels of a server."""

from __future__ import annotations

import discord
import pytest
from discord_payloads import CHANNEL, GUILD, ME, client, user

from adapters.discord.places import room
from adapters.discord.rooms import added, among, lacking, others_read, removed

VIEW, SEND, HISTORY, MARKS, FILES = 1 << 10, 1 << 11, 1 << 16, 1 << 6, 1 << 15
ALL = VIEW | SEND | HISTORY | MARKS | FILES


def guild(*channels: tuple[int, int], members: int = 3, system: int | None = None) -> discord.Guild:
    """A server whose channels deny what they are given beside their id."""
    state = client()._connection
    found = [
        {
            "id": str(number),
            "type": 0,
            "name": f"c{number}",
            "position": place,
            "permission_overwrites": [{"id": str(GUILD), "type": 0, "allow": "0", "deny": str(denied)}],
        }
        for place, (number, denied) in enumerate(channels)
    ]
    everyone = {"id": str(GUILD), "name": "@everyone", "permissions": str(ALL)}
    itself = {"user": user(ME, "rituals", bot=True), "roles": [], "flags": 0, "joined_at": "2026-03-02T08:00:00+00:00"}
    payload = {
        "id": str(GUILD),
        "name": "Us",
        "roles": [everyone],
        "channels": found,
        "members": [itself],
        "member_count": members,
        "system_channel_id": system and str(system),
    }
    return state._add_guild_from_data(payload)  # type: ignore[arg-type]


def test_hello_is_said_where_the_server_greets() -> None:
    """In the channel for greetings; else in the first one where the bot may write."""
    greeted = added(guild((1, 0), (2, 0), system=2))
    first = added(guild((1, VIEW), (2, SEND), (3, 0), system=2))

    assert greeted is not None
    assert greeted.place == room(2)
    assert first is not None
    assert first.place == room(3)
    assert first.person.user == ""


def test_nowhere_to_write() -> None:
    """Then nothing is said."""
    assert added(guild((1, SEND), (2, VIEW))) is None


@pytest.mark.parametrize(("members", "others"), [(2, False), (3, False), (4, True), (900, True)])
def test_who_else_reads(members: int, others: bool) -> None:
    """Without a list of the members, whoever is on the server counts."""
    found = guild((1, 0), members=members)

    assert others_read(found.text_channels[0]) is others
    assert getattr(added(found), "others_read", None) is others


def test_what_the_bot_lacks() -> None:
    """Each right that it can be without has its phrase."""
    channels = guild((1, 0), (2, MARKS | HISTORY), (3, SEND)).text_channels
    has = [channel.permissions_for(channel.guild.me) for channel in channels]

    assert lacking(has[0]) == []
    assert lacking(has[1]) == ["discord-right-history", "discord-right-marks"]
    assert "discord-right-write" in lacking(has[2])
    assert "discord-right-write" not in lacking(discord.Permissions.all(), in_thread=True)


def test_which_channels_are_rooms() -> None:
    """Of a server's channels those that couples share; what no channel can be called is none."""
    found = guild((1, 0), (2, 0), (3, 0))

    assert [channel.id for channel in among(found, ["3", "1", "77", "nonsense"])] == [3, 1]


def test_a_removal_is_told_once_each_time() -> None:
    """Somebody may put the bot out twice."""
    first, second = removed(CHANNEL), removed(CHANNEL)

    assert first.place == room(CHANNEL)
    assert first.id != second.id
