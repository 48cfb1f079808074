"""What config.toml and the environment say together."""

from __future__ import annotations

from pathlib import Path

from bot.config import Discord, Telegram, read_config

TOKEN = "123456:from-the-file"


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


def test_addresses_of_own_servers(tmp_path: Path) -> None:
    """A stroke at the end of an address changes nothing."""
    file = written(
        tmp_path,
        f'[telegram]\ntoken = "{TOKEN}"\napi_url = "http://127.0.0.1:8081/"\n[discord]\ntoken = "x"\ngateway_url = "ws://h/"',
    )
    config = read_config(file, {})

    assert config.telegram == Telegram(TOKEN, "http://127.0.0.1:8081")
    assert config.discord == Discord("x", "", "ws://h")


def test_secrets_are_in_no_representation(tmp_path: Path) -> None:
    """A configuration can be logged without giving a token or the host's code away."""
    config = read_config(written(tmp_path, f'host_code = "hush"\n[telegram]\ntoken = "{TOKEN}"'), {})

    assert "from-the-file" not in repr(config)
    assert "hush" not in repr(config)
