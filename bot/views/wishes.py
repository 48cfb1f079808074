"""What a partner sees of what they decide alone; nothing of it is ever shown to the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.decks import Kind
from bot.model import Couple, Occurrence, Partner
from bot.posts import Choice, Field, Form, Post, Span, Style, Token
from bot.turn import Turn
from bot.views import suiting
from bot.wishes import QuietDates
from bot.wording import clock
from bot.zones import place_of

HOURS = {"early": (21 * 60, 7 * 60), "usual": (22 * 60, 7 * 60 + 30), "late": (23 * 60, 8 * 60), "none": (0, 0)}
DEPTHS = ("1", "2", "3")


def settings(turn: Turn, partner: Partner) -> Post:
    """Everything that one decides alone, in one view built of choices."""
    lines = "\n".join(_lines(turn, partner))
    text = (
        Span(turn.say("settings-title", partner), Style.STRONG),
        Span(f"\n{lines}"),
        Span("\n\n" + turn.say("settings-note", partner), Style.SOFT),
    )
    wanted = [
        ("quiet", "quiet"),
        ("dates", "dates"),
        ("depth", "depth"),
        ("fit", "fit"),
        _switch("notes", on=partner.nudges),
        _switch("fewer", on=partner.fewer),
        _switch("words", on=partner.unveiled),
        ("clock", "clock"),
        ("rest", "rest"),
        *([("hidden", "hidden")] if turn.store.wishes.hidden([partner.id]) else []),
        *([("language", "lang")] if len(turn.known.words.locales()) > 1 else []),
    ]
    choices = tuple(_choice(turn, partner, f"choice-set-{phrase}", value) for phrase, value in wanted)
    alone = Choice(turn.say("choice-set-alone", partner), Token("alone"), privately=True)
    recovery = Choice(turn.say("choice-set-recovery", partner), Token("recovery"), privately=True)
    leave = Choice(turn.say("choice-set-leave", partner), Token("leave"), privately=True)
    return Post(text, (*choices, alone, recovery, leave))


def quiet_hours(turn: Turn, partner: Partner) -> Post:
    """The question when no phone shall ring."""
    choices = [_choice(turn, partner, f"choice-quiet-{name}", f"quiet_{name}") for name in HOURS]
    other = _choice(turn, partner, "choice-quiet-other", "quiet_other")
    return Post((Span(turn.say("quiet-question", partner)),), (*choices, other, _back(turn, partner)))


def quiet_dates(turn: Turn, partner: Partner, said: str = "") -> Post:
    """A partner's quiet dates, to add to and to take from."""
    add = _choice(turn, partner, "choice-dates-add", "dates_add")
    taken = [
        Choice(
            turn.say("choice-dates-remove", partner, dates=dates_line(turn, partner, one)),
            Token("wish", one.id, "dates_out"),
        )
        for one in turn.store.wishes.quiet_dates(partner.id)
    ]
    head = f"{said}\n\n" if said else ""
    text = head + turn.say("dates-question", partner)
    return Post((Span(text),), (add, *taken, _back(turn, partner)))


def depth(turn: Turn, partner: Partner) -> Post:
    """The question how deep prompts may go."""
    choices = [_choice(turn, partner, f"choice-depth-{one}", f"depth_{one}") for one in DEPTHS]
    return Post((Span(turn.say("depth-question", partner)),), (*choices, _back(turn, partner)))


def language(turn: Turn, partner: Partner) -> Post:
    """The question for a language, where there is more than one."""
    words = turn.known.words
    choices = [
        Choice(words.say("language-name", one), Token("wish", 0, f"lang_{one.replace('-', '_')}"))
        for one in words.locales()
    ]
    return Post((Span(turn.say("language-question", partner)),), (*choices, _back(turn, partner)))


def hidden(turn: Turn, partner: Partner) -> Post:
    """The prompts that a partner left out for good, to let them come again."""
    mine = turn.store.wishes.hidden([partner.id])
    choices = [
        Choice(
            turn.say("choice-hidden-back", partner, prompt=_wording(turn, partner, one.prompt)),
            Token("wish", one.id, "hidden_back"),
        )
        for one in mine
    ]
    phrase = "hidden-question" if mine else "hidden-none"
    return Post((Span(turn.say(phrase, partner)),), (*choices, _back(turn, partner)))


def confirmed(turn: Turn, partner: Partner, phrase: str, **values: str) -> Post:
    """What was changed, and the way back to the other settings."""
    return Post((Span(turn.say(phrase, partner, **values)),), (_back(turn, partner),))


def hours_form(turn: Turn, partner: Partner) -> Form:
    """The question for other quiet hours."""
    title, label, hint = (turn.say(f"hours-form-{part}", partner) for part in ("title", "label", "hint"))
    return Form(Token("wish", 0, "quiet_typed"), title, (Field("words", label, hint, longest=60),))


def dates_form(turn: Turn, partner: Partner) -> Form:
    """The question for a quiet date."""
    title, label, hint = (turn.say(f"dates-form-{part}", partner) for part in ("title", "label", "hint"))
    return Form(Token("wish", 0, "dates_typed"), title, (Field("words", label, hint, longest=60),))


def about_hiding(turn: Turn, partner: Partner, occurrence: Occurrence) -> Post:
    """The newest prompt, or both of two ideas, and whether it shall never come again."""
    deck = turn.deck_of(occurrence)
    asked = deck.prompts_in(occurrence.prompt)
    phrases = ["choice-hide"] if len(asked) == 1 else ["choice-hide-first", "choice-hide-second"]
    choices = tuple(
        Choice(turn.say(phrase, partner), Token("hide", occurrence.id, one.id), privately=True)
        for phrase, one in zip(phrases, asked, strict=False)
    )
    texts = "\n".join(one.unfilled for one in asked)
    question = turn.say("hide-question-alone" if deck.kind is Kind.NUDGE else "hide-question", partner)
    return Post((Span(texts, Style.SOFT), Span("\n\n" + question)), choices)


def dates_line(turn: Turn, partner: Partner, one: QuietDates) -> str:
    """Quiet dates in words."""
    return span_of_dates(turn, partner, date.fromisoformat(one.first), date.fromisoformat(one.last))


def span_of_dates(turn: Turn, reader: Partner | Couple, first: date, last: date) -> str:
    """Dates in words, once where it is one day."""
    begins, ends = (turn.known.words.day_label(day, reader.locale) for day in (first, last))
    return begins if first == last else turn.say("dates-many", reader, first=begins, last=ends)


def _lines(turn: Turn, partner: Partner) -> list[str]:
    words = turn.known.words
    now = words.clock_time(turn.now, turn.zone(partner.timezone), partner.locale)
    place = place_of(partner.timezone)
    dates = ", ".join(dates_line(turn, partner, one) for one in turn.store.wishes.quiet_dates(partner.id))
    hours = {"from": clock(partner.quiet_from), "to": clock(partner.quiet_to)}
    left_out = len(turn.store.wishes.hidden([partner.id]))
    return [
        turn.say("setting-clock", partner, place=place, now=now),
        turn.say("setting-quiet-none" if partner.quiet_from == partner.quiet_to else "setting-quiet", partner, **hours),
        turn.say("setting-dates", partner, dates=dates) if dates else turn.say("setting-dates-none", partner),
        turn.say(f"setting-depth-{partner.depth}", partner),
        suiting.line(turn, partner),
        turn.say(f"setting-notes-{_on(partner.nudges)}", partner),
        turn.say(f"setting-fewer-{_on(partner.fewer)}", partner),
        turn.say(f"setting-words-{_on(partner.unveiled)}", partner),
        turn.say("setting-language", partner, language=turn.say("language-name", partner)),
        *([turn.say("setting-hidden", partner, count=str(left_out))] if left_out else []),
    ]


def _on(wanted: bool) -> str:
    return "on" if wanted else "off"


def _switch(name: str, *, on: bool) -> tuple[str, str]:
    return f"{name}-{_on(not on)}", f"{name}_{_on(not on)}"


def _choice(turn: Turn, partner: Partner, phrase: str, value: str) -> Choice:
    return Choice(turn.say(phrase, partner), Token("wish", 0, value), privately=True)


def with_way_back(turn: Turn, partner: Partner, post: Post) -> Post:
    """A screen of its own that was reached from the settings."""
    return replace(post, choices=(*post.choices, _back(turn, partner)))


def _back(turn: Turn, partner: Partner) -> Choice:
    return _choice(turn, partner, "choice-back", "all")


def _wording(turn: Turn, partner: Partner, prompt: str) -> str:
    """A prompt's text; of something to practise that was put away its title."""
    for deck in turn.decks_of(partner.couple).values():
        if deck.id == prompt:
            return deck.title
        for one in deck.prompts:
            if one.id == prompt:
                return one.unfilled
    return prompt
