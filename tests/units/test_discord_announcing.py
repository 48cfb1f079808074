"""Which commands Discord lists."""

from __future__ import annotations

import copy
import re

from adapters.discord.announcing import are_as_wanted, wanted_command
from bot.commands import COMMANDS
from bot.turn import Repertoire


def test_every_command_fits(known: Repertoire) -> None:
    """Names and descriptions are as Discord takes them, and there are no more than it takes."""
    wanted = [wanted_command(command, known.words) for command in COMMANDS]

    assert len(wanted) == len({one["name"] for one in wanted}) <= 100
    assert all(re.fullmatch(r"[a-z0-9_-]{1,32}", one["name"]) for one in wanted)
    assert all(1 <= len(one["description"]) <= 100 for one in wanted)
    assert all(one["description_localizations"]["en-GB"] == one["description"] for one in wanted)


def test_words_may_follow_where_they_mean_something(known: Repertoire) -> None:
    """They are completed while they are typed, and none are demanded."""
    options = {command.name: wanted_command(command, known.words)["options"] for command in COMMANDS}

    assert options["help"] == []
    assert options["timezone"][0]["autocomplete"]
    assert not options["timezone"][0].get("required")


def test_only_what_is_new_is_registered(known: Repertoire) -> None:
    """What Discord adds is no difference; a word, an option, a command more or less is one."""
    wanted = [wanted_command(command, known.words) for command in COMMANDS]
    found = [{"id": "1", "version": "2", "nsfw": False, **copy.deepcopy(one)} for one in wanted]
    for one in found:
        if not one["options"]:
            del one["options"]
    renamed, shorter, bare = copy.deepcopy(found), found[1:], copy.deepcopy(found)
    renamed[0]["description"] = "Another"
    next(one for one in bare if one["name"] == "timezone")["options"] = None

    assert are_as_wanted(found, wanted)
    assert are_as_wanted(found[::-1], wanted)
    assert not are_as_wanted(renamed, wanted)
    assert not are_as_wanted(shorter, wanted)
    assert not are_as_wanted(bare, wanted)
    assert not are_as_wanted([*found, {"name": "old"}], wanted)
    assert not are_as_wanted([], wanted)
