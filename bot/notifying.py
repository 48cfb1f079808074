"""Tells systemd how the program stands, where systemd asks for it (sd_notify(3))."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping

READY, STOPPING, ALIVE = "READY=1", "STOPPING=1", "WATCHDOG=1"

logger = logging.getLogger(__name__)


def notify(state: str, environment: Mapping[str, str] = os.environ) -> None:
    """Send one line to whoever started the program, if they listen."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        # The abstract namespace (unix(7)).
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            # Whoever listens may not read; that must hold up nobody.
            line.setblocking(False)
            line.sendto(state.encode(), address)
    except OSError as problem:
        logger.warning("systemd could not be told %s (%s)", state, problem.strerror, extra={"action": "not_notified"})


def watchdog_seconds(environment: Mapping[str, str] = os.environ, pid: int | None = None) -> int:
    """How many seconds may lie between two signs of life at most; 0 where nobody waits for any."""
    meant_for = environment.get("WATCHDOG_PID", "")
    if meant_for and int(meant_for) != (pid or os.getpid()):
        return 0
    return int(environment.get("WATCHDOG_USEC", "0")) // 1_000_000
