"""Telegram on this machine, as a test sees it and as a bot talks to it."""

from telegram_server.accounts import Bot
from telegram_server.faults import Fault
from telegram_server.groups import Group
from telegram_server.limits import OFFICIAL_PACE, Limits, Pace
from telegram_server.messages import Message
from telegram_server.people import User
from telegram_server.pressing import Press
from telegram_server.server import TelegramServer

__all__ = ["OFFICIAL_PACE", "Bot", "Fault", "Group", "Limits", "Message", "Pace", "Press", "TelegramServer", "User"]
