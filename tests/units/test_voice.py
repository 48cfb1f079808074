"""Every text that a person can see, held against the voice's rules."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.texts import directories_in, texts_in, texts_of_the_page

LOCALES = sorted(folder for folder in wiring.CONTENT.iterdir() if (folder / "words.ftl").exists())
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")


def shown_in(folder: Path) -> list[tuple[str, str]]:
    """Every text of a language with its place, and what every language shows."""
    everywhere = [*directories_in(wiring.CONTENT / "helplines.toml"), *texts_of_the_page()]
    return [*texts_in(folder), *(everywhere if folder.parent == wiring.CONTENT else [])]


def rules_of(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "voice.toml").read_text(encoding="utf-8"))


def is_banned(text: str, banned: dict[str, Any]) -> bool:
    """Whether a banned word stands in a text, or a banned phrase."""
    straight = text.replace("’", "'").lower()
    words = any(re.search(rf"\b{re.escape(word)}\b", straight) for word in banned["words"])
    return words or any(phrase in straight for phrase in banned["phrases"])


@pytest.fixture(params=LOCALES, ids=lambda folder: folder.name)
def locale(request: pytest.FixtureRequest) -> Path:
    """A language's folder."""
    folder: Path = request.param
    return folder


def test_there_is_something_to_check(locale: Path) -> None:
    """The collection finds the decks and the system's words."""
    assert len(shown_in(locale)) > 250


def test_no_banned_word_or_phrase(locale: Path) -> None:
    """Nothing shames, counts, scores or hurries."""
    banned = rules_of(locale)["banned"]

    assert [(place, text) for place, text in shown_in(locale) if is_banned(text, banned)] == []


def test_no_exclamation_marks_and_no_emoji(locale: Path) -> None:
    """The voice is calm."""
    assert [(place, text) for place, text in shown_in(locale) if "!" in text or EMOJI.search(text)] == []


def test_prompts_are_short(locale: Path) -> None:
    """No prompt and no item is longer than the voice allows."""
    rules = rules_of(locale)["voice"]
    asked = [text for place, text in shown_in(locale) if place.endswith(".text")]
    sentences = {text: len(re.findall(r"[.?…]['\"’]?(?:\s|$)", text)) for text in asked}

    # A step of a walk, and a card, may explain what to do there.
    prompts = [text for place, text in shown_in(locale) if place.endswith(".text") and ".step[" not in place]

    assert len(asked) > 80
    assert [text for text in asked if len(text) > rules["max_chars_prompt"]] == []
    assert [
        text
        for text in prompts
        if sentences[text] > rules["max_sentences_prompt"] and text not in rules["longer_prompts"]
    ] == []


def test_a_banned_word_would_be_found(tmp_path: Path) -> None:
    """A deck and a phrase that shame are seen wherever they hide."""
    (tmp_path / "words.ftl").write_text("a = Fine { $n ->\n    [one] day\n   *[other] Missed\n }\n")
    (tmp_path / "new.toml").write_text("[deck]\ntitle='Streak'\nid='task'\n[[sheet.item]]\nlabels=['A score']\n")
    banned = rules_of(wiring.CONTENT / "en")["banned"]

    assert {place for place, text in shown_in(tmp_path) if is_banned(text, banned)} == {
        "words.ftl a", "new.toml.deck.title", "new.toml.sheet.item[0].labels[0]",
    }  # fmt: skip


def test_nobody_is_called_by_a_role(locale: Path) -> None:
    """No he or she, no halves."""
    gendered = re.compile(r"\b(he|she|his|her|hers|him)\b", re.IGNORECASE)

    assert [(place, text) for place, text in shown_in(locale) if gendered.search(text)] == []
