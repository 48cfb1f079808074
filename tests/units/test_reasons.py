"""The reason for a prompt tells nothing of what one of the two set alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from bot import wiring
from bot.deckfile import read_decks
from bot.rotation import Choice, Circumstances, Past, choose, may_come
from bot.views.reasons import SAID, SAID_ALIKE, rule_said

MORNING = read_decks(wiring.CONTENT / "en")["morning_appreciation"]
SMALL = replace(MORNING, prompts=MORNING.prompts[::15])
"""A deck in which what is left out soon leaves little."""

PROMPTS = [prompt.id for prompt in SMALL.prompts]
MONDAY = date(2026, 3, 2)


def _a_life(chance: Random) -> tuple[Circumstances, list[Past]]:
    """What both know: the day, how they live, and what came, several times a day."""
    day = MONDAY + timedelta(days=chance.randrange(365))
    kinds = {name: chance.random() < 0.2 for name in ("apart", "southern", "gentle", "three", "last_of_day")}
    now = Circumstances(day, chance.randrange(24), days_together_with_bot=chance.randrange(200), posts=20, **kinds)
    long = chance.randint(5, 60)
    past = [Past(chance.choice(PROMPTS), day - timedelta(days=(long - at) // 4)) for at in range(long)]
    return now, past


def _set_alone(chance: Random, now: Circumstances) -> Circumstances:
    """The same, with what one of the two set without a word to the other."""
    left_out = frozenset(chance.sample(PROMPTS, chance.randrange(len(PROMPTS))))
    return replace(now, depth=chance.randint(1, 3), hidden=left_out)


def test_one_prompt_has_one_reason() -> None:
    """Whatever depth the two set and whatever they left out: where the same prompt comes, the same is said of it."""
    told = []
    for seed in range(3000):
        chance = Random(seed)
        now, past = _a_life(chance)
        one, other = (_chosen(_set_alone(chance, now), past, seed) for _ in range(2))
        if one and other and one.prompt == other.prompt:
            told.append((one.rule, other.rule))

    assert ("rule-fresh", "rule-relaxed") in told
    assert all(rule_said(one) == rule_said(other) for one, other in told)


def _chosen(now: Circumstances, past: list[Past], seed: int) -> Choice | None:
    return choose(SMALL, past, now, str(seed)) if may_come(SMALL, past, now) else None


def test_every_rule_has_its_sentence() -> None:
    """Each key that the choice gives is said in words; one that nobody knows is said as the usual one."""
    words = (wiring.CONTENT / "en" / "words.ftl").read_text(encoding="utf-8")

    assert all(f"\n{rule} = " in words for rule in SAID)
    assert set(SAID_ALIKE.values()) <= set(SAID)
    assert rule_said("rule-of-old") == "rule-fresh"


def test_what_was_put_away_rests_and_takes_up_no_room() -> None:
    """It does not come again, and the rhythm of room for hard feelings goes by what stood in its place."""
    hard = next(prompt for prompt in MORNING.prompts if "hard_feelings" in prompt.tags and prompt.depth == 1)
    plain = [prompt for prompt in MORNING.prompts if "hard_feelings" not in prompt.tags][:6]
    past = [Past(prompt.id, MONDAY + timedelta(days=at)) for at, prompt in enumerate(plain)]
    today = MONDAY + timedelta(days=6)
    now = Circumstances(today, days_together_with_bot=6, posts=6)

    again = choose(MORNING, [*past, Past(hard.id, today, answered=False, put_away=True)], now, "s")

    assert again.rule == "rule-hard-feelings"
    assert again.prompt != hard
