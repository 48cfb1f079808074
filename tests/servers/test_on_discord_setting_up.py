"""Setting up against Discord's own manners: init, doctor, and the first start, each as its own process."""

from __future__ import annotations

import asyncio
import re
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from discord_server import Bot, DiscordServer, Fault, Guild, GuildChannel, Permission, User
from discord_server.guilds import ASKED
from telegram_server import TelegramServer
from test_on_telegram_setting_up import NOBODY, levels, runs

from adapters.discord.checking import check, identify
from bot import wiring
from bot.commands import COMMANDS
from bot.config import Config, Discord, Telegram, read_config
from bot.doctor import examine
from bot.errors import Misconfigured, Unanswered
from bot.findings import Finding, Level
from bot.turn import Repertoire

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789ab"


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Discord, which knows one bot."""
    async with DiscordServer.running() as running:
        running.add_bot(TOKEN)
        yield running


@pytest.fixture
def bot(server: DiscordServer) -> Bot:
    return server.world.only_bot()


@pytest.fixture
def guild(server: DiscordServer, bot: Bot) -> Guild:
    """A server of Ann's, with the bot in it."""
    found = server.add_guild("Us", server.add_user("Ann"))
    found.add_channel("general")
    found.add_bot(bot)
    return found


async def found_for(server: DiscordServer, known: Repertoire, *rooms: int) -> dict[str, Finding]:
    found = await check(TOKEN, server.api_url, known.words, [str(room) for room in rooms])
    return {one.what: one for one in found}


async def test_init_writes_what_run_reads(server: DiscordServer, bot: Bot, tmp_path: Path) -> None:
    """The token is checked, the file is its owner's alone, and the links say where to go on."""
    file = tmp_path / "config.toml"
    words = ("init", "--config", str(file), "--discord-api-url", server.api_url)
    code, said = await runs(*words, typed=f"\nwrong.token\n{TOKEN}\nAnn\nEurope/Lisbon\n")
    config = read_config(file, {})
    doctor = await runs("doctor", "--config", str(file))

    assert (code, doctor[0]) == (0, 0), said + doctor[1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert config.discord == Discord(TOKEN, server.api_url)
    assert "Discord does not know this token" in said
    assert f"https://discord.com/oauth2/authorize?client_id={bot.id}" in said
    assert f"start host-0-{config.host_code}" in said
    assert TOKEN not in said + doctor[1]
    assert "commands are written at the next start" in doctor[1]


async def test_everything_is_in_order(server: DiscordServer, guild: Guild, known: Repertoire) -> None:
    """A healthy set-up has nothing to look at."""
    found = await found_for(server, known, guild.channels[0].id)

    assert {one.level for one in found.values()} == {Level.FINE}
    assert "discord: it is in 1 server" in found
    assert "discord: it may do in #general what it needs to" in found


async def test_what_the_portal_has_wrong(server: DiscordServer, bot: Bot, known: Repertoire) -> None:
    """A code that is asked for breaks the link; intents that nobody needs are named."""
    bot.needs_code_grant, bot.privileged, bot.is_public = True, 1 << 15, False
    found = levels(list((await found_for(server, known)).values()))

    assert found["discord: whoever adds it is asked for a code, so the link does nothing"] is Level.WRONG
    assert found["discord: privileged intents are switched on; the bot needs none and asks for none"] is Level.LOOK
    assert found["discord: only its owner can add it to a server"] is Level.FINE


async def test_rights_in_a_couples_channel(server: DiscordServer, bot: Bot, guild: Guild, known: Repertoire) -> None:
    """Each lacking right is named with its channel: by the role, by the channel, in a thread, and not seen at all."""
    channel, other = guild.channels[0], guild.add_channel("other")
    thread = channel.add_thread("Ours", guild.owner)
    guild.everyone.permissions &= ~Permission.ADD_REACTIONS
    guild.permits(bot, ASKED & ~Permission.ADD_REACTIONS)
    channel.overwrite(bot, deny=Permission.SEND_MESSAGES)
    other.overwrite_everyone(deny=Permission.VIEW_CHANNEL)
    found = await found_for(server, known, channel.id, other.id, thread.id)

    assert found["discord: in #general it may not write, put its mark on replies"].level is Level.WRONG
    assert found["discord: in #Ours it may not put its mark on replies"].level is Level.LOOK
    assert found[f"discord: a couple's channel ({other.id}) is gone, or closed to the bot"].level is Level.LOOK


async def test_lines_and_tokens_that_lead_nowhere(server: DiscordServer, known: Repertoire) -> None:
    """A wrong token, no network, a trouble of Discord's and a request to slow down are told apart."""
    with pytest.raises(Misconfigured):
        await identify("wrong", server.api_url)
    with pytest.raises(Unanswered):
        await identify(TOKEN, NOBODY)
    wrong = await check("wrong", server.api_url, known.words, [])
    server.fail("GET /users/@me", Fault.server_error(503))
    troubled = await check(TOKEN, server.api_url, known.words, [])
    server.fail("GET /users/@me", Fault.too_many(60))
    slowed = await check(TOKEN, server.api_url, known.words, [])

    assert [one.what for one in wrong] == ["discord: the token is not accepted"]
    assert [one.what for one in troubled] == ["discord: it answers 503"]
    assert [one.what for one in slowed] == ["discord: it asks to slow down (429)"]


async def test_the_first_start_with_a_wrong_token(server: DiscordServer, tmp_path: Path) -> None:
    """The program ends with one sentence and no traceback."""
    file = tmp_path / "config.toml"
    urls = f'api_url = "{server.api_url}"\ngateway_url = "{server.gateway_url}"\n'
    file.write_text(f'couples = "open"\n[discord]\ntoken = "wrong.token"\n{urls}')
    code, said = await runs("run", "--config", str(file))

    assert code == 1
    assert "Discord does not accept the token" in said
    assert "Traceback" not in said


async def test_a_gateway_of_ones_own(server: DiscordServer, bot: Bot, tmp_path: Path) -> None:
    """The doctor knocks where the bot will, begins no session there, and says which of the two addresses is dead."""
    file = tmp_path / "config.toml"
    told = f'couples = "open"\n[discord]\ntoken = "{TOKEN}"\napi_url = "{server.api_url}"\n'
    file.write_text(f'{told}gateway_url = "{NOBODY.replace("http", "ws")}"\n')
    dead = {one.what for one in await examine(file)}
    file.write_text(f'{told}gateway_url = "{server.gateway_url}"\n')
    there = {one.what for one in await examine(file)}

    assert "discord: the gateway: no connection (refused, or no way there)" in dead
    assert "discord: its commands are written at the next start" in dead
    assert "discord: the gateway can be reached" in there
    assert bot.identified == 0


@asynccontextmanager
async def at_work(config: Config) -> AsyncIterator[None]:
    """The whole program, in this process."""
    stop = asyncio.Event()
    running = asyncio.create_task(wiring.run(config, stop))
    try:
        yield
    finally:
        stop.set()
        await running


async def sees(server: DiscordServer, who: User, where: GuildChannel | Bot, label: str) -> str:
    """Wait for something to press whose label begins like this; the whole label."""

    def offered() -> list[str]:
        return [one for message in who.screen(where) for one in message.labels if one.startswith(label)]

    return str((await server.until(offered))[-1])


async def test_the_host_does_what_init_said(server: DiscordServer, bot: Bot, tmp_path: Path) -> None:
    """Whoever follows its lines one by one is let in by themselves, and both are asked."""
    ann, ben, file = server.add_user("Ann"), server.add_user("Ben"), tmp_path / "config.toml"
    words = ("init", "--config", str(file), "--discord-api-url", server.api_url)
    _, said = await runs(*words, typed=f"\n{TOKEN}\nAnn\n\n")
    line = re.search("start host-0-.*", said)
    channel = server.add_guild("Us", ann, ben).add_channel("general")
    assert line is not None
    assert all(f'"{label}"' in said for label in ("Let it in", "Begin", "Tell me more"))

    config = read_config(file, {})
    assert config.discord is not None
    async with at_work(replace(config, discord=replace(config.discord, gateway_url=server.gateway_url))):
        await server.until(lambda: bot.identified)
        channel.guild.add_bot(bot)
        await sees(server, ben, channel, "I run this bot")
        ann.writes(line[0], in_=bot)
        await ann.taps(await sees(server, ann, bot, "The chat that asked on"), bot)
        await ann.taps(await sees(server, ann, bot, "Let it in"), bot)
        await ben.taps(await sees(server, ben, channel, "Begin"), channel)
        await ben.taps(await sees(server, ben, channel, "Tell me more"), channel)
    found = {one.what: one for one in await examine(file)}

    assert any("Ann, who runs this bot, could read what is stored" in one.shown for one in ben.screen(channel))
    assert found["discord: it may do in #general what it needs to"].level is Level.FINE
    assert f"discord: its {len(COMMANDS)} commands are registered" in found
    server.assert_clean()


async def test_a_refused_token_leaves_the_other_platform_alone(
    server: DiscordServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Discord is given up with one sentence, and Telegram answers as if there had never been another."""
    async with TelegramServer.running() as telegram:
        telegram.add_bot("1:abc", "couple_rituals_bot")
        ann = telegram.add_user("Ann")
        wrong = Discord("wrong.token", server.api_url, server.gateway_url)
        config = Config(tmp_path / "a.db", couples="open", telegram=Telegram("1:abc", telegram.url), discord=wrong)
        async with at_work(config):
            await server.until(lambda: "discord is given up" in caplog.text)
            ann.starts()
            await telegram.until(lambda: len(ann.screen()) > 1)

    assert "Discord does not accept the token" in caplog.text
    assert "wrong.token" not in caplog.text
