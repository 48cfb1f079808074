"""Setting up, question by question, where no platform can be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config, Discord, Telegram, read_config
from bot.errors import Misconfigured
from bot.settingup import Terminal, set_up

NOBODY = "http://127.0.0.1:9"
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
OTHER = "987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


class Typist:
    """Someone who types these answers, and remembers what was said and asked."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.seen: list[str] = []
        self.terminal = Terminal(self.seen.append, self._answer, self._answer)

    def _answer(self, question: str) -> str:
        self.seen.append(question)
        return self._answers.pop(0)

    @property
    def screen(self) -> str:
        return "\n".join(self.seen)

    def sets_up(self, path: Path, *, overwrite: bool = False, api_url: str = NOBODY) -> Config:
        urls = {"telegram": api_url, "discord": NOBODY}
        set_up(path, self.terminal, urls=urls, timezone="Europe/Lisbon", overwrite=overwrite)
        return read_config(path, {})


def test_what_is_written_unchecked(tmp_path: Path) -> None:
    """Without Telegram the token is written if its author wants that, and the way on is told all the same."""
    typist = Typist(TOKEN, "y", "", "Ann", "Asia/Tokyo")
    config = typist.sets_up(tmp_path / "config.toml")

    assert (config.telegram, config.host, config.timezone) == (Telegram(TOKEN, NOBODY), "Ann", "Asia/Tokyo")
    assert f"https://t.me/YOUR_BOT?start=host-0-{config.host_code}" in typist.screen
    assert "make run" in typist.screen
    assert TOKEN not in typist.screen


def test_no_token_yet(tmp_path: Path) -> None:
    """Everything but a token can be written before there is one."""
    typist = Typist("", "", "Ann", "")
    config = typist.sets_up(tmp_path / "config.toml")

    assert (config.telegram, config.host, config.timezone) == (None, "Ann", "Europe/Lisbon")
    assert "COUPLE_RITUALS_TELEGRAM_TOKEN" in typist.screen


def test_what_is_no_token_is_not_sent_anywhere(tmp_path: Path) -> None:
    """A sentence in the token's place is asked for again, three times; then nothing is written."""
    typist = Typist("hello", "bot 1:abc", "1:a/b")
    with pytest.raises(Misconfigured, match="Nothing was written"):
        typist.sets_up(tmp_path / "config.toml")

    assert typist.screen.count("That is not a token") == 3
    assert "could not be asked" not in typist.screen
    assert not list(tmp_path.iterdir())


def test_an_unknown_zone_is_asked_for_again(tmp_path: Path) -> None:
    """Whoever cannot name their zone gets this machine's after three tries."""
    typist = Typist("", "", "", "Lisbon", "Mars", "Europe/Lisboa")
    config = typist.sets_up(tmp_path / "config.toml")

    assert config.timezone == "Europe/Lisbon"
    assert "'Lisbon' is not a time zone" in typist.screen


def test_setting_up_anew_loses_nothing(tmp_path: Path) -> None:
    """With --force the new token takes the old one's place; the database, the host's link and the rest stay."""
    file = tmp_path / "config.toml"
    file.write_text(
        'database = "elsewhere.db"\ncouples = 3\nhost = "Ann"\nhost_code = "kept"\ntimezone = "Asia/Tokyo"\n'
        f'[telegram]\ntoken = "{TOKEN}"\napi_url = "{NOBODY}"\n[discord]\ntoken = "x"\napi_url = "{NOBODY}"\n'
    )
    before = read_config(file, {})
    kept = Typist("", "y", "", "y", "", "").sets_up(file, overwrite=True, api_url="")
    changed = Typist(OTHER, "y", "", "y", "Ben", "").sets_up(file, overwrite=True, api_url="")

    assert kept == before
    assert changed.telegram == Telegram(OTHER, NOBODY)
    assert (changed.database, changed.couples, changed.host_code) == (tmp_path / "elsewhere.db", 3, "kept")
    assert (changed.host, changed.timezone, changed.discord) == ("Ben", "Asia/Tokyo", Discord("x", NOBODY))


def test_a_token_in_a_file_of_its_own_stays_there(tmp_path: Path) -> None:
    """It is not copied into config.toml; one that is typed takes its place."""
    (tmp_path / "secret").write_text(TOKEN)
    file = tmp_path / "config.toml"
    file.write_text('[telegram]\ntoken_file = "secret"\n')
    Typist("", "y", "", "", "").sets_up(file, overwrite=True)
    stayed = TOKEN not in file.read_text()
    changed = Typist(OTHER, "y", "", "", "").sets_up(file, overwrite=True)

    assert stayed
    assert changed.telegram == Telegram(OTHER, NOBODY)
    assert "token_file" not in file.read_text()


def test_a_broken_file_is_written_anew_only_when_asked(tmp_path: Path) -> None:
    """What could not be read is said before it is gone."""
    file = tmp_path / "config.toml"
    file.write_text("databse = 3")
    with pytest.raises(Misconfigured, match="--force"):
        Typist().sets_up(file)
    typist = Typist("", "", "Ann", "")
    config = typist.sets_up(file, overwrite=True)

    assert "Did you mean 'database'?" in typist.screen
    assert config.host == "Ann"


def test_an_address_that_is_none(tmp_path: Path) -> None:
    """A server of one's own is named by its whole address."""
    with pytest.raises(Misconfigured, match="http://localhost"):
        Typist().sets_up(tmp_path / "config.toml", api_url="localhost:8081")

    assert not list(tmp_path.iterdir())


def test_discord_alone(tmp_path: Path) -> None:
    """Either platform will do; what is no token there is not sent anywhere either."""
    typist = Typist("", "a token, please", "abc.def", "y", "Ann", "")
    config = typist.sets_up(tmp_path / "config.toml")

    assert (config.telegram, config.discord) == (None, Discord("abc.def", NOBODY))
    assert typist.screen.count("That is not a token") == 1
    assert f"start host-0-{config.host_code}" in typist.screen
    assert "BotFather (/" not in typist.screen.partition("is written")[2]


def test_where_the_host_is_not_asked(tmp_path: Path) -> None:
    """Letting a chat in is spoken of only where chats wait for that."""
    file = tmp_path / "config.toml"
    asking = Typist("", "abc.def", "y", "Ann", "")
    asking.sets_up(file)
    file.write_text('couples = "open"')
    open_to_all = Typist("", "abc.def", "y", "Ann", "")
    open_to_all.sets_up(file, overwrite=True)

    assert "Let it in" in asking.screen
    assert "Let it in" not in open_to_all.screen
    assert "Tell me more" in open_to_all.screen
