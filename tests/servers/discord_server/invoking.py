"""What happens when a person uses a command, presses, chooses or sends off a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discord_server import commands, interactions
from discord_server.accounts import Bot, Shape
from discord_server.channels import partial
from discord_server.components import LINK, button_called, select_called
from discord_server.interactions import Interaction
from discord_server.modals import Given, Modal
from discord_server.permissions import permissions_in, told

if TYPE_CHECKING:
    from discord_server.channels import Channel
    from discord_server.messages import Message
    from discord_server.people import User


def calls(user: User, name: str, channel: Channel, given: Mapping[str, Any], bot: Bot | None) -> Interaction:
    """A person uses a command that is offered there."""
    words = {one: _meant(user, name, one, value) for one, value in given.items()}
    owner, command, path = _command(user, name, channel, bot)
    data = _data(command, commands.typed(command, path, words)) | commands.resolved(words, channel)
    return _begin(user, owner, interactions.COMMAND, channel, data, name=f"/{name}")


def types(user: User, name: str, channel: Channel, given: Mapping[str, Any], bot: Bot | None) -> Interaction:
    """A person is typing the last of these options."""
    owner, command, path = _command(user, name, channel, bot)
    data = _data(command, commands.typed(command, path, given, focused=list(given)[-1]))
    return _begin(user, owner, interactions.AUTOCOMPLETE, channel, data, name=f"/{name}")


def presses(user: User, message: Message, label: str) -> Interaction:
    """A person presses a button."""
    _sees(user, message)
    button = button_called(message.components, label)
    assert not button.get("disabled"), f"{label!r} cannot be pressed"
    if button.get("style") == LINK:
        made = user.world.begin(user, _author(message), interactions.COMPONENT, message.channel, name=label)
        made.url = button["url"]
        return made
    return press(user, message, button, label)


def chooses(user: User, message: Message, menu: str, options: Sequence[Any]) -> Interaction:
    """A person chooses in a menu."""
    _sees(user, message)
    select = select_called(message.components, menu)
    assert not select.get("disabled"), f"{menu!r} cannot be used"
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    assert least <= len(options) <= most, f"{menu!r} takes {least} to {most}"
    known = {one["label"]: one["value"] for one in select.get("options", ())}
    unknown = [one for one in options if known and one not in known and one not in known.values()]
    assert not unknown, f"{menu!r} has no {unknown}, but {list(known)}"
    values = [known.get(one, str(getattr(one, "id", one))) for one in options]
    named = {str(number): one for number, one in enumerate(options)}
    return press(user, message, select, menu, {"values": values} | commands.resolved(named, message.channel))


def press(user: User, message: Message, component: Shape, name: str, more: Shape | None = None) -> Interaction:
    """The bot is told that something under its message was used."""
    data = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component.get("id", 0)}
    channel = message.channel
    return _begin(user, _author(message), interactions.COMPONENT, channel, data | (more or {}), name, message)


def submits(user: User, form: Interaction | Modal, answers: Mapping[str, Given]) -> Interaction:
    """A person sends a form off."""
    modal = form if isinstance(form, Modal) else form.modal
    assert modal is not None, f"no form was opened by {form}"
    begun = modal.of
    assert begun.user is user, f"this form is on {begun.user.name}'s screen"
    data = {"custom_id": modal.custom_id, "components": modal.filled(answers)}
    return _begin(user, begun.bot, interactions.SUBMIT, begun.channel, data, modal.title, begun.message, begun)


def _command(user: User, name: str, channel: Channel, bot: Bot | None) -> tuple[Bot, commands.Command, list[str]]:
    offered = commands.offered(user, channel, user.world, bot)
    first, *path = name.split(" ")
    assert first in offered, f"{user.name} is offered no /{first} in {channel}, but {sorted(offered)}"
    return *offered[first], path


def _data(command: commands.Command, options: list[Shape]) -> Shape:
    data: Shape = {"id": str(command.id), "name": command.name, "type": command.kind}
    data |= {"guild_id": str(command.guild)} if command.guild else {}
    return data | ({"options": options} if options else {})


def _meant(user: User, command: str, option: str, value: Any) -> Any:
    """What was suggested for an option stands for something else, perhaps."""
    return user.suggested.get((command, option), {}).get(str(value), value)


def _sees(user: User, message: Message) -> None:
    assert message in message.channel.seen_by(user), f"{user.name} does not see {message}"


def _author(message: Message) -> Bot:
    assert isinstance(message.author, Bot), "only bots have buttons"
    return message.author


def _begin(
    user: User,
    bot: Bot,
    kind: int,
    channel: Channel,
    data: Shape,
    name: str,
    message: Message | None = None,
    began_with: Interaction | None = None,
) -> Interaction:
    made = user.world.begin(user, bot, kind, channel, name=name, message=message, began_with=began_with)
    user.begun.append(made)
    user.world.telling.of_interaction(made, _told(made, data))
    return made


def _told(made: Interaction, data: Shape) -> Shape:
    user, bot, channel, guild = made.user, made.bot, made.channel, made.channel.guild
    rights = permissions_in(bot, channel)
    told_all: Shape = {"id": str(made.id), "application_id": str(bot.id), "type": made.kind, "token": made.token}
    told_all |= {"version": 1, "data": data, "channel": partial(channel, user), "channel_id": str(channel.id)}
    told_all |= {"app_permissions": told(rights), "locale": user.locale, "entitlements": []}
    told_all |= {"authorizing_integration_owners": {"0": str(guild.id) if guild else "0"}}
    told_all |= {"context": 0 if guild else 1, "attachment_size_limit": user.world.limits.largest_file}
    if made.message is not None:
        told_all["message"] = made.message.shape(bot)
    if guild is None:
        return told_all | {"user": user.shape()}
    member = guild.members[user.id].shape(user=user.shape(), permissions=told(permissions_in(user, channel)))
    told_all |= {"member": member, "guild_id": str(guild.id), "guild_locale": guild.locale}
    return told_all | {"guild": {"id": str(guild.id), "locale": guild.locale, "features": []}}
