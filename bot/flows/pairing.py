"""Two people come in, each by a yes of their own, and start."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import outbox
from bot.admission import is_full, may_begin
from bot.cadence import Cadence
from bot.decks import CORE
from bot.errors import Refusal
from bot.events import BotAdded, Commanded, Person, Pressed
from bot.guessing import may_try, was_wrong
from bot.model import Couple, Invitation, Partner, Room
from bot.planning import plan_again
from bot.posts import UNKNOWN, Answer, InPrivate, InRoom, Place, Post, Show, Silence, Token
from bot.quarters import begin_cards
from bot.store import Who
from bot.turn import Turn
from bot.views import doors

JUST_ADDED = "hello"
"""The words of a /start that a platform sends along when the bot is added by its link."""

A_MOMENT = 60
INVITATION_LASTS = 7 * 86400
MOST_INVITATIONS, INVITATIONS_WITHIN = 3, 30 * 86400
SOME_MORNINGS = frozenset({0, 2, 4})
EVERY_MORNING = frozenset(range(7))


def start(turn: Turn, who: Who | None, event: Commanded | BotAdded) -> Answer:
    """Say hello in a room and offer the way in; in private, say what to do next."""
    code = Token.parse(event.words.strip()) if isinstance(event, Commanded) else UNKNOWN
    if code.verb == "join":
        return _come_by_code(turn, who, event, code)
    if isinstance(event.place, InPrivate):
        return (
            Show(turn.line("start-private-again", who.partner)) if who else Show(doors.invitation(turn, event.person))
        )
    _make_way(turn, event.place)
    found = _room_here(turn, who, event.place)
    if who is not None and (found is None or not turn.store.people.partners(found.couple)):
        return Show(doors.move_here(turn, who.couple))
    room = found or _new_room(turn, event, event.place)
    if len(turn.store.people.partners(room.couple)) == 2:
        return Show(turn.line("already-here", turn.store.people.couple(room.couple)))
    couple = turn.store.people.couple(room.couple)
    came_with_joining = found is not None and isinstance(event, Commanded) and event.words == JUST_ADDED
    if not may_begin(turn, couple, event.person):
        said_already = came_with_joining and turn.now - couple.created_at < A_MOMENT
        return Silence() if said_already else Show(doors.wait_for_host(turn, couple))
    return Silence() if came_with_joining and _was_greeted_just_now(turn, couple) else _hello(turn, room)


def move_here(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """One of the two says that their rituals go on in this chat."""
    if pressed.token.subject != who.couple.id or not isinstance(pressed.place, InRoom):
        raise Refusal("old-choice")
    here = turn.store.people.room_at(pressed.place)
    if here is not None and turn.store.people.partners(here.couple):
        raise Refusal("old-choice")
    there = [room for room in turn.store.people.rooms(who.couple.id) if room.platform == pressed.place.platform]
    shared = next((room for room in there if not room.private), None)
    for room in there:
        if room.private:
            # Who has a chat to share needs no private one for it.
            turn.store.people.change_room(room.id, chat=f"left/{room.id}", reachable=False, rested_at=0)
    if shared is not None:
        turn.store.room_moves(shared, pressed.place)
    else:
        _open_room(turn, who.couple, here, pressed.place)
    return Show(turn.line("moved-here", who.couple), in_place=True)


def _open_room(turn: Turn, couple: Couple, here: Room | None, place: InRoom) -> None:
    if here is not None:
        turn.store.people.change_room(here.id, chat=f"left/{here.id}", reachable=False, rested_at=0)
    turn.store.people.add_room(couple.id, place)


def begin(turn: Turn, pressed: Pressed) -> Answer:
    """The host said yes, and somebody in the room goes on."""
    room = turn.store.people.room_at(pressed.place)
    if room is None or room.couple != pressed.token.subject:
        raise Refusal("old-choice")
    couple = turn.store.people.couple(room.couple)
    if not may_begin(turn, couple, pressed.person) or len(turn.store.people.partners(couple.id)) == 2:
        raise Refusal("old-choice")
    return replace(_hello(turn, room), in_place=True)


def begin_apart(turn: Turn, who: Who | None, pressed: Pressed) -> Answer:
    """Begin without a shared chat: each one's own private chat is a room, on whichever platform it is."""
    if who is not None or not isinstance(pressed.place, InPrivate):
        raise Refusal("already-in" if who else "old-choice")
    room = turn.store.people.room_at(pressed.place) or _new_room(turn, pressed, pressed.place)
    turn.store.people.change_couple(room.couple, apart=True)
    couple = turn.store.people.couple(room.couple)
    if not may_begin(turn, couple, pressed.person):
        return Show(doors.wait_for_host(turn, couple), in_place=True)
    code, invitation = _new_invitation(turn, couple)
    return Show(doors.before_yes(turn, couple, invitation.id, code), in_place=True)


def consider(turn: Turn, who: Who | None, pressed: Pressed) -> Answer:
    """Show, to the one who pressed, what to know before a yes."""
    post = _before_yes(turn, who, _valid(turn, pressed.token, pressed.person), pressed.token)
    return Show(post, privately=True, in_place=isinstance(pressed.place, InPrivate))


def enter(turn: Turn, who: Who | None, pressed: Pressed) -> Answer:
    """A yes, given in private: the person becomes one of the two."""
    invitation = _known(turn, pressed.token, pressed.person)
    if who is not None and who.couple.id == invitation.couple:
        return Show(doors.zone_question(turn, who.partner, first=True), privately=True, in_place=True)
    if who is not None:
        raise Refusal("in-another-couple")
    invitation = _valid(turn, pressed.token, pressed.person)
    turn.store.people.hold(invitation.couple)
    couple = turn.store.people.couple(invitation.couple)
    others = turn.store.people.partners(couple.id)
    if len(others) == 2:
        raise Refusal("already-two")
    if not others and is_full(turn):
        raise Refusal("full")
    partner = _new_partner(turn, couple, pressed.person, {other.seat for other in others})
    if others:
        turn.store.people.use_up(invitation.id, turn.now)
        _give_a_room(turn, couple, pressed.person)
        outbox.to_partner(turn, others[0], "joined", partner.id, f"joined/{partner.id}")
        outbox.to_rooms(turn, couple.id, "plan", couple.id, f"plan/{couple.id}")
        if any(room.others_read for room in turn.store.people.rooms(couple.id)):
            outbox.to_rooms(turn, couple.id, "third-person", couple.id, f"third-person/{couple.id}/two")
    else:
        _tell_when_it_ends(turn, partner, invitation)
    code = pressed.token.value if not others and _have_no_shared_chat(turn, couple) else ""
    way_in = str(Token("join", invitation.id, code)) if code else ""
    welcome = doors.zone_question(turn, partner, first=True, way_in=way_in, second=bool(others))
    return Show(welcome, privately=True, in_place=True)


def not_now(turn: Turn, pressed: Pressed) -> Answer:
    """No reason is asked, and nobody is told."""
    _valid(turn, pressed.token, pressed.person)
    return Show(turn.line("not-now"), privately=True, in_place=True)


def change_plan(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """Either of the two changes the plan, or starts it."""
    if pressed.token.subject != who.couple.id or len(turn.store.people.partners(who.couple.id)) < 2:
        raise Refusal("old-choice")
    couple = who.couple
    if couple.began_at:
        return Show(doors.plan(turn, couple), in_place=True)
    _apply(turn, couple, pressed.token.value)
    # It may stand in a room on another platform too.
    outbox.change_posts(turn, "plan", couple.id)
    return Show(doors.plan(turn, turn.store.people.couple(couple.id)), in_place=True)


def _apply(turn: Turn, couple: Couple, wanted: str) -> None:
    match wanted:
        case "daily" | "some":
            _mornings(turn, couple, EVERY_MORNING if wanted == "daily" else SOME_MORNINGS)
        case "apart" | "near":
            turn.store.people.change_couple(couple.id, apart=wanted == "apart")
        case "start":
            turn.store.people.change_couple(couple.id, began_at=turn.now)
            plan_again(turn, turn.store.people.couple(couple.id))
        case _:
            raise Refusal("old-choice")


def _mornings(turn: Turn, couple: Couple, days: frozenset[int]) -> None:
    ritual = turn.store.rituals.named(couple.id, "morning_appreciation")
    if ritual is not None:
        old = Cadence.parse(ritual.cadence)
        turn.store.rituals.reshape(ritual, cadence=str(Cadence(days, old.at, old.window, old.together)))


def _make_way(turn: Turn, place: Place) -> None:
    """Where a couple's rituals have ended, others may begin."""
    room = turn.store.people.room_at(place)
    if room is not None and turn.store.people.couple(room.couple).ended_at:
        turn.store.people.change_room(room.id, chat=f"left/{room.id}", reachable=False, rested_at=0)


def _room_here(turn: Turn, who: Who | None, place: InRoom) -> Room | None:
    """The room at a place, awake again; one of the two who begins in another thread of their chat brings it along."""
    people = turn.store.people
    room = people.room_at(place)
    if room is None and who is not None:
        theirs = people.rooms(who.couple.id)
        room = next((one for one in theirs if (one.platform, one.chat) == (place.platform, place.chat)), None)
        lost = [one for one in theirs if one.platform == place.platform and not one.reachable and not one.private]
        if room is None and lost:
            # Their chat is gone, or closed to the bot: where one of the two begins anew the rituals go on.
            turn.store.room_moves(lost[0], place)
            room = people.room_at(place)
    if room is not None and (room.thread != place.thread or not room.reachable):
        people.change_room(room.id, thread=place.thread, reachable=True, rested_at=0)
    return room


def _come_by_code(turn: Turn, who: Who | None, event: Commanded | BotAdded, code: Token) -> Answer:
    """Someone typed the way in that the other one sent them; where they typed it is a room of theirs from then on."""
    invitation = _valid(turn, code, event.person)
    post = _before_yes(turn, who, invitation, code)
    if isinstance(event.place, InRoom) and turn.store.people.room_at(event.place) is None:
        turn.store.people.add_room(invitation.couple, event.place)
    return Show(post, privately=True)


def _before_yes(turn: Turn, who: Who | None, invitation: Invitation, code: Token) -> Post:
    if who is not None:
        raise Refusal("already-in" if who.couple.id == invitation.couple else "in-another-couple")
    return doors.before_yes(turn, turn.store.people.couple(invitation.couple), invitation.id, code.value)


def _have_no_shared_chat(turn: Turn, couple: Couple) -> bool:
    return all(room.private for room in turn.store.people.rooms(couple.id))


def _give_a_room(turn: Turn, couple: Couple, person: Person) -> None:
    """Whoever sees none of the couple's chats on their platform has the private one for a room."""
    if not any(room.platform == person.platform and not room.private for room in turn.store.people.rooms(couple.id)):
        turn.store.people.add_room(couple.id, InPrivate(person.platform, person.user))


def _new_room(turn: Turn, event: Commanded | BotAdded | Pressed, place: Place) -> Room:
    locale = turn.known.words.nearest(event.person.language)
    couple = turn.store.people.add_couple(locale=locale, timezone=turn.known.timezone, created_at=turn.now)
    decks = turn.decks_of(couple.id)
    for name in CORE:
        if name in decks:
            turn.store.rituals.add(couple=couple.id, deck=name, cadence=str(decks[name].usual))
    others_read = isinstance(event, BotAdded) and event.others_read
    return turn.store.people.add_room(couple.id, place, others_read=others_read)


def _was_greeted_just_now(turn: Turn, couple: Couple) -> bool:
    newest = turn.store.people.newest_invitation(couple.id)
    return newest is not None and turn.now - newest.created_at < A_MOMENT


def _hello(turn: Turn, room: Room) -> Show:
    couple = turn.store.people.couple(room.couple)
    code, invitation = _new_invitation(turn, couple)
    return Show(doors.hello(turn, couple, invitation.id, code, others_read=room.others_read))


def _new_invitation(turn: Turn, couple: Couple) -> tuple[str, Invitation]:
    """A way in; once somebody has said yes, the other is not asked again and again."""
    waiting = turn.store.people.partners(couple.id)
    made = turn.store.people.invitations_since(couple.id, turn.now - INVITATIONS_WITHIN)
    if waiting and len(made) >= MOST_INVITATIONS:
        free = made[-MOST_INVITATIONS].created_at + INVITATIONS_WITHIN
        label = turn.known.words.day_label(
            datetime.fromtimestamp(free, turn.zone(couple.timezone)).date(), couple.locale
        )
        raise Refusal("invitations-many", date=label)
    code = turn.known.new_code()
    invitation = turn.store.people.add_invitation(couple.id, code, turn.now, turn.now + INVITATION_LASTS)
    for partner in waiting:
        _tell_when_it_ends(turn, partner, invitation)
    return code, invitation


def _tell_when_it_ends(turn: Turn, partner: Partner, invitation: Invitation) -> None:
    """Who waits hears at once of a yes; of a no, of "not now" and of silence alike only when the time is over."""
    key = f"invitation/{invitation.id}"
    outbox.to_partner(turn, partner, "invitation-ended", invitation.id, key, after=invitation.expires_at)


def _known(turn: Turn, code: Token, person: Person) -> Invitation:
    may_try(turn, person)
    invitation = turn.store.people.invitation(code.subject, code.value)
    if invitation is None:
        raise was_wrong(turn, person, "old-choice")
    return invitation


def _valid(turn: Turn, code: Token, person: Person) -> Invitation:
    invitation = _known(turn, code, person)
    if invitation.used_at or len(turn.store.people.partners(invitation.couple)) == 2:
        raise Refusal("already-two")
    if invitation.expires_at <= turn.now:
        raise Refusal("invitation-over")
    return invitation


def _new_partner(turn: Turn, couple: Couple, person: Person, taken: set[int]) -> Partner:
    turn.store.people.end_accounts(person.platform, person.user, turn.now)
    partner = turn.store.people.add_partner(
        couple=couple.id,
        seat=2 if 1 in taken else 1,
        name=person.name,
        locale=turn.known.words.nearest(person.language),
        timezone=couple.timezone,
        joined_at=turn.now,
        awaiting="zone-0-typed",
    )
    turn.store.people.add_account(partner=partner.id, platform=person.platform, user=person.user, last_used_at=turn.now)
    begin_cards(turn, partner)
    return partner
