"""Setting up against Telegram's own manners: init, doctor, and the first start, each as its own process."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from telegram_server import Fault, TelegramServer
from telegram_server.caller import Caller
from telegram_server.errors import ApiError
from telegram_server.faults import Trouble

from adapters.reaching import line_to
from adapters.telegram.checking import Identity, check, identify
from bot.config import Telegram, read_config
from bot.errors import Misconfigured, Unanswered
from bot.findings import Finding, Level

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """Telegram, which knows one bot."""
    async with TelegramServer.running() as running:
        running.add_bot(TOKEN, "couple_rituals_bot")
        yield running


async def runs(*words: str, typed: str = "") -> tuple[int, str]:
    """The program with these words and these answers: its exit code, and all that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate(typed.encode())
    assert process.returncode is not None
    return process.returncode, said.decode()


def levels(found: list[Finding]) -> dict[str, Level]:
    return {one.what: one.level for one in found}


async def test_init_writes_what_run_reads(server: TelegramServer, tmp_path: Path) -> None:
    """The token is checked, the file is its owner's alone, and the links say where to go on."""
    file = tmp_path / "config.toml"
    code, said = await runs(
        "init",
        "--config",
        str(file),
        "--telegram-api-url",
        server.url,
        typed=f'{TOKEN}\n\nAnn "the host"\nEurope/Lisbon\n',
    )
    config = read_config(file, {})
    doctor = await runs("doctor", "--config", str(file))

    assert (code, doctor[0]) == (0, 0), said + doctor[1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (config.telegram, config.host) == (Telegram(TOKEN, server.url), 'Ann "the host"')
    assert (config.timezone, config.couples) == ("Europe/Lisbon", "ask-host")
    assert f"https://t.me/couple_rituals_bot?start=host-0-{config.host_code}" in said
    assert "https://t.me/couple_rituals_bot?startgroup=hello" in said
    assert TOKEN not in said + doctor[1]
    assert "wrong" not in doctor[1]


async def test_init_with_a_wrong_token(server: TelegramServer, tmp_path: Path) -> None:
    """A token that Telegram does not know is asked for again, and after three tries nothing is written."""
    file = tmp_path / "config.toml"
    words = ("init", "--config", str(file), "--telegram-api-url", server.url)
    mended, said = await runs(*words, typed=f"1:wrong\n{TOKEN}\n\n\n\n")
    given_up, _ = await runs(*words, "--force", typed="1:a\n1:b\n1:c\n")

    assert (mended, given_up) == (0, 1)
    assert "Telegram does not know this token" in said
    assert read_config(file, {}).telegram == Telegram(TOKEN, server.url)


async def test_init_keeps_what_is_there(tmp_path: Path) -> None:
    """A config.toml is written anew only where that is asked for; without answers nothing is written."""
    file = tmp_path / "config.toml"
    no_answers = await runs("init", "--config", str(file), "--telegram-api-url", NOBODY)
    existed = file.exists()
    file.write_text("# mine")
    refused = await runs("init", "--config", str(file))

    assert (no_answers[0], refused[0], existed) == (1, 1, False)
    assert "--force" in refused[1]
    assert "Traceback" not in no_answers[1] + refused[1]
    assert file.read_text() == "# mine"


async def test_init_without_a_network(tmp_path: Path) -> None:
    """What could not be checked is written only if its author wants that."""
    file = tmp_path / "config.toml"
    words = ("init", "--config", str(file), "--telegram-api-url", NOBODY)
    refused = await runs(*words, typed=f"{TOKEN}\nn\n")
    existed = file.exists()
    accepted = await runs(*words, typed=f"{TOKEN}\ny\n\n\n\n")

    assert (refused[0], accepted[0], existed) == (1, 0, False)
    assert "could not be asked: no connection" in refused[1]


async def test_the_doctor_names_what_is_wrong_on_this_machine(tmp_path: Path) -> None:
    """Readable secrets, a damaged database and no platform are named with their cure; the exit code says so too."""
    file = tmp_path / "config.toml"
    file.write_text('database = "a.db"\ncouples = "open"\nhost_code = "x"\n')
    file.chmod(0o644)
    (tmp_path / "a.db").write_text("this is no database at all, " * 100)
    code, said = await runs("doctor", "--config", str(file))
    missing, unread = await runs("doctor", "--config", str(tmp_path / "gone.toml"))

    assert (code, missing) == (1, 1)
    assert f"chmod 600 {file}" in said
    assert "a.db cannot be used" in said
    assert "platforms: no token" in said
    assert "couple-rituals init" in unread


async def test_all_is_well(server: TelegramServer) -> None:
    """A bot with nothing wrong: every finding is fine, and no update is taken from it."""
    ann = server.add_user("Ann")
    ann.starts()
    found = await check(TOKEN, server.url, running=False)

    assert {one.level for one in found} == {Level.FINE}
    assert "telegram: no webhook; 1 updates wait to be taken in" in levels(found)
    assert len(server.world.only_bot().inbox.pending) == 1


async def test_two_pollers_are_found(server: TelegramServer) -> None:
    """Another program that polls is named; where the bot itself runs here it is not disturbed."""
    async with aiohttp.ClientSession() as http:
        other = asyncio.create_task(polls(Caller(http, server.url, TOKEN)))
        await server.until(lambda: server.calls_of("getUpdates"))
        at_work = await check(TOKEN, server.url, running=True)
        quiet = len(server.calls_of("getUpdates"))
        found = await check(TOKEN, server.url, running=False)
        other.cancel()
        await asyncio.gather(other, return_exceptions=True)

    assert levels(at_work)["telegram: the bot is running here"] is Level.FINE
    assert levels(found)["telegram: another program takes in this bot's messages"] is Level.WRONG
    assert quiet == 1


async def polls(caller: Caller) -> None:
    """Another program that takes in the bot's messages and begins again when it is interrupted."""
    while True:
        try:
            await caller.updates(timeout=20)
        except ApiError:
            await asyncio.sleep(0.1)


async def test_a_bot_that_is_set_up_otherwise(server: TelegramServer) -> None:
    """A leftover webhook, privacy off, and no groups allowed are each named with their cure."""
    bot = server.world.only_bot()
    bot.can_read_all, bot.can_join = True, False
    async with aiohttp.ClientSession() as http:
        await Caller(http, server.url, TOKEN).call("setWebhook", url="http://127.0.0.1:9/hook")
    found = {one.what.split(",")[0]: one for one in await check(TOKEN, server.url, running=False)}

    assert found["telegram: a webhook is set"].level is Level.LOOK
    assert "/setprivacy" in found["telegram: group privacy is off"].cure
    assert "/setjoingroups" in found["telegram: it cannot be added to groups"].cure


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault.server_error(502), "telegram: it answers 502"),
        (Fault.hang_up(), "telegram: no proper answer"),
    ],
)
async def test_telegram_in_trouble(server: TelegramServer, fault: Trouble, said: str) -> None:
    """Trouble on Telegram's side is told apart from a wrong token, and no line holds the token."""
    server.fail("getMe", fault, times=1)
    found = await check(TOKEN, server.url, running=False)

    assert [one.level for one in found] == [Level.WRONG]
    assert found[0].what.startswith(said)
    assert TOKEN not in str(found)


async def test_who_the_bot_is(server: TelegramServer) -> None:
    """The links are the bot's own; a wrong token and no network are different errors."""
    identity = await identify(TOKEN, server.url)

    assert identity == Identity("couple_rituals_bot", joins_groups=True, hears_all=False)
    with pytest.raises(Misconfigured):
        await identify("1:unknown", server.url)
    with pytest.raises(Unanswered):
        await identify(TOKEN, NOBODY)


@pytest.mark.parametrize(("skew", "level"), [(1, Level.FINE), (-20, Level.LOOK), (3600, Level.WRONG)])
async def test_the_clock(skew: float, level: Level) -> None:
    """A machine's clock that is far off would post at the wrong time."""
    async with line_to("Telegram") as line:
        assert line.clock(skew).level is level


async def test_the_first_start_with_a_wrong_token(server: TelegramServer, tmp_path: Path) -> None:
    """The program ends with one sentence and no traceback."""
    file = tmp_path / "config.toml"
    file.write_text(f'couples = "open"\n[telegram]\ntoken = "1:unknown"\napi_url = "{server.url}"\n')
    code, said = await runs("run", "--config", str(file))

    assert code == 1
    assert "Telegram does not accept the token" in said
    assert "Traceback" not in said
