"""What the doctor looks at beside the database: the disk, the copies, the port on this machine."""

from __future__ import annotations

import os
import shutil
import socket
from datetime import date, timedelta
from pathlib import Path

from bot.backups import nightly_copies
from bot.config import Backup, Config, Health
from bot.findings import Finding, fine, look, wrong

LITTLE_ROOM = 200 * 1024 * 1024
TOO_LITTLE_ROOM = 20 * 1024 * 1024
COPY_AT_LEAST_EVERY = timedelta(days=2)


def look_around(config: Config, today: date, *, running: bool) -> list[Finding]:
    """Every finding about this machine, in the order in which one would mend them."""
    found = [_room_on_disk(config.database)]
    if config.backup is not None:
        found.append(_copies(config.backup, today, running=running))
    if config.health is not None and not running:
        found.append(_port(config.health))
    return found


def _room_on_disk(database: Path) -> Finding:
    folder = next(folder for folder in database.resolve().parents if folder.is_dir())
    free = shutil.disk_usage(folder).free
    said = f"disk: {free // (1024 * 1024):,} MB free at {folder}"
    if not os.access(folder, os.W_OK):
        return wrong(f"disk: {folder} cannot be written", "Check who owns it, or set database to another place.")
    if free < TOO_LITTLE_ROOM:
        return wrong(said, "Make room: without it nothing that is written can be kept.")
    return look(said, "Make room before it runs out.") if free < LITTLE_ROOM else fine(said)


def _copies(wanted: Backup, today: date, *, running: bool) -> Finding:
    """Whether a copy can be written there; of a bot at work, whether the newest is a fresh one."""
    above = next(folder for folder in (wanted.folder, *wanted.folder.resolve().parents) if folder.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        cure = "Check who owns it, or set folder in [backup] to another place."
        return wrong(f"backup: {wanted.folder} cannot be written", cure)
    if shutil.disk_usage(above).free < TOO_LITTLE_ROOM:
        return wrong(f"backup: no room for a copy at {wanted.folder}", "Make room, or set folder to another place.")
    copies = nightly_copies(wanted.folder)
    if not copies:
        return fine(f"backup: {wanted.folder} can be written; there is no copy yet")
    newest, day = copies[-1]
    if running and today - day > COPY_AT_LEAST_EVERY:
        return look(f"backup: the newest copy is {newest}, of {day}", "Look into the log for why there is none since.")
    return fine(f"backup: the newest copy is {newest}")


def _port(health: Health) -> Finding:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            line.bind(("127.0.0.1", health.port))
    except OSError as problem:
        cure = "Stop what uses it, or give [health] another port, or 0 for none."
        return wrong(f"health: port {health.port} is not to be had ({problem.strerror})", cure)
    return fine(f"health: port {health.port} is free")
