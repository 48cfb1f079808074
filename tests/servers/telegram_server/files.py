"""Pictures, voices and documents."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a request carries it."""

    name: str
    mime_type: str
    content: bytes


@dataclass(slots=True, eq=False)
class StoredFile:
    """A file on the server; each bot knows it by another id."""

    number: int
    kind: str
    content: bytes
    path: str
    name: str = ""
    mime_type: str = ""
    extra: dict[str, int] = field(default_factory=dict)

    def id_for(self, bot: int) -> str:
        """The file's id as this bot may use it."""
        return f"{self.kind}_{bot}_{self.number}"

    def shape(self, bot: int) -> dict[str, Any]:
        """The file as a message carries it."""
        known = {"file_name": self.name} if self.name and self.kind == "document" else {}
        kind = {"mime_type": self.mime_type} if self.mime_type and self.kind != "photo" else {}
        return self.extra | known | kind | self.identity(bot)

    def identity(self, bot: int) -> dict[str, Any]:
        """What every file says of itself."""
        identity = {"file_id": self.id_for(bot), "file_unique_id": f"u{self.number}"}
        return identity | {"file_size": len(self.content)}


@dataclass(slots=True, eq=False)
class Media:
    """What a message shows above its caption."""

    kind: str
    files: tuple[StoredFile, ...]

    def shape(self, bot: int) -> dict[str, Any]:
        """The field of the message, a photo in all its sizes."""
        if self.kind == "photo":
            return {"photo": [one.shape(bot) for one in self.files]}
        return {self.kind: self.files[0].shape(bot)}


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture, or nothing when these bytes are none that Telegram takes."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:3] == b"\xff\xd8\xff" or content[:4] in (b"GIF8", b"RIFF"):
        return 800, 600
    return None
