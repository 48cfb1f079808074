"""Discord on this machine, as a test sees it and as a bot talks to it."""

from discord_server.accounts import Bot
from discord_server.channels import GuildChannel, Thread
from discord_server.faults import Fault
from discord_server.guilds import Guild
from discord_server.interactions import Interaction
from discord_server.limits import OFFICIAL_LIMITS, Limits, Pace
from discord_server.messages import Message
from discord_server.modals import Modal
from discord_server.people import User
from discord_server.permissions import Permission
from discord_server.server import DiscordServer

__all__ = [
    "OFFICIAL_LIMITS",
    "Bot",
    "DiscordServer",
    "Fault",
    "Guild",
    "GuildChannel",
    "Interaction",
    "Limits",
    "Message",
    "Modal",
    "Pace",
    "Permission",
    "Thread",
    "User",
]
