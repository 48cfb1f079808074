"""Keeps the times that the two set among the events of their server, where only they are and the bot may plan any."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import discord

from adapters.discord.census import Census
from adapters.discord.client import Client
from bot.posts import Appointment, InRoom, MessageRef

ELSEWHERE, FOR_THE_SERVER, STILL_AHEAD = 3, 2, 1
"""Kinds, privacy and state of an event (developers/resources/guild-scheduled-event)."""

HERE = "https://discord.com/channels"
"""What the address of a message begins with; it fits the hundred characters of a place."""

Event = Mapping[str, Any]
"""Something that is planned, as the API tells it."""

logger = logging.getLogger(__name__)


class Planner:
    """Plans, moves and calls off; each post with a time has one event, which names the post as its place.

    So the event of a post is found again after a restart, and where an answer was lost, without keeping anything.
    """

    def __init__(self, client: Client, census: Census) -> None:
        self._client = client
        self._http = client.http
        self._census = census

    @property
    def _me(self) -> int:
        return self._client.user.id if self._client.user else 0

    async def plan(self, appointment: Appointment, post: MessageRef) -> None:
        """Have the server's events say what a post says; where that is not for us to do, nothing happens."""
        guild = self._guild_of(post)
        if guild is None or not self._may_plan(guild) or await self._census.others_read(guild.id):
            return
        try:
            await self._settle(appointment, guild.id, f"{HERE}/{guild.id}/{_chat_of(post)}/{post.message}")
        except discord.HTTPException as refused:
            if refused.status >= 500 or refused.status == 429:
                raise
            # The moment is too near, there are a hundred events, or the right was just taken away: the file remains.
            logger.info(
                "discord: an event is left out (%d, code %d)", refused.status, refused.code,
                extra={"action": "event_left_out"},
            )  # fmt: skip

    def _may_plan(self, guild: discord.Guild) -> bool:
        """Whether it has the right, which it does not ask for when it is added."""
        me = guild.get_member(self._me)
        return me is not None and me.guild_permissions.create_events

    def _guild_of(self, post: MessageRef) -> discord.Guild | None:
        chat = _chat_of(post)
        return getattr(self._client.get_channel(int(chat)), "guild", None) if chat else None

    async def _settle(self, appointment: Appointment, guild: int, place: str) -> None:
        wanted = None if appointment.is_off else _event(appointment, place)
        found = await self._events(guild, place)
        if wanted is not None and not found:
            await self._http.create_guild_scheduled_event(guild, **wanted)
            # The library asks again by itself where a machine in between answers that it failed, though it was done.
            found = await self._events(guild, place)
        elif wanted is not None and not _says(found[0], wanted):
            changed = {key: wanted[key] for key in ("name", "scheduled_start_time", "scheduled_end_time")}
            await self._http.edit_scheduled_event(guild, found[0]["id"], **changed)
        for event in found if wanted is None else found[1:]:
            await self._call_off(guild, event)

    async def _events(self, guild: int, place: str) -> list[Event]:
        """Our events at a place that have not begun."""
        told: list[Any] = await self._http.get_scheduled_events(guild, with_user_count=False)
        return [
            one
            for one in told
            if one["creator_id"] == str(self._me)
            and one["status"] == STILL_AHEAD
            and (one["entity_metadata"] or {}).get("location") == place
        ]

    async def _call_off(self, guild: int, event: Event) -> None:
        try:
            await self._http.delete_scheduled_event(guild, event["id"])
        except discord.NotFound:
            logger.debug("discord: an event was gone already")


def _chat_of(post: MessageRef) -> str:
    """The channel that a post stands in; nothing in direct messages, which have no events."""
    return post.place.chat if isinstance(post.place, InRoom) else ""


def _event(appointment: Appointment, place: str) -> dict[str, Any]:
    return {
        "name": appointment.title,
        "scheduled_start_time": _written(appointment.begins),
        "scheduled_end_time": _written(appointment.ends),
        "entity_type": ELSEWHERE,
        "privacy_level": FOR_THE_SERVER,
        "entity_metadata": {"location": place},
    }


def _says(event: Event, wanted: Event) -> bool:
    """Whether an event says what it should."""
    times = ("scheduled_start_time", "scheduled_end_time")
    same_times = all(discord.utils.parse_time(event[key]) == discord.utils.parse_time(wanted[key]) for key in times)
    return same_times and event["name"] == wanted["name"]


def _written(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()
