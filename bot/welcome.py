"""Whom this bot serves: the host's own decision."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Literal

Couples = Literal["ask-host", "open"] | int
"""The host is asked about each chat, anybody may come, or at most so many couples."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the host has set: the name that couples read, and the code in the link by which a bot knows its host."""

    couples: Couples = "open"
    host: str = ""
    host_code: str = field(default="", repr=False)

    def is_code(self, told: str) -> bool:
        """Whether someone knows the host's code."""
        return bool(self.host_code) and hmac.compare_digest(self.host_code.encode(), told.encode())
