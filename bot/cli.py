"""The command line."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import Misconfigured, RitualsError

if TYPE_CHECKING:
    import asyncio
    from argparse import _SubParsersAction

    from bot.findings import Finding
    from bot.turn import Repertoire

    Commands = _SubParsersAction[argparse.ArgumentParser]

PASSPHRASE = "COUPLE_RITUALS_PASSPHRASE"  # noqa: S105 - its name, not what it holds
"""The variable that a passphrase is taken from, where nobody is there to type it."""


def run(words: list[str]) -> int:
    """Carry out one command; returns the exit code."""
    options = _parser().parse_args(words)
    try:
        command: Callable[[argparse.Namespace], int | None] = options.command
        return command(options) or 0
    except RitualsError as problem:
        print(f"couple-rituals: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read along has read enough; nothing may be flushed to them any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="couple-rituals", description="Small rituals for two, in the chat you share.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_looking(commands)
    _add_running(commands)
    _add_keeping(commands)
    _add_writing(commands)
    return parser


def _add_looking(commands: Commands) -> None:
    """What shows the bot without any platform."""
    demo = commands.add_parser("demo", help="a playground in the browser: two phones and a clock you can turn forward")
    demo.add_argument("--data", type=Path, metavar="DIR", help="keep everything in this folder (else: forgotten)")
    demo.add_argument("--port", type=int, default=8420, help="the port on this machine (default: 8420; 0: any free)")
    demo.add_argument("--no-browser", action="store_true", help="do not open the browser")
    demo.add_argument("--timezone", default="", help="the time zone to begin with (default: this machine's)")
    demo.add_argument("--deck", type=Path, metavar="FILE", help="show a deck that you are writing, at each change")
    demo.set_defaults(command=_demo)
    simulate = commands.add_parser("simulate", help="print what would be posted when")
    simulate.add_argument("--days", type=int, default=0, help="how many days (default: 30; with --all: 365)")
    simulate.add_argument("--all", action="store_true", help="every ritual together: how much, and how soon again")
    simulate.add_argument("--config", type=Path, help="take the rooms of this config.toml instead of a sample couple")
    simulate.add_argument(
        "--start", default="", metavar="DATE", help="the first day, such as 2026-03-01 (default: today)"
    )
    simulate.add_argument("--zones", default="", metavar="A,B", help="the sample couple's time zones")
    simulate.add_argument("--json", action="store_true", help="print JSON")
    simulate.set_defaults(command=_simulate)


def _add_running(commands: Commands) -> None:
    """What a host does to have it run."""
    init = commands.add_parser("init", help="set a bot up: asks for tokens, checks them, writes config.toml")
    init.add_argument("--config", type=Path, default=Path("config.toml"))
    init.add_argument("--force", action="store_true", help="write config.toml anew where there is one")
    init.add_argument("--telegram-api-url", default="", metavar="URL", help="a Bot API server of your own")
    init.add_argument("--discord-api-url", default="", metavar="URL", help="a proxy before Discord's API")
    init.set_defaults(command=_init)
    start = commands.add_parser("run", help="run the bot on the platforms of config.toml")
    start.add_argument("--config", type=Path, default=Path("config.toml"))
    start.set_defaults(command=_run)
    doctor = commands.add_parser("doctor", help="say what is wrong with the set-up, and how to mend it")
    doctor.add_argument("--config", type=Path, default=Path("config.toml"))
    doctor.set_defaults(command=_doctor)


def _add_keeping(commands: Commands) -> None:
    """What a host does with what is stored."""
    couples = commands.add_parser("couples", help="list the couples in the database by number, or delete one wholly")
    couples.add_argument("--delete", type=int, metavar="NUMBER", help="delete everything of this couple")
    couples.add_argument("--yes", action="store_true", help="do not ask whether you are sure")
    couples.add_argument("--config", type=Path, default=Path("config.toml"))
    couples.set_defaults(command=_couples)
    backup = commands.add_parser("backup", help="write a sealed copy of the database, also while the bot runs")
    backup.add_argument("file", type=Path)
    backup.add_argument("--passphrase", action="store_true", help=f"for a passphrase, key included ({PASSPHRASE})")
    backup.add_argument("--config", type=Path, default=Path("config.toml"))
    backup.set_defaults(command=_backup)
    restore = commands.add_parser("restore", help="put such a copy in an empty place")
    restore.add_argument("file", type=Path)
    restore.add_argument("--passphrase", action="store_true", help=f"it was sealed for a passphrase ({PASSPHRASE})")
    restore.add_argument("--config", type=Path, default=Path("config.toml"))
    restore.set_defaults(command=_restore)
    rekey = commands.add_parser("rekey", help="exchange the key that seals what is stored")
    rekey.add_argument("--config", type=Path, default=Path("config.toml"))
    rekey.set_defaults(command=_rekey)


def _add_writing(commands: Commands) -> None:
    """What helps to write decks and words."""
    check = commands.add_parser("check-decks", help="say whether the decks of a folder are right, and what to mend")
    check.add_argument("where", type=Path, metavar="FOLDER", help="a folder of decks, or the file of one")
    check.set_defaults(command=_check_decks)
    schema = commands.add_parser("deck-schema", help="print what a deck's file may hold, as a JSON Schema for editors")
    schema.set_defaults(command=_deck_schema)
    texts = commands.add_parser("texts", help="print every text that a person can see, each with its place")
    texts.set_defaults(command=_texts)


def _demo(options: argparse.Namespace) -> None:
    import tempfile

    from bot import logs, playing

    logs.set_up("WARNING", "text")
    # What is written with --data stays readable by its owner alone.
    os.umask(0o077)
    timezone = _zone_named(options.timezone) if options.timezone else _machine_zone()
    if options.deck and not options.deck.is_file():
        raise Misconfigured(f"--deck: {options.deck} is no file. docs/decks.md shows how a deck is written.")

    def ready(address: str) -> None:
        print(f"The playground is at {address}\nPress Ctrl+C to stop.", flush=True)
        if not options.no_browser:
            import webbrowser

            webbrowser.open(address)

    with contextlib.ExitStack() as stack:
        folder = options.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="couple-rituals-")))
        _until_stopped(lambda stop: playing.demo(folder, options.port, timezone, ready, stop, options.deck))


def _until_stopped(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    import asyncio

    async def main() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            # Windows' event loop has no signal handlers; there Ctrl+C ends the program.
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(name, stop.set)
        await work(stop)

    asyncio.run(main())


def _machine_zone() -> str:
    from tzlocal import get_localzone_name

    from bot.zones import known

    name = get_localzone_name() or "UTC"
    return name if known(name) else "UTC"


def _zone_named(name: str) -> str:
    from bot.zones import known

    if not known(name):
        raise Misconfigured(f"--timezone: {name!r} is not a time zone. Use a name such as Europe/Lisbon.")
    return name


def _simulate(options: argparse.Namespace) -> None:
    import asyncio

    from bot import simulating, telling, wiring
    from bot.config import read_config

    known = wiring.repertoire("UTC")
    start = _date(options.start) if options.start else date.today()
    if options.all:
        _survey(options, known, start)
        return
    days = options.days or 30
    if options.config:
        couples = simulating.agreed_in(read_config(options.config).database)
    else:
        couples = [simulating.sample(known, _two_zones(options.zones))]
    said = asyncio.run(simulating.simulate(known, couples, start, days))
    noticed = simulating.warnings(known, couples, said, start, days)
    print(telling.as_json(said, noticed) if options.json else telling.as_table(said, noticed, known))


def _survey(options: argparse.Namespace, known: Repertoire, start: date) -> None:
    from bot import surveying, telling

    found = surveying.survey([*known.decks.values()], start, options.days or 365)
    print(telling.survey_as_json(found) if options.json else telling.survey_as_table(found))


def _two_zones(written: str) -> tuple[str, str]:
    from bot.zones import known

    zones = [zone.strip() for zone in written.split(",")] if written else [_machine_zone()]
    for zone in zones:
        if not known(zone):
            raise Misconfigured(f"--zones: {zone!r} is not a time zone. Use names such as Europe/Lisbon,Asia/Tokyo.")
    return zones[0], zones[-1]


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as problem:
        raise Misconfigured(f"--start: {written!r} is not a date. Write it as 2026-03-01.") from problem


def _run(options: argparse.Namespace) -> None:
    from bot import logs, wiring
    from bot.config import read_config

    # What the two write is for nobody else on this machine to read.
    os.umask(0o077)
    config = read_config(options.config)
    logs.set_up(config.log_level, config.log_format, config.secrets)
    _until_stopped(lambda stop: wiring.run(config, stop))


def _init(options: argparse.Namespace) -> None:
    from getpass import getpass

    from bot.settingup import Terminal, set_up

    hidden = getpass if sys.stdin.isatty() else input
    terminal = Terminal(lambda words: print(words, flush=True), input, hidden)
    given = {"telegram": options.telegram_api_url, "discord": options.discord_api_url}
    urls = {key: url.rstrip("/") for key, url in given.items()}
    try:
        set_up(options.config, terminal, urls=urls, timezone=_machine_zone(), overwrite=options.force)
    except EOFError:
        raise Misconfigured("The answers ended too soon, so nothing was written.") from None
    except UnicodeDecodeError:
        raise Misconfigured("An answer holds something that is no letter (not UTF-8); nothing was written.") from None


def _couples(options: argparse.Namespace) -> None:
    from bot import hosting
    from bot.config import read_config

    file = read_config(options.config).database
    if options.delete is None:
        print("\n".join(hosting.couples_in(file)) or "Nobody is in the database yet.")
        return
    question = f"Delete couple {options.delete} and everything that both wrote, for good? Type yes: "
    if not options.yes and input(question).strip().lower() != "yes":
        print("Nothing was deleted.")
        return
    count = hosting.delete_couple(file, options.delete)
    print(f"Deleted; answers that went with it: {count}. Copies of the file that you made before still hold them.")


def _backup(options: argparse.Namespace) -> None:
    from bot import backups
    from bot.config import read_config
    from bot.keys import Found, read_key

    settings = read_config(options.config)
    key = read_key(Found(settings.key_file, settings.key))
    if key is None:
        raise Misconfigured("There is no key yet, so nothing was ever written. Start the bot once before.")
    lock = backups.Lock(key, _passphrase(twice=True) if options.passphrase else "")
    size = backups.back_up(settings.database, options.file, lock)
    needs = "this passphrase, and nothing else" if lock.passphrase else f"the key in {settings.key_file}"
    print(f"{options.file} is written and was read back ({size:,} bytes). To open it takes {needs}.")


def _restore(options: argparse.Namespace) -> None:
    from bot import restoring
    from bot.config import read_config
    from bot.keys import Found

    settings = read_config(options.config)
    found = Found(settings.key_file, settings.key)
    passphrase = _passphrase(twice=False) if options.passphrase else ""
    gone = restoring.restore(options.file, settings.database, found, passphrase)
    print(f"{settings.database} is there again. Answers that were deleted since and went from it: {gone}.")
    print("Start the bot with: couple-rituals run")


def _passphrase(*, twice: bool) -> str:
    """From the environment, or typed unseen; raises Misconfigured where it is none."""
    import getpass

    said = os.environ.get(PASSPHRASE, "")
    if said:
        return said
    said = getpass.getpass("Passphrase (not shown): ")
    if not said or (twice and getpass.getpass("Once more: ") != said):
        raise Misconfigured("The two were not the same, or empty. Nothing was written.")
    return said


def _rekey(options: argparse.Namespace) -> None:
    from bot import hosting
    from bot.config import read_config
    from bot.keys import Found

    settings = read_config(options.config)
    count = hosting.change_key(settings.database, Found(settings.key_file, settings.key))
    print(f"{settings.key_file} holds a new key; couples whose words were sealed anew: {count}.")
    print("Keep a copy of it apart from copies of the database; copies made before still need the old one.")


def _check_decks(options: argparse.Namespace) -> int:
    from bot.deckcheck import check_decks
    from bot.wiring import CONTENT

    return _tell(check_decks(options.where, CONTENT / "en"))


def _deck_schema(_: argparse.Namespace) -> None:
    from bot.deckschema import written

    print(written(), end="")


def _texts(_: argparse.Namespace) -> None:
    from bot import wiring
    from bot.texts import directories_in, texts_in, texts_of_the_page

    languages = sorted(file.parent for file in wiring.CONTENT.glob("*/words.ftl"))
    shown = [(f"{folder.name}/{place}", text) for folder in languages for place, text in texts_in(folder)]
    for place, text in (*shown, *directories_in(wiring.CONTENT / "helplines.toml"), *texts_of_the_page()):
        print(f"{place}\t{' '.join(text.split())}")


def _doctor(options: argparse.Namespace) -> int:
    import asyncio

    from bot.doctor import examine

    return _tell(asyncio.run(examine(options.config)))


def _tell(found: Iterable[Finding]) -> int:
    """Print what was found, with its cure; returns the exit code."""
    from bot.findings import Level

    levels = set()
    for finding in found:
        levels.add(finding.level)
        print(f"{finding.level.value:<6}{finding.what}")
        if finding.cure:
            print(f"      -> {finding.cure}")
    return int(Level.WRONG in levels)
