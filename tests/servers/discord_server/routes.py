"""Which route is whose, by the templates of the official description."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from discord_server import answering, looking, posting, registering, scheduling
from discord_server.asking import Answer, Asked

if TYPE_CHECKING:
    from discord_server.world import World

Route = Callable[["World", Asked], Answer]

COMMANDS = "/applications/{application_id}/commands"
OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
CHANNEL = "/channels/{channel_id}"
EVENTS = "/guilds/{guild_id}/scheduled-events"
EVENT = f"{EVENTS}/{{guild_scheduled_event_id}}"
MESSAGES, MESSAGE = f"{CHANNEL}/messages", f"{CHANNEL}/messages/{{message_id}}"
MARK = f"{MESSAGE}/reactions/{{emoji_name}}/@me"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"

OPEN = frozenset({CALLBACK, WEBHOOK, f"{WEBHOOK}/messages/@original", f"{WEBHOOK}/messages/{{message_id}}", "/gateway"})
"""Routes for which nobody has to say who they are; a token is in the path, or nothing is told."""

ROUTES: dict[str, Route] = {
    "GET /users/@me": looking.me,
    "GET /users/@me/guilds": looking.my_guilds,
    "DELETE /users/@me/guilds/{guild_id}": looking.leave,
    "POST /users/@me/channels": looking.open_private,
    "GET /users/{user_id}": looking.user,
    "GET /applications/@me": looking.application,
    "GET /oauth2/applications/@me": looking.application,
    "GET /gateway": looking.gateway,
    "GET /gateway/bot": looking.gateway_for_bots,
    "GET /guilds/{guild_id}": looking.guild,
    "GET /guilds/{guild_id}/channels": looking.guild_channels,
    "GET /guilds/{guild_id}/roles": looking.guild_roles,
    "GET /guilds/{guild_id}/members/{user_id}": looking.member,
    f"GET {EVENTS}": scheduling.read_all,
    f"POST {EVENTS}": scheduling.create,
    f"GET {EVENT}": scheduling.read_one,
    f"PATCH {EVENT}": scheduling.change,
    f"DELETE {EVENT}": scheduling.remove,
    f"GET {CHANNEL}": looking.channel,
    f"PATCH {CHANNEL}": looking.change_channel,
    f"POST {CHANNEL}/typing": looking.typing,
    f"POST {CHANNEL}/threads": looking.start_thread,
    f"POST {MESSAGE}/threads": looking.start_thread,
    f"PUT {CHANNEL}/thread-members/@me": looking.join_thread,
    f"PUT {CHANNEL}/thread-members/{{user_id}}": looking.join_thread,
    f"GET {MESSAGES}/pins": posting.pins,
    f"PUT {MESSAGES}/pins/{{message_id}}": posting.pin,
    f"DELETE {MESSAGES}/pins/{{message_id}}": posting.unpin,
    f"GET {MESSAGES}": posting.read,
    f"POST {MESSAGES}": posting.post,
    f"GET {MESSAGE}": posting.read_one,
    f"PATCH {MESSAGE}": posting.change,
    f"DELETE {MESSAGE}": posting.take_away,
    f"PUT {MARK}": posting.mark,
    f"DELETE {MARK}": posting.unmark,
    f"POST {CALLBACK}": answering.answer,
    f"POST {WEBHOOK}": answering.follow_up,
    f"GET {WEBHOOK}/messages/@original": answering.read_original,
    f"PATCH {WEBHOOK}/messages/@original": answering.change_original,
    f"DELETE {WEBHOOK}/messages/@original": answering.take_original_away,
    f"GET {WEBHOOK}/messages/{{message_id}}": answering.read_follow_up,
    f"PATCH {WEBHOOK}/messages/{{message_id}}": answering.change_follow_up,
    f"DELETE {WEBHOOK}/messages/{{message_id}}": answering.take_follow_up_away,
    f"GET {COMMANDS}": registering.read_all,
    f"PUT {COMMANDS}": registering.replace_all,
    f"POST {COMMANDS}": registering.create,
    f"DELETE {COMMANDS}/{{command_id}}": registering.remove,
    f"GET {OF_GUILD}": registering.read_all,
    f"PUT {OF_GUILD}": registering.replace_all,
    f"POST {OF_GUILD}": registering.create,
    f"DELETE {OF_GUILD}/{{command_id}}": registering.remove,
}
"""What stands still in a path comes before what stands in for something."""
