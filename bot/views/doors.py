"""What people see on the way in: hello, the question before a yes, the plan."""

from __future__ import annotations

from bot.cadence import Cadence
from bot.events import Person
from bot.model import Couple, Delivery, Partner
from bot.posts import BRING, Choice, Field, Form, Post, Span, Style, Token
from bot.turn import Turn
from bot.views.support import BESIDE
from bot.wording import name_in_line, rhythm_line
from bot.zones import place_of


def invitation(turn: Turn, person: Person) -> Post:
    """What to do first, said in private to someone who is in no couple."""
    say, locale = turn.known.words.say, turn.known.words.nearest(person.language)
    choices = (Choice(say("choice-bring", locale), BRING), Choice(say("choice-apart", locale), Token("apart")))
    return Post((Span(say("start-private", locale)),), choices)


def hello(turn: Turn, couple: Couple, invitation: int, code: str, *, others_read: bool) -> Post:
    """The room's first post: what this is, who can read it, and one way in for each of the two."""
    readers = (Span("\n\n" + turn.say("hello-readers", couple), Style.SOFT),) if others_read else ()
    choice = Choice(turn.say("choice-tell-me-more", couple), Token("join", invitation, code), privately=True)
    title = Span(turn.say("hello-title", couple), Style.STRONG)
    return Post((title, Span("\n" + turn.say("hello", couple)), *readers), (choice,))


def wait_for_host(turn: Turn, couple: Couple) -> Post:
    """The room's first post where the host is asked about each chat."""
    choice = Choice(turn.say("choice-i-am-host", couple), Token("admit", couple.id), privately=True)
    return Post((Span(turn.say("wait-for-host", couple, host=turn.host(couple))),), (choice,))


def ask_to_let_in(turn: Turn, couple: Couple) -> Post:
    """The question to the host about one chat."""
    choices = (
        Choice(turn.say("choice-let-in"), Token("admit", couple.id, "yes")),
        Choice(turn.say("choice-not-let-in"), Token("admit", couple.id, "no")),
    )
    return Post((Span(turn.say("ask-to-let-in", when=_asked_at(turn, couple))),), choices)


def move_here(turn: Turn, couple: Couple) -> Post:
    """The question to the two whether their rituals shall go on in this chat."""
    choice = Choice(turn.say("choice-move-here", couple), Token("movehere", couple.id))
    return Post((Span(turn.say("move-here", couple)),), (choice,))


def hello_host(turn: Turn, language: str, waiting: list[Couple]) -> Post:
    """Hello to whoever runs this bot, with the chats that wait."""
    locale = turn.known.words.nearest(language)
    text = turn.known.words.say("hello-host", locale)
    choices = tuple(
        Choice(turn.say("choice-waiting-chat", when=_asked_at(turn, couple)), Token("admit", couple.id))
        for couple in waiting
    )
    return Post((Span(text),), choices)


def delivered_admitted(turn: Turn, delivery: Delivery) -> Post | None:
    """The host said yes; somebody in the room goes on."""
    couple = turn.store.people.couple(delivery.subject)
    return Post(
        (Span(turn.say("admitted", couple)),), (Choice(turn.say("choice-begin", couple), Token("begin", couple.id)),)
    )


def _asked_at(turn: Turn, couple: Couple) -> str:
    return turn.known.words.day_and_time(couple.created_at, turn.zone(turn.known.timezone))


def before_yes(turn: Turn, couple: Couple, invitation: int, code: str) -> Post:
    """What to know before a yes; asked of each alone."""
    choices = (
        Choice(turn.say("choice-join", couple), Token("enter", invitation, code)),
        Choice(turn.say("choice-not-now", couple), Token("notnow", invitation, code)),
        Choice(turn.say("choice-more", couple), Token("more", 0, BESIDE)),
    )
    text = (
        Span(turn.say("before-yes", couple, host=turn.host(couple))),
        Span("\n\n" + turn.say("about-limits", couple), Style.SOFT),
    )
    return Post(text, choices)


def zone_question(turn: Turn, partner: Partner, *, first: bool = False, way_in: str = "", second: bool = False) -> Post:
    """Where a partner's clock stands; to confirm, or to name a city.

    *first* is a greeting before it, to the *second* one another. *way_in* is what to hand to the other one.
    """
    head = turn.say("joined-second" if second else "joined", partner) + "\n\n" if first else ""
    if way_in:
        head += turn.say("hand-over", partner) + f"\n/start {way_in}\n\n"
    place = place_of(partner.timezone)
    words = turn.known.words
    now = words.clock_time(turn.now, turn.zone(partner.timezone), partner.locale)
    choices = (
        Choice(turn.say("choice-zone-right", partner, place=place), zone_token(partner.timezone)),
        Choice(turn.say("choice-zone-city", partner), Token("zone", 0, "ask")),
    )
    # What is typed in the shared chat the other one reads, and the bot does not.
    question = "zone-question-apart" if turn.in_room else "zone-question"
    return Post((Span(head + turn.say(question, partner, place=place, now=now)),), choices)


def zone_form(turn: Turn, partner: Partner) -> Form:
    """The question for a city, or for the time on the wall."""
    field = Field("words", turn.say("zone-form-label", partner), hint=turn.say("zone-form-hint", partner), longest=80)
    return Form(Token("zone", 0, "typed"), turn.say("zone-form-title", partner), (field,))


def zone_candidates(turn: Turn, partner: Partner, found: list[tuple[str, str]]) -> Post:
    """Several places that fit what was typed; each with its present time."""
    words = turn.known.words
    choices = tuple(
        Choice(f"{label} · {words.clock_time(turn.now, turn.zone(zone), partner.locale)}", zone_token(zone))
        for label, zone in found
    )
    again = Choice(turn.say("choice-zone-city", partner), Token("zone", 0, "ask"))
    return Post((Span(turn.say("zone-which", partner)),), (*choices, again))


def zone_token(zone: str) -> Token:
    """A zone's name as a token's value, which may hold neither slashes nor plus signs."""
    return Token("zone", 0, "is-" + zone.replace("/", "--").replace("+", "_plus_"))


def zone_of(value: str) -> str:
    """The zone behind a token's value."""
    return value.removeprefix("is-").replace("--", "/").replace("_plus_", "+")


def plan(turn: Turn, couple: Couple) -> Post:
    """The plan that both may change before it starts."""
    rituals = turn.store.rituals.of(couple.id)
    lines = [
        rhythm_line(turn, couple, turn.deck_of(ritual), Cadence.parse(ritual.cadence))
        for ritual in rituals
        if ritual.active and turn.deck_behind(ritual) is not None
    ]
    text = (
        Span(turn.say("plan-title", couple), Style.STRONG),
        Span("\n" + turn.say("plan-intro", couple) + "\n\n"),
        Span("\n".join(lines)),
        Span("\n\n" + turn.say("plan-started" if couple.began_at else "plan-not-started", couple), Style.SOFT),
    )
    return Post(text, () if couple.began_at else _plan_choices(turn, couple))


def delivered_plan(turn: Turn, delivery: Delivery) -> Post | None:
    """The plan, as the room reads it when both are in."""
    return plan(turn, turn.store.people.couple(delivery.subject))


def delivered_invitation_ended(turn: Turn, delivery: Delivery) -> Post | None:
    """Nobody came in by it; why, nobody is told."""
    couple = turn.store.people.couple(delivery.couple)
    if len(turn.store.people.partners(couple.id)) == 2 or couple.ended_at:
        return None
    return turn.line("invitation-ended", couple)


def delivered_moved_away(turn: Turn, delivery: Delivery) -> Post | None:
    """To the old account: the partner is another one now."""
    return turn.line("moved-away", turn.store.people.partner(delivery.subject))


def delivered_joined(turn: Turn, delivery: Delivery) -> Post | None:
    """Who began hears at once of a yes."""
    joined = turn.store.people.partner(delivery.subject)
    return turn.line("other-joined", None, name=name_in_line(joined.name))


def _plan_choices(turn: Turn, couple: Couple) -> tuple[Choice, ...]:
    morning = turn.store.rituals.named(couple.id, "morning_appreciation")
    every_day = morning is not None and len(Cadence.parse(morning.cadence).days) == 7
    days = ("some", "choice-plan-some-mornings") if every_day else ("daily", "choice-plan-every-morning")
    apart = ("near", "choice-plan-one-place") if couple.apart else ("apart", "choice-plan-apart")
    wanted = (("start", "choice-plan-start"), days, apart)
    pressed = tuple(Choice(turn.say(phrase, couple), Token("plan", couple.id, value)) for value, phrase in wanted)
    return (*pressed, Choice(turn.say("choice-plan-more", couple), Token("rituals", couple.id)))


def delivered_room_silent(turn: Turn, delivery: Delivery) -> Post | None:
    """In a shared chat nothing can be said any more; nothing if it can again."""
    room = turn.store.people.room(delivery.subject)
    if room is None or room.reachable:
        return None
    return Post((Span(turn.say("room-silent", turn.store.people.couple(room.couple))),), quiet=True)


def delivered_third_person(turn: Turn, delivery: Delivery) -> Post | None:
    """Others can read the room, and what the two can do about it."""
    couple = turn.store.people.couple(delivery.subject)
    choice = Choice(turn.say("choice-share-here", couple), Token("readers", couple.id), privately=True)
    return Post((Span(turn.say("third-person", couple)),), (choice,))


def about_readers(turn: Turn, partner: Partner, *, yes: bool, both: bool) -> Post:
    """What one's yes or no to shared lines where others read changes."""
    if not yes:
        return turn.line("readers-no", partner)
    back = Choice(turn.say("choice-take-back", partner), Token("readers", partner.couple, "no"))
    return Post((Span(turn.say("readers-both" if both else "readers-one", partner)),), (back,))
