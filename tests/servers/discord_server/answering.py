"""The routes of interactions: the first answer, what replaces it, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord_server.asking import NOTHING_TO_SAY, Answer, Asked
from discord_server.composing import changed, composed
from discord_server.errors import ApiError, Wrong, invalid_form, unknown
from discord_server.interactions import COMMAND as COMMANDED
from discord_server.interactions import Interaction
from discord_server.messages import COMMAND, DEFAULT, EPHEMERAL, LOADING, REPLY, Message
from discord_server.modals import Modal
from discord_server.rules import wrong_answer
from discord_server.transcript import FormOpened, Suggested, Thinking, people_who_see

if TYPE_CHECKING:
    from discord_server.accounts import Shape
    from discord_server.world import World

MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, SUGGEST, MODAL = 4, 5, 6, 7, 8, 9


def answer(world: World, asked: Asked) -> Answer:
    """The first answer, once and in time."""
    begun = world.interactions.get(asked.named["interaction_token"])
    if begun is None or begun.id != asked.number("interaction_id"):
        raise unknown("interaction")
    if begun.answered:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if begun.failed or begun.is_late(world):
        begun.fails(world)
        raise unknown("interaction")
    kind, given = int(asked.given.get("type", 0)), asked.given.get("data") or {}
    problem = wrong_answer(begun.kind, begun.message is not None, kind)
    if problem:
        raise invalid_form([Wrong(("type",), problem)])
    _carry_out(world, begun, kind, given, asked)
    begun.is_answered(kind)
    return _told_back(begun, kind) if asked.query.get("with_response") in ("1", "true") else NOTHING_TO_SAY


def _carry_out(world: World, begun: Interaction, kind: int, given: Shape, asked: Asked) -> None:
    now = world.clock.now()
    match kind:
        case 4:
            begun.original = _say(world, begun, given, asked)
        case 5:
            begun.original = _wait(world, begun, given)
        case 6:
            pass
        case 7:
            assert begun.message is not None, "only a press has a message"
            world.change(begun.message, **changed(world, begun.message, given, asked.uploads))
        case 8:
            begun.choices = list(given["choices"])
            offered = tuple(str(one["name"]) for one in begun.choices)
            world.transcript.add(Suggested(now, begun.channel.id, begun.user.name, offered))
        case 9:
            begun.modal = Modal(given["title"], given["custom_id"], list(given["components"]), begun)
            fields = tuple(one.label for one in begun.modal.fields.values())
            world.transcript.add(FormOpened(now, begun.channel.id, begun.user.name, begun.modal.title, fields))


def _say(world: World, begun: Interaction, given: Shape, asked: Asked) -> Message:
    hidden = int(given.get("flags") or 0) & EPHEMERAL
    about = begun.message if begun.kind != COMMANDED else None
    parts = composed(world, begun.channel, begun.bot, given, asked.uploads, answers=True)
    parts["flags"] |= hidden
    if hidden:
        parts["only_for"] = begun.user
    kind = COMMAND if begun.kind == COMMANDED else REPLY if about is not None else DEFAULT
    return world.make_message(begun.channel, begun.bot, kind=kind, reply_to=about, answers=begun, **parts)


def _wait(world: World, begun: Interaction, given: Shape) -> Message:
    """A place where the words will stand; whether all see it is settled now."""
    hidden = int(given.get("flags") or 0) & EPHEMERAL
    only = {"only_for": begun.user} if hidden else {}
    kind = COMMAND if begun.kind == COMMANDED else DEFAULT
    made = world.make_message(begun.channel, begun.bot, kind=kind, flags=hidden | LOADING, answers=begun, **only)
    seen = people_who_see(made)
    world.transcript.add(Thinking(world.clock.now(), begun.channel.id, made.id, begun.bot.name, seen))
    return made


def _told_back(begun: Interaction, kind: int) -> Answer:
    told: dict[str, Any] = {"id": str(begun.id), "type": begun.kind, "channel_id": str(begun.channel.id)}
    if begun.channel.guild is not None:
        told["guild_id"] = str(begun.channel.guild.id)
    message = begun.original if kind in (MESSAGE, LATER_MESSAGE) else begun.message
    if message is None or kind not in (MESSAGE, LATER_MESSAGE, UPDATE):
        return Answer({"interaction": told})
    told |= {"response_message_id": str(message.id), "response_message_ephemeral": message.is_ephemeral}
    told |= {"response_message_loading": begun.is_loading}
    if kind == LATER_MESSAGE:
        return Answer({"interaction": told})
    return Answer({"interaction": told, "resource": {"type": kind, "message": message.shape(begun.bot)}})


def read_original(world: World, asked: Asked) -> Answer:
    """The first answer as it stands."""
    begun = _begun(world, asked)
    return Answer(_original(begun).shape(begun.bot))


def change_original(world: World, asked: Asked) -> Answer:
    """Other words in the place of the first answer."""
    begun = _begun(world, asked)
    return _change(world, begun, _original(begun), asked)


def take_original_away(world: World, asked: Asked) -> Answer:
    """The first answer is gone."""
    begun = _begun(world, asked)
    world.take_away(_original(begun), begun.bot)
    return NOTHING_TO_SAY


def follow_up(world: World, asked: Asked) -> Answer:
    """One more message; the first one after a promise stands in the promised place."""
    begun = _begun(world, asked)
    if begun.is_loading:
        return _change(world, begun, _original(begun), asked)
    made = _say(world, begun, asked.given, asked)
    begun.followups.append(made)
    return Answer(made.shape(begun.bot))


def read_follow_up(world: World, asked: Asked) -> Answer:
    """One message that followed."""
    begun = _begun(world, asked)
    return Answer(_followed(begun, asked).shape(begun.bot))


def change_follow_up(world: World, asked: Asked) -> Answer:
    """Other words in its place."""
    begun = _begun(world, asked)
    return _change(world, begun, _followed(begun, asked), asked)


def take_follow_up_away(world: World, asked: Asked) -> Answer:
    """It is gone."""
    begun = _begun(world, asked)
    world.take_away(_followed(begun, asked), begun.bot)
    return NOTHING_TO_SAY


def _change(world: World, begun: Interaction, message: Message, asked: Asked) -> Answer:
    world.change(message, **changed(world, message, asked.given, asked.uploads))
    return Answer(message.shape(begun.bot))


def _begun(world: World, asked: Asked) -> Interaction:
    begun = world.interactions.get(asked.named["webhook_token"])
    if begun is None or begun.bot.id != asked.number("webhook_id") or not begun.answered:
        raise unknown("Webhook")
    if begun.is_expired(world):
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return begun


def _original(begun: Interaction) -> Message:
    found = begun.original or (begun.message if begun.answered in (LATER_UPDATE, UPDATE) else None)
    if found is None or found.gone:
        raise unknown("Message")
    return found


def _followed(begun: Interaction, asked: Asked) -> Message:
    number = asked.number("message_id")
    known = [*begun.followups, *([begun.original] if begun.original else [])]
    found = next((one for one in known if one.id == number and not one.gone), None)
    if found is None:
        raise unknown("Message")
    return found
