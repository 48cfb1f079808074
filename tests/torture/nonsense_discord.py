"""Well-formed events of Discord's gateway, as far as Discord's own description has what is in them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from discord_server.official import DESCRIPTION
from nonsense import OF_EACH, SECRET, Nonsense

Shape = dict[str, Any]
Event = tuple[str, Any]

ME, ANN, BEN, GUILD, CHANNEL, DIRECT = 900, 101, 102, 500, 600, 700
MOMENT = "2026-03-02T08:00:00+00:00"
LATE = 1_480_000_000_000_000_000
"""A number that Discord gave away in 2026, as its moment is in it."""

LIKELY = frozenset({"mentions", "attachments", "referenced_message", "message_reference", "nick", "global_name"})
"""Fields that the bot reads although they may be left out."""

ALWAYS = frozenset({"bitrate", "user_limit", "parent_id", "user"})
"""Fields that the gateway tells wherever there are such, although the API may leave them out."""

WORDS = (f"{SECRET} and so on", f"<@{ME}> {SECRET}", f"/start {SECRET}", "start join-1", "<:smile:1>", "", "image/png")
TOKENS = ("write-1", "scale-1-2", "form:write-1", "share-2-all", "mine-3~1", f"form:{SECRET}", "unknown-0")


@dataclass(frozen=True, slots=True)
class Pool:
    """The people, the channels and the messages that events are about."""

    people: Sequence[int] = (ANN, BEN, ME)
    channels: Sequence[int] = (CHANNEL, 601, DIRECT)
    guilds: Sequence[int] = (GUILD, 501)
    messages: Sequence[int] = (LATE, LATE + 1, 800)
    tokens: Sequence[str] = TOKENS
    me: int = ME


@dataclass(slots=True)
class Shapes:
    """Draws well-formed events; needs Discord's description."""

    chance: random.Random
    pool: Pool = field(default_factory=Pool)
    described: Shape = field(default_factory=lambda: schemas())

    @staticmethod
    def are_here() -> bool:
        return DESCRIPTION.exists()

    def spoilt(self, nonsense: Nonsense, count: int) -> Iterator[Event]:
        """So many events with something wrong in what they tell."""
        for _ in range(count // OF_EACH):
            kind, told = self.event()
            yield from ((kind, nonsense.of(told)) for _ in range(OF_EACH))

    def event(self) -> Event:
        """An event's name and what it tells."""
        kinds: Sequence[tuple[int, Callable[[], Event]]] = (
            (30, self._message),
            (30, self._interaction),
            (8, self._deletion),
            (8, self._channel),
            (5, self._guild),
            (5, self._member),
            (4, self._other),
        )
        return self.chance.choices([one for _, one in kinds], [weight for weight, _ in kinds])[0]()

    def _message(self) -> Event:
        told = self.of("MessageResponse")
        if self.chance.random() < 0.5:
            about = self.of("MessageResponse") | {"author": self.user(self.pool.me)}
            told |= {"type": 19, "referenced_message": about, "mentions": [self.user(self.pool.me)]}
            told["message_reference"] = {"message_id": about["id"], "channel_id": told["channel_id"]}
        return self.chance.choice(("MESSAGE_CREATE",) * 3 + ("MESSAGE_UPDATE",)), told | self._where()

    def _where(self) -> Shape:
        """In a server, or in the direct messages."""
        if self.chance.random() < 0.5:
            return {"channel_id": str(DIRECT)}
        return {"guild_id": self._one(self.pool.guilds), "member": self.of("GuildMemberResponse")}

    def _interaction(self) -> Event:
        kind = self.chance.choice((2, 3, 3, 4, 5))
        told = {
            "id": str(LATE + self.chance.randrange(10**9)),
            "application_id": "901",
            "type": kind,
            "token": "t",
            "version": 1,
            "locale": self.chance.choice(("en-GB", "de", "fr")),
            "attachment_size_limit": 1,
            "app_permissions": "0",
            "data": self._given(kind),
        }
        if self.chance.random() < 0.4:
            told |= {"channel": {"id": str(DIRECT), "type": 1, "recipients": [self.user()]}, "user": self.user()}
        else:
            told |= {"guild_id": self._one(self.pool.guilds), "channel": self.of("GuildChannelResponse")}
            told["member"] = self.of("GuildMemberResponse") | {"user": self.user(), "permissions": "0"}
        if kind == 3 or self.chance.random() < 0.3:
            told["message"] = self.of("MessageResponse") | {"author": self.user(self.pool.me)}
        return "INTERACTION_CREATE", told

    def _given(self, kind: int) -> Shape:
        token = self.chance.choice(self.pool.tokens)
        if kind == 3:
            return {"custom_id": token, "component_type": self.chance.choice((2, 3))}
        if kind == 5:
            written = {"type": 4, "custom_id": "words", "value": self.chance.choice(WORDS)}
            chosen = {"type": 3, "custom_id": "how", "values": ["1"]}
            rows = [{"type": 18, "component": written}, {"type": 1, "components": [written]}]
            return {"custom_id": token, "components": [*rows, {"type": 18, "component": chosen}]}
        name = self.chance.choice(("start", "today", "timezone", "mine", SECRET))
        option = {"name": "words", "type": 3, "value": self.chance.choice(WORDS), "focused": kind == 4}
        return {"id": "1", "name": name, "type": 1, "options": [option]}

    def _deletion(self) -> Event:
        where = {"channel_id": self._one(self.pool.channels), "guild_id": self._one(self.pool.guilds)}
        if self.chance.random() < 0.2:
            del where["guild_id"]
        if self.chance.random() < 0.5:
            return "MESSAGE_DELETE", {"id": self._one(self.pool.messages)} | where
        return "MESSAGE_DELETE_BULK", {"ids": [self._one(self.pool.messages) for _ in range(3)]} | where

    def _channel(self) -> Event:
        kind = self.chance.choice(("CREATE", "UPDATE", "DELETE"))
        if self.chance.random() < 0.5:
            return f"THREAD_{kind}", self.of("ThreadResponse") | {"newly_created": True}
        return f"CHANNEL_{kind}", self.of("GuildChannelResponse")

    def _guild(self) -> Event:
        told = self.of("GuildResponse") | {"unavailable": self.chance.random() < 0.3, "member_count": 3}
        told["channels"] = [self.of("GuildChannelResponse") for _ in range(2)]
        told["threads"] = [self.of("ThreadResponse")]
        told["members"] = [self.of("GuildMemberResponse")]
        return self.chance.choice(("GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE")), told

    def _member(self) -> Event:
        kind = self.chance.choice(("MEMBER_ADD", "MEMBER_UPDATE", "MEMBER_REMOVE", "ROLE_CREATE", "ROLE_UPDATE"))
        told = {"guild_id": self._one(self.pool.guilds), "role": self.of("GuildRoleResponse"), "user": self.user()}
        return f"GUILD_{kind}", told | self.of("GuildMemberResponse")

    def _other(self) -> Event:
        kinds = ("TYPING_START", "MESSAGE_REACTION_ADD", "CHANNEL_PINS_UPDATE", "PRESENCE_UPDATE", "THREAD_LIST_SYNC")
        more = {"emoji": {"id": None, "name": "x"}, "threads": [self.of("ThreadResponse")], "members": []}
        return self.chance.choice((*kinds, SECRET)), self._where() | {"user_id": str(ANN), "message_id": "1", **more}

    def user(self, number: int = 0) -> Shape:
        """Somebody; the one with this number."""
        return self.of("UserResponse") | {"id": str(number) if number else self._one(self.pool.people)}

    def _one(self, numbers: Sequence[int]) -> str:
        return str(self.chance.choice(numbers))

    def of(self, name: str) -> Shape:
        """A thing that has a name in the description."""
        return dict(self._drawn(self.described[name], name, 0))

    def _drawn(self, schema: Shape, name: str, depth: int) -> Any:
        if "$ref" in schema:
            return self._drawn(self.described[schema["$ref"].rpartition("/")[2]], name, depth)
        ways = schema.get("oneOf") or schema.get("anyOf")
        if ways:
            nothing = [one for one in ways if one.get("type") == "null"]
            return None if nothing and depth > 2 else self._drawn(self.chance.choice(ways), name, depth)
        if "const" in schema or "enum" in schema:
            return self.chance.choice(schema.get("enum") or [schema["const"]])
        told = schema.get("type", "null")
        kind = self.chance.choice(told) if isinstance(told, list) else told
        return self._of_kind(kind, schema, name, depth)

    def _of_kind(self, kind: str, schema: Shape, name: str, depth: int) -> Any:
        match kind:
            case "object":
                needed = schema.get("required", ())
                told = schema.get("properties", {}).items()
                wanted = [(one, way) for one, way in told if one in needed or self._is_told(one, depth)]
                return {one: self._drawn(way, one, depth + 1) for one, way in wanted}
            case "array":
                count = self.chance.choice((0, 1)) if depth < 4 else 0
                return [self._drawn(schema["items"], name, depth + 1) for _ in range(count)]
            case "string":
                return self._text(schema, name)
            case "integer":
                return self.chance.choice((0, 1, 64, 8192))
            case "number":
                return self.chance.random() * 60
            case "boolean":
                return self.chance.random() < 0.1
            case _:
                return None

    def _is_told(self, name: str, depth: int) -> bool:
        if name in ALWAYS:
            return True
        return depth < 3 and self.chance.random() < (0.4 if name in LIKELY else 0.05)

    def _text(self, schema: Shape, name: str) -> str:
        match schema.get("format"):
            case "snowflake":
                numbers = {
                    "channel_id": self.pool.channels,
                    "guild_id": self.pool.guilds,
                    "parent_id": self.pool.channels,
                }
                everything = (*self.pool.messages, *self.pool.people, *self.pool.channels)
                return self._one(numbers.get(name, everything))
            case "date-time":
                return MOMENT
            case _:
                return "0" if name == "permissions" else self.chance.choice(WORDS)


@cache  # The file has more than a megabyte.
def schemas() -> Shape:
    return dict(json.loads(DESCRIPTION.read_text(encoding="utf-8"))["components"]["schemas"])
