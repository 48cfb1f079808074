"""What keeps the bot running elsewhere fits the program and fits together."""

from __future__ import annotations

import argparse
import configparser
import re
import tomllib
from pathlib import Path

import pytest

from bot.cli import _parser

TOP = Path(__file__).parents[2]
DOCKERFILE = (TOP / "deploy" / "Dockerfile").read_text()
COMPOSE = (TOP / "deploy" / "compose.yaml").read_text()
PAGE = (TOP / "docs" / "running.md").read_text()


def unit() -> dict[str, str]:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[method-assign, assignment]
    read.read(TOP / "deploy" / "couple-rituals.service")
    return dict(read["Service"])


def commands() -> set[str]:
    (found,) = (one for one in _parser()._actions if isinstance(one, argparse._SubParsersAction))
    return set(found.choices)


def test_what_systemd_is_told() -> None:
    """It waits for READY, watches, gives it more than the ten seconds that it takes to stop, and shuts it in."""
    service = unit()

    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) >= 30
    assert int(service["TimeoutStopSec"]) > 10
    assert service["User"] != "root"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert service["UMask"] == "0077"
    assert service["ExecStart"].startswith("/opt/couple-rituals/.venv/bin/couple-rituals run --config /")


def test_the_image_is_nobodys_but_its_own() -> None:
    """Not root, pinned by hashes, and all that it writes is in the volume that the compose file gives it."""
    volume = re.search(r"^VOLUME (\S+)$", DOCKERFILE, re.MULTILINE)

    assert volume is not None
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert f"data:{volume[1]}" in COMPOSE
    assert f"--config {volume[1]}/config.toml" in PAGE
    for rule in ("read_only: true", "no-new-privileges:true", "- ALL", "stop_grace_period: 15s"):
        assert rule in COMPOSE


def test_the_image_asks_at_the_port_that_it_opens() -> None:
    """The variable and the health check name one port."""
    ports = re.findall(r"COUPLE_RITUALS_HEALTH_PORT=(\d+)", DOCKERFILE) + re.findall(r"127.0.0.1:(\d+)/", DOCKERFILE)

    assert len(ports) == 2
    assert len(set(ports)) == 1
    assert f"it is {ports[0]}" in PAGE


def test_what_the_image_is_made_of_is_sent_along() -> None:
    """Whatever is copied into it is let through, and what the package needs to be built is copied."""
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    let_through = set(re.findall(r"^!(\S+)$", (TOP / ".dockerignore").read_text(), re.MULTILINE))
    project = tomllib.loads((TOP / "pyproject.toml").read_text())
    needed = {project["project"]["readme"], *project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]}

    assert copied == let_through
    assert needed <= copied
    assert all((TOP / name).exists() for name in copied)


@pytest.mark.parametrize("named", sorted(set(re.findall(r"couple-rituals(?: bot)? ([a-z]+)\b(?= |`|\n)", PAGE))))
def test_every_command_on_the_page_is_there(named: str) -> None:
    """A host who copies a line gets what it says."""
    assert named in commands() | {"is"}
