"""Telegram's HTML, read into plain words and spans."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from telegram_server.errors import ApiError, bad_request
from telegram_server.texts import units

STYLES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
PIECE = re.compile(
    r"<(?P<tag>[^>]*)>|<(?P<open>)|(?P<escaped>&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)|(?P<plain>[^<&]+|&)"
)
ATTRIBUTE = re.compile(r"""([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""")


@dataclass(slots=True)
class Opened:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int


@dataclass(slots=True)
class HtmlReading:
    """One text being read."""

    source: str
    plain: str = ""
    opened: list[Opened] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> None:
        """Read it all, or say where it is not what Telegram takes."""
        for piece in PIECE.finditer(self.source):
            self._take(piece)
        if self.opened:
            raise unreadable(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].name}"')

    def _take(self, piece: re.Match[str]) -> None:
        match piece.lastgroup:
            case "tag" if piece["tag"].startswith("/"):
                self._end(piece["tag"][1:].strip().lower(), self._byte(piece))
            case "tag":
                self._start(piece["tag"], self._byte(piece))
            case "open":
                raise unreadable(f"Unclosed start tag at byte offset {self._byte(piece)}")
            case _:
                self.plain += html.unescape(piece[0]) if piece.lastgroup == "escaped" else piece[0]

    def _byte(self, piece: re.Match[str]) -> int:
        return len(self.source[: piece.start()].encode())

    def _start(self, tag: str, at: int) -> None:
        name, _, rest = tag.strip().partition(" ")
        name = name.lower()
        attributes = {one[1].lower(): one[2] or one[3] or one[4] or "" for one in ATTRIBUTE.finditer(rest)}
        if name not in STYLES:
            raise unreadable(f'Unsupported start tag "{name}" at byte offset {at}')
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.opened.append(Opened(name, attributes, units(self.plain)))

    def _end(self, name: str, at: int) -> None:
        if not self.opened:
            raise unreadable(f"Unexpected end tag at byte offset {at}")
        opened = self.opened.pop()
        if name and name != opened.name:
            raise unreadable(f'Unmatched end tag at byte offset {at}, expected "</{opened.name}>", found "</{name}>"')
        length = units(self.plain) - opened.offset
        if length:
            self._style(opened, {"offset": opened.offset, "length": length})

    def _style(self, opened: Opened, span: dict[str, int]) -> None:
        entity: dict[str, Any] = {"type": STYLES[opened.name], **span}
        told = opened.attributes
        if opened.name == "a" and not _linked(entity, html.unescape(told.get("href", ""))):
            return
        if opened.name == "code" and self.opened and self.opened[-1].name == "pre":
            self.opened[-1].attributes |= {"language": told.get("class", "").removeprefix("language-")}
            return
        if opened.name == "blockquote" and "expandable" in told:
            entity["type"] = "expandable_blockquote"
        if opened.name == "tg-emoji":
            entity["custom_emoji_id"] = told.get("emoji-id", "")
        if told.get("language"):
            entity["language"] = told["language"]
        self.entities.append(entity)


def _linked(entity: dict[str, Any], target: str) -> bool:
    """Fill in where a link leads; Telegram shows one that leads nowhere as plain words."""
    if target.startswith("tg://user?id="):
        entity |= {"type": "text_mention", "user": target.removeprefix("tg://user?id=")}
        return True
    entity["url"] = target
    return re.match(r"(https?|tg|ton|mailto|tel):", target) is not None


def unreadable(words: str) -> ApiError:
    """The markup is not what Telegram takes."""
    return bad_request(f"can't parse entities: {words}")


def read_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain words and the spans over them."""
    reading = HtmlReading(source)
    reading.read()
    return reading.plain, reading.entities
