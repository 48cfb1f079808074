"""Each decides alone: quiet hours and dates, depth, notes, fewer posts, notifications, prompts left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import thinning
from bot.decks import Kind
from bot.errors import Refusal
from bot.events import Commanded, Happening, Pressed, Said, Submitted
from bot.heard import parts_of, words_of
from bot.model import Occurrence
from bot.posts import Answer, Ask, InPrivate, Post, Show, Token
from bot.stepping import await_words, theirs
from bot.store import Who
from bot.turn import Turn
from bot.views import alone, doors, plans, suiting, wishes
from bot.wording import clock

SWITCHES = {"notes": "nudges", "fewer": "fewer", "words": "unveiled"}
"""What is on or off, with the partner's column that holds it."""


def settings(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/settings, alone or with a change such as "quiet 23-7"."""
    words = commanded.words.strip()
    if not words:
        return Show(wishes.settings(turn, who.partner), privately=True)
    name, _, value = words.partition(" ")
    try:
        wanted = turn.known.typed.choice(name, "settings")
    except ValueError as problem:
        raise Refusal("setting-unknown") from problem
    return _set(turn, who, commanded, wanted, value.strip()) if value.strip() else _look(turn, who, commanded, wanted)


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A setting was opened, or chosen."""
    name, _, value = pressed.token.value.partition("_")
    if name in SWITCHES:
        return _switched(turn, who, pressed, name, value)
    match name, value:
        case _, "":
            return _look(turn, who, pressed, name)
        case "quiet", _ if value in wishes.HOURS:
            return _quiet(turn, who, pressed, *wishes.HOURS[value])
        case ("quiet", "other") | ("dates", "add"):
            return _ask(turn, who, name)
        case "depth", _ if value in wishes.DEPTHS:
            return _deep(turn, who, pressed, value)
        case "fit", _ if value in suiting.CHOICES:
            return _suits(turn, who, pressed, value)
        case "dates", "out":
            turn.store.wishes.remove_quiet_dates(who.partner.id, pressed.token.subject)
            return _shown(pressed, wishes.quiet_dates(turn, who.partner, turn.say("dates-taken-out", who.partner)))
        case "hidden", "back":
            turn.store.wishes.show_again(who.partner.id, pressed.token.subject)
            return _shown(pressed, wishes.confirmed(turn, who.partner, "hidden-back"))
        case "lang", _:
            return _speak(turn, who, pressed, value.replace("_", "-"))
    raise Refusal("old-choice")


def typed(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Hours or dates were typed."""
    words, _ = words_of(parts_of(written))
    answer = _set(turn, who, written, token.value.partition("_")[0], words)
    await_words(turn, who, "")
    return answer


def hide(turn: Turn, who: Who) -> Answer:
    """/hide: leave the prompt that stands now out for good."""
    for occurrence in turn.store.occurrences.of_couple(who.couple.id, turn.now + 1, 10, who.partner.id):
        if _has_a_prompt(turn, occurrence):
            return Show(wishes.about_hiding(turn, who.partner, occurrence), privately=True)
    raise Refusal("hide-nothing")


def press_hide(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A prompt is left out for good; it comes to neither, and nobody is told."""
    occurrence = theirs(turn, who, pressed.token.subject)
    names = [one.id for one in turn.deck_of(occurrence).prompts_in(occurrence.prompt)]
    wanted = pressed.token.value or next(iter(names), "")
    if not _has_a_prompt(turn, occurrence) or wanted not in names:
        raise Refusal("old-choice")
    turn.store.wishes.hide(who.partner.id, wanted)
    phrase = "hide-set-alone" if turn.deck_of(occurrence).kind is Kind.NUDGE else "hide-set"
    return _shown(pressed, wishes.confirmed(turn, who.partner, phrase))


def _has_a_prompt(turn: Turn, occurrence: Occurrence) -> bool:
    deck = turn.deck_behind(occurrence)
    return deck is not None and any(one in deck.prompts for one in deck.prompts_in(occurrence.prompt))


def _look(turn: Turn, who: Who, event: Happening, name: str) -> Answer:
    partner = who.partner
    match name:
        case "all":
            return _shown(event, wishes.settings(turn, partner))
        case "quiet":
            return _shown(event, wishes.quiet_hours(turn, partner))
        case "dates":
            return _shown(event, wishes.quiet_dates(turn, partner))
        case "depth":
            return _shown(event, wishes.depth(turn, partner))
        case "fit":
            return _shown(event, wishes.with_way_back(turn, partner, suiting.question(turn, partner)))
        case "hidden":
            return _shown(event, wishes.hidden(turn, partner))
        case "lang" if len(turn.known.words.locales()) > 1:
            return _shown(event, wishes.language(turn, partner))
        case "lang":
            return _shown(event, wishes.confirmed(turn, partner, "language-only"))
        case "clock":
            await_words(turn, who, "zone-0-typed")
            return _shown(event, doors.zone_question(turn, partner))
        case "alone":
            return _shown(event, alone.everything(turn, partner))
        case "rest":
            return _shown(event, wishes.with_way_back(turn, partner, plans.rest_screen(turn, partner)))
    return _shown(event, wishes.settings(turn, partner))


def _set(turn: Turn, who: Who, event: Happening, name: str, words: str) -> Answer:
    """A setting as it was typed."""
    typed = turn.known.typed
    try:
        match name:
            case "quiet":
                return _quiet(turn, who, event, *typed.hours(words))
            case "dates":
                return _stay_silent(turn, who, event, words)
            case "depth":
                return _deep(turn, who, event, typed.choice(words, "depths"))
            case "fit":
                return _suits(turn, who, event, typed.choice(words, "fits"))
            case "lang":
                return _speak(turn, who, event, typed.choice(words, "languages"))
            case _ if name in SWITCHES:
                return _switched(turn, who, event, name, typed.choice(words, "switch"))
    except ValueError as problem:
        raise Refusal({"quiet": "hours-unknown", "dates": "dates-unknown"}.get(name, "setting-unknown")) from problem
    raise Refusal("setting-unknown")


def _ask(turn: Turn, who: Who, name: str) -> Answer:
    form = wishes.hours_form(turn, who.partner) if name == "quiet" else wishes.dates_form(turn, who.partner)
    await_words(turn, who, str(form.token))
    return Ask(form, privately=True)


def _quiet(turn: Turn, who: Who, event: Happening, start: int, end: int) -> Answer:
    turn.store.people.change_partner(who.partner.id, quiet_from=start, quiet_to=end)
    if start == end:
        return _shown(event, wishes.confirmed(turn, who.partner, "quiet-none"))
    hours = {"from": clock(start), "to": clock(end)}
    return _shown(event, wishes.confirmed(turn, who.partner, "quiet-set", **hours))


def _stay_silent(turn: Turn, who: Who, event: Happening, words: str) -> Answer:
    today = datetime.fromtimestamp(turn.now, turn.zone(who.partner.timezone)).date()
    first, last = turn.known.typed.dates(words, today)
    turn.store.wishes.add_quiet_dates(who.partner.id, first.isoformat(), last.isoformat())
    line = wishes.span_of_dates(turn, who.partner, first, last)
    return _shown(event, wishes.confirmed(turn, who.partner, "dates-set", dates=line))


def _deep(turn: Turn, who: Who, event: Happening, depth: str) -> Answer:
    turn.store.people.change_partner(who.partner.id, depth=int(depth))
    return _shown(event, wishes.confirmed(turn, who.partner, "depth-set"))


def _suits(turn: Turn, who: Who, event: Happening, wanted: str) -> Answer:
    turn.store.people.change_partner(who.partner.id, **suiting.CHOICES[wanted])
    return _look(turn, replace(who, partner=turn.store.people.partner(who.partner.id)), event, "fit")


def _speak(turn: Turn, who: Who, event: Happening, locale: str) -> Answer:
    if locale not in turn.known.words.locales():
        raise Refusal("setting-unknown")
    turn.store.people.change_partner(who.partner.id, locale=locale)
    partner = turn.store.people.partner(who.partner.id)
    return _shown(event, wishes.confirmed(turn, partner, "language-set"))


def _switched(turn: Turn, who: Who, event: Happening, name: str, value: str) -> Answer:
    if value not in ("on", "off"):
        raise Refusal("setting-unknown")
    if name == "fewer" and value == "on":
        thinning.wish_begins(turn, who.partner)
    turn.store.people.change_partner(who.partner.id, **{SWITCHES[name]: value == "on"})
    if name == "fewer" and value == "off" and who.partner.fewer and not who.partner.leaves_at:
        thinning.wish_is_over(turn, who.partner)
    said = {"notes": f"notes-{value}", "fewer": f"fewer-{value}", "words": f"words-{value}"}
    return _shown(event, wishes.confirmed(turn, who.partner, said[name]))


def _shown(event: Happening, post: Post) -> Show:
    """For the person alone, in the place of what was pressed."""
    return Show(post, privately=True, in_place=isinstance(event, Pressed) and isinstance(event.place, InPrivate))
