"""What config.toml and the environment say together."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from bot.config import PLACEHOLDER, Discord, Telegram, read_config, secret_files
from bot.errors import Misconfigured

TOKEN = "123456:from-the-file"
SECRET = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
HUSHED = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789ab"


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text)
    return file


def test_what_is_left_out_holds_as_the_example_says(tmp_path: Path) -> None:
    """An empty file is a whole configuration."""
    example = Path(__file__).parents[2] / "config.example.toml"
    copied = written(tmp_path, example.read_text())
    from_example = read_config(copied, {})

    assert from_example == read_config(written(tmp_path, ""), {})


def test_a_token_comes_from_the_file_from_its_own_file_or_from_the_environment(tmp_path: Path) -> None:
    """The environment wins over what is written, and a token over a file that holds one."""
    (tmp_path / "secret").write_text("123456:from-its-own-file\n")
    plain = written(tmp_path, f'[telegram]\ntoken = "{TOKEN}"')
    named = {"COUPLE_RITUALS_TELEGRAM_TOKEN": "123456:from-the-environment"}
    held = {"COUPLE_RITUALS_TELEGRAM_TOKEN_FILE": str(tmp_path / "secret")}
    found = [read_config(plain, environment).telegram for environment in ({}, named, held)]
    own_file = read_config(written(tmp_path, '[telegram]\ntoken_file = "secret"'), {}).telegram

    assert [one.token if one else "" for one in (*found, own_file)] == [
        TOKEN,
        "123456:from-the-environment",
        "123456:from-its-own-file",
        "123456:from-its-own-file",
    ]


def test_discords_token_has_the_same_three_places(tmp_path: Path) -> None:
    """Neither platform's token is taken for the other's."""
    (tmp_path / "secret").write_text("from.its-own-file\n")
    plain = written(tmp_path, '[discord]\ntoken = "from.the-file"')
    named = {"COUPLE_RITUALS_DISCORD_TOKEN": "from.the-environment"}
    held = {"COUPLE_RITUALS_DISCORD_TOKEN_FILE": str(tmp_path / "secret")}
    found = [read_config(plain, environment) for environment in ({}, named, held)]
    own_file = read_config(written(tmp_path, '[discord]\ntoken_file = "secret"'), {})

    assert [one.discord.token for one in (*found, own_file) if one.discord] == [
        "from.the-file",
        "from.the-environment",
        "from.its-own-file",
        "from.its-own-file",
    ]
    assert {one.telegram for one in found} == {None}


def test_addresses_of_own_servers(tmp_path: Path) -> None:
    """A stroke at the end of an address changes nothing."""
    file = written(
        tmp_path,
        f'[telegram]\ntoken = "{TOKEN}"\napi_url = "http://127.0.0.1:8081/"\n[discord]\ntoken = "x"\ngateway_url = "ws://h/"',
    )
    config = read_config(file, {})

    assert config.telegram == Telegram(TOKEN, "http://127.0.0.1:8081")
    assert config.discord == Discord("x", "", "ws://h")


@pytest.mark.parametrize(
    ("text", "environment", "port"),
    [
        ("", {}, None),
        ("[health]\nport = 0", {}, None),
        ("[health]\nport = 9100", {}, 9100),
        ("[health]\nport = 9100", {"COUPLE_RITUALS_HEALTH_PORT": "9200"}, 9200),
        ("[health]\nport = 9100", {"COUPLE_RITUALS_HEALTH_PORT": "0"}, None),
    ],
)
def test_the_port_that_tells_how_it_is(
    tmp_path: Path, text: str, environment: dict[str, str], port: int | None
) -> None:
    """There is none unless the host says so; the environment wins."""
    health = read_config(written(tmp_path, text), environment).health

    assert (health.port if health else None) == port


@pytest.mark.parametrize(
    ("text", "environment", "sentence"),
    [
        ('[health]\nport = "9100"', {}, "health.port takes a number from 1 to 65535"),
        ("[health]\nport = 70000", {}, "health.port takes a number"),
        ("[health]\nport = true", {}, "health.port takes a number"),
        ("", {"COUPLE_RITUALS_HEALTH_PORT": "local"}, "COUPLE_RITUALS_HEALTH_PORT takes a number"),
        ('log_format = "pretty"', {}, "log_format takes auto, text or json, not 'pretty'"),
        ('log_level = "loud"', {}, "log_level takes DEBUG, INFO, WARNING or ERROR, not 'LOUD'"),
    ],
)
def test_what_cannot_be_meant(tmp_path: Path, text: str, environment: dict[str, str], sentence: str) -> None:
    """The sentence says which setting it is, and what it takes."""
    with pytest.raises(Misconfigured, match=sentence):
        read_config(written(tmp_path, text), environment)


def test_what_the_log_may_not_show(tmp_path: Path) -> None:
    """Tokens, the key and the host's code; what is too short would blank other words."""
    text = f'host_code = "opensesame9"\n[telegram]\ntoken = "{TOKEN}"\n[discord]\ntoken = "x"'
    config = read_config(written(tmp_path, text), {"COUPLE_RITUALS_KEY": "k" * 44})

    assert set(config.secrets) == {"opensesame9", TOKEN, "k" * 44}


def test_secrets_are_in_no_representation(tmp_path: Path) -> None:
    """A configuration can be logged without giving a token or the host's code away."""
    config = read_config(written(tmp_path, f'host_code = "hush"\n[telegram]\ntoken = "{TOKEN}"'), {})

    assert "from-the-file" not in repr(config)
    assert "hush" not in repr(config)


@pytest.mark.parametrize(
    ("text", "environment", "where"),
    [
        (f'[telegram]\napi_url = "{SECRET}"', {}, "telegram.api_url takes an address"),
        (f'[telegram]\napi_url = "https://example.org/bot{SECRET}"', {}, "without the token"),
        (f'[telegram]\ntoken_file = "{SECRET}"', {}, "telegram.token_file names a file"),
        (f'[telegram]\ntoken = "{SECRET} "\napi_url = 3', {}, "telegram.api_url takes text"),
        (f'[telegram]\ntoken = "bot{SECRET}"', {}, "telegram.token is not a token"),
        ("", {"COUPLE_RITUALS_TELEGRAM_TOKEN": f'"{SECRET}"'}, "COUPLE_RITUALS_TELEGRAM_TOKEN is not a token"),
        ("", {"COUPLE_RITUALS_TELEGRAM_TOKEN_FILE": SECRET}, "COUPLE_RITUALS_TELEGRAM_TOKEN_FILE names a file"),
        (f'[discord]\ntoken = "Bot {SECRET}"', {}, "discord.token is not a token"),
        (f'[discord]\ntoken = "x"\ngateway_url = "https://{SECRET}"', {}, "wss://"),
        (f'[discord]\ntoken = "Bot {HUSHED}"', {}, "discord.token is not a token"),
        (f'[discord]\napi_url = "{HUSHED}"', {}, "discord.api_url takes an address"),
        (f'[discord]\ngateway_url = "wss://example.org/{HUSHED}"', {}, "without the token"),
        (f'[discord]\ntoken_file = "{HUSHED}"', {}, "discord.token_file names a file"),
        (f'[discord]\ntokn = "{HUSHED}"', {}, "Did you mean 'discord.token'?"),
        ("", {"COUPLE_RITUALS_DISCORD_TOKEN": f'"{HUSHED}"'}, "COUPLE_RITUALS_DISCORD_TOKEN is not a token"),
        (f'host_code = "{SECRET}"', {}, "host_code takes up to 50 letters"),
        (f'token = "{SECRET}"', {}, "'token' is not a setting"),
        (f'telegram = "{SECRET}"', {}, "write [telegram]"),
        (f"[telegram]\ntoken = {SECRET}", {}, "cannot be read"),
    ],
)
def test_no_mistake_shows_the_secret(tmp_path: Path, text: str, environment: dict[str, str], where: str) -> None:
    """A token on the wrong line, or in the wrong shape, is named by its place and not repeated."""
    with pytest.raises(Misconfigured) as told:
        read_config(written(tmp_path, text), environment)

    assert where in str(told.value)
    shown = "".join(traceback.format_exception(told.value))
    assert SECRET not in shown
    assert HUSHED not in shown


def test_a_placeholder_is_no_token(tmp_path: Path) -> None:
    """What the example says in a token's place counts as nothing, also in the environment."""
    file = written(tmp_path, f'[telegram]\ntoken = "{PLACEHOLDER}"')

    assert read_config(file, {"COUPLE_RITUALS_TELEGRAM_TOKEN": PLACEHOLDER}).telegram is None
    assert secret_files(file, {}) == []


def test_what_wins_is_all_that_is_read(tmp_path: Path) -> None:
    """A file that another token makes needless may be gone."""
    file = written(tmp_path, '[telegram]\ntoken_file = "gone"')
    config = read_config(file, {"COUPLE_RITUALS_TELEGRAM_TOKEN": TOKEN})

    assert config.telegram == Telegram(TOKEN)


def test_which_files_hold_a_secret(tmp_path: Path) -> None:
    """The file of settings only where a token or the host's code stands in it, and the token's own file."""
    (tmp_path / "secret").write_text(TOKEN)
    own_file = written(tmp_path, '[telegram]\ntoken_file = "secret"')
    found = [
        secret_files(own_file, {}),
        secret_files(written(tmp_path, f'[telegram]\ntoken = "{TOKEN}"'), {}),
        secret_files(written(tmp_path, 'host_code = "abc"'), {}),
        secret_files(written(tmp_path, ""), {"COUPLE_RITUALS_TELEGRAM_TOKEN": TOKEN}),
    ]

    assert found == [[tmp_path / "secret"], [own_file], [own_file], []]
