"""A bot as discord.py would have it, which answers commands with a constant; called with API_URL GATEWAY_URL TOKEN."""

from __future__ import annotations

import sys

import discord
import yarl
from discord import app_commands

SETTLES_WITHIN = 0.05
"""As ours: seconds that the library waits for servers before it says that it is ready."""

COMMANDS = ("checkin", "week")


class Bare(discord.Client):
    """The library's own way."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=SETTLES_WITHIN)
        self.tree = app_commands.CommandTree(self)
        for name in COMMANDS:
            self.tree.command(name=name, description="Says always the same")(answer)

    async def setup_hook(self) -> None:
        """Register the command."""
        await self.tree.sync()


async def answer(interaction: discord.Interaction) -> None:
    """Say always the same, and do nothing else."""
    await interaction.response.send_message("This week is quiet.", ephemeral=True)


def point_at(api_url: str, gateway_url: str) -> None:
    """The library knows one address for the whole process."""
    discord.http.Route.BASE = api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def main(api_url: str, gateway_url: str, token: str) -> None:
    """Run until stopped, as the library's documentation shows."""
    point_at(api_url, gateway_url)
    Bare().run(token)


if __name__ == "__main__":
    main(*sys.argv[1:4])
