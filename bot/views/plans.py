"""What the two see of their rituals: the list, one ritual, the coming week, rest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.cadence import Cadence
from bot.decks import CORE, Deck, Kind
from bot.model import Couple, Delivery, Occurrence, Partner, Ritual, State
from bot.planning import Agreed, gives_way, visit_of
from bot.posts import Choice, Field, Form, Post, Span, Style, Text, Token
from bot.rotation import THREE
from bot.turn import Turn
from bot.views import alone, appointments, building, lines
from bot.views.load import comes_next, load_choice, load_line
from bot.wording import both_times, rhythm_line, time_line
from bot.zones import place_of

DAYS_AHEAD = 7
REST_CHOICES = ("1", "3", "7", "open")


def rituals_list(turn: Turn, couple: Couple) -> Post:
    """Every ritual of the couple, with a choice to open each."""
    text: Text = (Span(turn.say("rituals-title", couple), Style.STRONG),)
    choices = []
    for ritual, deck in turn.rituals_of(couple.id):
        if deck.kind.is_for_both and not is_offered(ritual):
            text += (Span("\n" + _state_line(turn, couple, ritual, deck)),)
            choices.append(Choice(deck.title, Token("ritual", ritual.id, "see")))
    theirs = {one.deck for one in turn.store.rituals.of(couple.id) if not is_offered(one)}
    if any(deck.id not in theirs and deck.kind.is_for_both for deck in turn.decks_of(couple.id).values()):
        choices.append(Choice(turn.say("choice-more-rituals", couple), Token("rituals", couple.id, "more")))
    if len(turn.store.people.partners(couple.id)) == 2:
        choices.append(Choice(turn.say("choice-own-new", couple), Token("own", 0, "new"), privately=True))
        living = turn.say("lives-apart" if couple.apart else "lives-near", couple)
        text += (Span(f"\n\n{living} {load_line(turn, couple)}"),)
        choices += _plan_choices(turn, couple)
    return Post((*text, Span("\n\n" + turn.say("rituals-hint", couple), Style.SOFT)), tuple(choices))


def is_offered(ritual: Ritual) -> bool:
    """Whether a ritual is one that the two could have and never had."""
    return not ritual.active and not ritual.revision and ritual.deck not in CORE


def offers_list(turn: Turn, couple: Couple) -> Post:
    """Every ritual that the two could have besides, with what it is."""
    text: Text = (Span(turn.say("offers-title", couple), Style.STRONG),)
    choices = []
    for ritual, deck in turn.rituals_of(couple.id):
        if deck.kind.is_for_both and is_offered(ritual):
            text += (Span(f"\n\n{deck.title}", Style.STRONG), *([Span(f"\n{deck.about}")] if deck.about else []))
            choices.append(Choice(deck.title, Token("ritual", ritual.id, "see")))
    back = Choice(turn.say("choice-back", couple), Token("rituals", couple.id))
    return Post((*text, Span("\n\n" + turn.say("offers-hint", couple), Style.SOFT)), (*choices, back))


def _plan_choices(turn: Turn, couple: Couple) -> list[Choice]:
    """What holds for all rituals together: whether the two live apart, how much comes, the start if it is to come."""
    wanted = [("near", "choice-plan-one-place") if couple.apart else ("apart", "choice-plan-apart")]
    if not couple.began_at:
        wanted = [("start", "choice-plan-start"), *wanted]
    own_day = Choice(turn.say("choice-own-day", couple), Token("ownday"))
    return [
        *(Choice(turn.say(phrase, couple), Token("rituals", couple.id, value)) for value, phrase in wanted),
        own_day,
        load_choice(turn, couple),
    ]


def delivered_living(turn: Turn, delivery: Delivery) -> Post | None:
    """Both see that one of them said whether they live apart."""
    couple = turn.store.people.couple(delivery.subject)
    return Post((Span(turn.say("lives-apart" if couple.apart else "lives-near", couple)),), quiet=True)


def ritual_detail(turn: Turn, couple: Couple, ritual: Ritual, deck: Deck, note: str = "") -> Post:
    """One ritual and everything about it that the two may change."""
    text: Text = (Span(_state_line(turn, couple, ritual, deck), Style.STRONG),)
    text += comes_next(turn, couple, ritual)
    if not ritual.active and deck.about:
        text += (Span("\n\n" + deck.about),)
    if note:
        text += (Span("\n\n" + note, Style.SOFT),)
    return Post(text, _ritual_choices(turn, couple, ritual, deck))


def time_form(turn: Turn, ritual: Ritual, deck: Deck, reader: Partner) -> Form:
    """The question for another time of day."""
    at = Cadence.parse(ritual.cadence).at
    field = Field(
        "words",
        turn.say("time-form-label", reader),
        hint=turn.say("time-form-hint", reader),
        filled=f"{at // 60:02}:{at % 60:02}",
        longest=40,
    )
    return Form(Token("ritual", ritual.id, "typed"), deck.title, (field,))


def delivered_changed(turn: Turn, delivery: Delivery) -> Post | None:
    """Both see that a ritual changed, and how it is now."""
    ritual = turn.store.rituals.ritual(delivery.subject)
    if ritual is None:
        return None
    couple = turn.store.people.couple(ritual.couple)
    line = _state_line(turn, couple, ritual, turn.deck_of(ritual))
    return Post((Span(turn.say("ritual-changed", couple, line=line)),), quiet=True)


def delivered_untouched(turn: Turn, delivery: Delivery) -> Post | None:
    """After two weeks of untouched evenings: keep it, some evenings, or stop."""
    ritual = turn.store.rituals.ritual(delivery.subject)
    if ritual is None or not ritual.active:
        return None
    couple = turn.store.people.couple(ritual.couple)
    deck = turn.deck_of(ritual)
    choices = (
        Choice(turn.say("choice-keep-it", couple), Token("ritual", ritual.id, "keep")),
        *(
            Choice(rhythm.label, Token("ritual", ritual.id, _days_value(rhythm.days)))
            for rhythm in deck.rhythms
            if len(rhythm.days) < 7
        ),
        Choice(turn.say("choice-stop-it", couple), Token("ritual", ritual.id, "off")),
    )
    return Post((Span(turn.say("untouched", couple, title=deck.title)),), choices, quiet=True)


def week(turn: Turn, reader: Partner) -> Post:
    """What comes in the next seven days, in each partner's own time."""
    couple = turn.store.people.couple(reader.couple)
    partners = turn.store.people.partners(couple.id)
    theirs = _coming(turn, couple, partners) + alone.coming(turn, couple, reader, DAYS_AHEAD)
    coming = sorted(theirs, key=lambda one: one[0])
    text: Text = (Span(turn.say("week-title", reader), Style.STRONG),)
    day = ""
    for _, label, line in coming:
        if label != day:
            text += (Span(f"\n\n{label}", Style.STRONG),)
            day = label
        text += (Span(f"\n{line}"),)
    if not couple.began_at:
        text += (Span("\n\n" + turn.say("week-not-started", reader), Style.SOFT),)
    elif not coming:
        text += (Span("\n\n" + turn.say("week-empty", reader)),)
    if coming and len({partner.timezone for partner in partners}) > 1:
        text += (Span("\n\n" + turn.say("week-own-clocks", reader), Style.SOFT),)
    if couple.rest_until > turn.now:
        text += (Span("\n\n" + rest_line(turn, reader, couple.rest_until), Style.SOFT),)
    return Post(text)


def rest_screen(turn: Turn, reader: Partner) -> Post:
    """For whom, and how long."""
    choices = [
        Choice(turn.say(f"choice-rest-{whose}-{length}", reader), Token("rest", 0, f"{whose}_{length}"))
        for whose in ("me", "room")
        for length in REST_CHOICES
    ]
    couple = turn.store.people.couple(reader.couple)
    for whose, until in (("me", reader.rest_until), ("room", couple.rest_until)):
        if until > turn.now:
            choices.insert(0, Choice(turn.say(f"choice-rest-{whose}-end", reader), Token("rest", 0, f"{whose}_end")))
    return Post((Span(turn.say("rest-question", reader)),), tuple(choices))


def rest_line(turn: Turn, reader: Partner, until: int) -> str:
    """Until when the bot is silent."""
    if until >= OPEN_END:
        return turn.say("resting-open", reader)
    words = turn.known.words
    return turn.say("resting-until", reader, date=words.date_line(until, turn.zone(reader.timezone), reader.locale))


OPEN_END = 4_102_444_800
"""A rest without an end: 1 January 2100."""


def delivered_room_rest(turn: Turn, delivery: Delivery) -> Post | None:
    """The room reads that it grows quiet, or that it is over; never whose wish it was."""
    couple = turn.store.people.couple(delivery.subject)
    resting = couple.rest_until > turn.now
    return Post((Span(turn.say("room-resting" if resting else "room-awake", couple)),), quiet=True)


def _state_line(turn: Turn, couple: Couple, ritual: Ritual, deck: Deck) -> str:
    if not ritual.active:
        return turn.say("ritual-off", couple, title=deck.title)
    return rhythm_line(turn, couple, deck, Cadence.parse(ritual.cadence))


def _days_value(days: frozenset[int]) -> str:
    return "days_" + "".join(str(day) for day in sorted(days))


def _ritual_choices(turn: Turn, couple: Couple, ritual: Ritual, deck: Deck) -> tuple[Choice, ...]:
    cadence = Cadence.parse(ritual.cadence)
    back = Choice(turn.say("choice-back", couple), Token("rituals", couple.id))
    own = building.choices_on_page(turn, couple, deck)
    now = _now(turn, couple, ritual, deck)
    if not ritual.active:
        return (Choice(turn.say("choice-switch-on", couple), Token("ritual", ritual.id, "on")), now, *own, back)
    if deck.timer is not None:
        return (now, Choice(turn.say("choice-switch-off", couple), Token("ritual", ritual.id, "off")), back)
    wanted: list[tuple[str, str]] = [
        (rhythm.label, _days_value(rhythm.days)) for rhythm in deck.rhythms if rhythm.days != cadence.days
    ]
    wanted.append((turn.say("choice-other-time", couple), "time"))
    wanted += [*_manner_choices(turn, couple, ritual, deck), *_sheet_choices(turn, couple, ritual, deck)]
    if len({partner.timezone for partner in turn.store.people.partners(couple.id)}) > 1:
        mode = "each" if cadence.together else "together"
        wanted.append((turn.say(f"choice-{mode}", couple), mode))
    wanted.append((turn.say("choice-switch-off", couple), "off"))
    changes = (Choice(label, Token("ritual", ritual.id, value)) for label, value in wanted)
    return (*changes, now, *lines.choices_on_page(turn, couple, ritual, deck), *own, back)


def _manner_choices(turn: Turn, couple: Couple, ritual: Ritual, deck: Deck) -> list[tuple[str, str]]:
    """Three things each time or not, fewer in quiet weeks or not, and what it is called."""
    wanted = []
    if deck.kind is Kind.OPEN and any(THREE in prompt.tags for prompt in deck.prompts):
        style = "mixed" if ritual.style == "three" else "three"
        wanted.append((turn.say(f"choice-style-{style}", couple), style))
    if deck.kind is Kind.OPEN:
        pace = "thin" if ritual.every_time else "every"
        wanted.append((turn.say(f"choice-pace-{pace}", couple), pace))
    if deck.names:
        wanted.append((turn.say("choice-name", couple), "names"))
    return wanted


def _now(turn: Turn, couple: Couple, ritual: Ritual, deck: Deck) -> Choice:
    """It comes at once; what is answered in private opens there, and a timer asks for how long first."""
    token = Token("timer", ritual.id, "ask") if deck.timer is not None else Token("now", ritual.id)
    return Choice(turn.say("choice-now", couple), token, privately=deck.kind is Kind.SEALED)


def _sheet_choices(turn: Turn, couple: Couple, ritual: Ritual, deck: Deck) -> list[tuple[str, str]]:
    """Which sheet of a sealed ritual comes each time, or each in its turn."""
    named = {sheet.id: sheet.label for sheet in deck.sheets if sheet.label}
    mixed = [(turn.say("choice-style-mixed", couple), "mixed")] if ritual.style in named else []
    return [*((label, f"sheet_{name}") for name, label in named.items() if name != ritual.style), *mixed]


def _coming(turn: Turn, couple: Couple, partners: list[Partner]) -> list[tuple[int, str, str]]:
    found = []
    visit = visit_of(turn, couple)
    rituals = turn.store.rituals.of(couple.id)
    for ritual in rituals:
        deck = turn.deck_behind(ritual)
        if deck is None or not ritual.active or not couple.began_at:
            continue
        planned = Agreed(ritual, deck, couple, tuple(partners), visit)
        for day in _chosen_days(turn, planned, rituals):
            found += _line_of(turn, planned, day)
    for occurrence in turn.store.occurrences.open_in(couple.id):
        found += _share_line(turn, couple, partners, occurrence)
        found += appointments.coming(turn, couple, occurrence, DAYS_AHEAD)
    return found


def _chosen_days(turn: Turn, planned: Agreed, rituals: list[Ritual]) -> list[date]:
    today = datetime.fromtimestamp(turn.now, turn.zone(planned.couple.timezone)).date()
    days = planned.cadence.days
    ahead = [today + timedelta(days=step) for step in range(-1, DAYS_AHEAD + 1)]
    coming = [day for day in ahead if day.weekday() in days and day.isoformat() > planned.ritual.last_slot]
    return [day for day in coming if not gives_way(turn, planned, day, rituals)]


def _line_of(turn: Turn, planned: Agreed, day: date) -> list[tuple[int, str, str]]:
    couple, cadence = planned.couple, planned.cadence
    first = min(planned.opens_for(day, partner) for partner in planned.partners)
    if first <= turn.now or first > turn.now + DAYS_AHEAD * 86400 or couple.rest_until > first:
        return []
    label = turn.known.words.day_label(day, couple.locale)
    if cadence.together:
        when = both_times(turn, couple, list(planned.partners), first, day=False)
    else:
        # Each at their own local time: the same time on both walls, or on the one that both are at.
        when = time_line(turn, couple, cadence)
        if planned.visit is not None and planned.is_visit(day):
            when = turn.say("week-there", couple, when=when, place=place_of(planned.visit.timezone))
    return [(first, label, f"{when} · {planned.deck.title}")]


def _share_line(
    turn: Turn, couple: Couple, partners: list[Partner], occurrence: Occurrence
) -> list[tuple[int, str, str]]:
    if occurrence.state != State.OPEN or occurrence.shares_at <= turn.now:
        return []
    day = datetime.fromtimestamp(occurrence.shares_at, turn.zone(couple.timezone)).date()
    when = both_times(turn, couple, partners, occurrence.shares_at, day=False)
    line = turn.say("week-share", couple, when=when, title=turn.deck_of(occurrence).title)
    return [(occurrence.shares_at, turn.known.words.day_label(day, couple.locale), line)]
