"""Polls: posting one, voting, closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram_server.calls import Call, Method
from telegram_server.errors import bad_request
from telegram_server.sending import posted
from telegram_server.targets import chat_of, own_message

if TYPE_CHECKING:
    from telegram_server.messages import Message
    from telegram_server.people import User
    from telegram_server.world import World

Told = dict[str, Any]
MOST_OPTIONS = 12


def send_poll(world: World, call: Call) -> Told:
    """Post a poll."""
    chat = chat_of(world, call)
    question, options = call.text("question"), call.shape("options") or []
    if not 1 <= len(question) <= 300:
        raise bad_request("poll question must be non-empty and of at most 300 characters")
    if not 1 <= len(options) <= MOST_OPTIONS or not all(1 <= len(one["text"]) <= 100 for one in options):
        raise bad_request("poll must have 1 to 12 options of 1 to 100 characters")
    return posted(world, call, chat, extra={"poll": _opened(world, call, question, options)})


def _opened(world: World, call: Call, question: str, options: list[Told]) -> Told:
    offered = [{"persistent_id": f"o{n}", "text": one["text"], "voter_count": 0} for n, one in enumerate(options)]
    told: Told = {"id": str(world.next()), "question": question, "options": offered, "total_voter_count": 0}
    told |= {"type": call.text("type", "regular"), "is_closed": call.flag("is_closed"), "members_only": False}
    anonymous = call.flag("is_anonymous") if call.has("is_anonymous") else True
    several = call.flag("allows_multiple_answers")
    return told | {"is_anonymous": anonymous, "allows_multiple_answers": several, "allows_revoting": True}


def stop_poll(world: World, call: Call) -> Told:
    """Close a poll and tell how it stands."""
    message = own_message(world, call, "message with poll to stop not found")
    poll = message.extra.get("poll")
    if poll is None or poll["is_closed"]:
        raise bad_request("poll has already been closed" if poll else "message with poll to stop not found")
    message.extra = {"poll": poll | {"is_closed": True}}
    world.note_edit(message)
    return dict(message.extra["poll"])


def votes(user: User, message: Message, labels: tuple[str, ...]) -> None:
    """Choose options, or take the vote back; a poll with names tells its bot who chose what."""
    poll = message.extra["poll"]
    assert not poll["is_closed"], "the poll is closed"
    ballots: dict[int, tuple[str, ...]] = message.ballots
    ballots[user.id] = labels
    counted = [one | {"voter_count": sum(one["text"] in b for b in ballots.values())} for one in poll["options"]]
    message.extra = {"poll": poll | {"options": counted, "total_voter_count": sum(map(bool, ballots.values()))}}
    bot = user.world.poster(message)
    bot.inbox.put("poll", message.extra["poll"], ("poll", int(poll["id"])))
    if not poll["is_anonymous"]:
        chosen = [number for number, one in enumerate(counted) if one["text"] in labels]
        told: Told = {"poll_id": poll["id"], "user": user.shape(), "option_ids": chosen}
        told["option_persistent_ids"] = [counted[number]["persistent_id"] for number in chosen]
        bot.inbox.put("poll_answer", told, ("poll_answer", user.id))


METHODS: dict[str, Method] = {"sendPoll": send_poll, "stopPoll": stop_poll}
