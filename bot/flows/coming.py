"""Who is where: people and the bot come into rooms, leave them, and rooms move."""

from __future__ import annotations

from bot import outbox
from bot.errors import Refusal
from bot.events import BotRemoved, Happening, PersonJoined, PersonLeft, Pressed, RoomMoved
from bot.posts import Answer, InPrivate, InRoom, Show, Silence
from bot.store import Who
from bot.turn import Turn
from bot.views import doors

SEEN_AGAIN_AFTER = 3600
"""How many seconds pass before "used last" is written anew."""


def belongs(turn: Turn, who: Who, event: Happening) -> bool:
    """Whether the place of an event is the couple's own (in any thread of its chat), or the person's private chat."""
    if isinstance(event.place, InPrivate):
        return event.place.user == who.account.user
    return any(outbox.is_in(room, event.place) for room in turn.store.people.rooms(who.couple.id))


def is_taken(turn: Turn, event: Happening) -> bool:
    """Whether the room of an event already has its two."""
    if isinstance(event.place, InPrivate):
        return False
    room = turn.store.people.room_at(event.place)
    return room is not None and len(turn.store.people.partners(room.couple)) == 2


def note_presence(turn: Turn, who: Who, event: Happening) -> None:
    """A person who does something can be reached again, and so can the room where they do it."""
    room = turn.store.people.room_at(event.place) if isinstance(event.place, InRoom) else None
    if room is not None and not room.reachable and room.couple == who.couple.id:
        turn.store.people.change_room(room.id, reachable=True, rested_at=0)
        turn.store.deliveries.revive(turn.now, room=room.id)
    if not who.account.reachable:
        turn.store.deliveries.revive(turn.now, account=who.account.id)
    if turn.now - who.account.last_used_at > SEEN_AGAIN_AFTER or not who.account.reachable:
        turn.store.people.change_account(who.account.id, last_used_at=turn.now, reachable=True, rested_at=0)


def note_room(turn: Turn, event: BotRemoved | PersonJoined | PersonLeft | RoomMoved) -> Answer:
    """What happens to a room changes where the bot may speak, and what it shows there."""
    if isinstance(event.place, InPrivate):
        who = turn.store.people.who(event.place.platform, event.place.user)
        if who is not None and isinstance(event, BotRemoved):
            turn.store.people.change_account(who.account.id, reachable=False, rested_at=0)
        return Silence()
    room = turn.store.people.room_at(event.place)
    if room is None:
        return Silence()
    match event:
        case BotRemoved():
            turn.store.people.change_room(room.id, reachable=False, rested_at=0)
        case RoomMoved(to=InRoom() as to):
            turn.store.room_moves(room, to)
        case PersonJoined():
            return _someone_new(turn, event, room.id, room.couple)
        case PersonLeft():
            pass
    return Silence()


def _someone_new(turn: Turn, event: PersonJoined, room: int, couple: int) -> Answer:
    """Others can read the room now: said once, and sealed results go to the private chats.

    What the two accepted was said of those who read then; a newcomer whom the platform names is another one.
    """
    who = turn.store.people.who(event.person.platform, event.person.user)
    found = turn.store.people.room(room)
    if found is None or (who is not None and who.couple.id == couple):
        return Silence()
    accepted = event.person.user != "" and any(one.minds_no_readers for one in turn.store.people.partners(couple))
    if not found.others_read or accepted:
        turn.store.people.change_room(room, others_read=True)
        for partner in turn.store.people.partners(couple):
            turn.store.people.change_partner(partner.id, minds_no_readers=False)
        occasion = f"{room}/{event.id}" if accepted else str(room)
        outbox.to_rooms(turn, couple, "third-person", couple, f"third-person/{occasion}")
    return Silence()


def accept_readers(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A yes of one's own to shared lines where others read; it counts once both have given it."""
    if pressed.token.subject != who.couple.id:
        raise Refusal("old-choice")
    yes = pressed.token.value != "no"
    turn.store.people.change_partner(who.partner.id, minds_no_readers=yes)
    both = all(one.minds_no_readers for one in turn.store.people.partners(who.couple.id))
    in_place = isinstance(pressed.place, InPrivate) and not yes
    return Show(doors.about_readers(turn, who.partner, yes=yes, both=both), privately=True, in_place=in_place)
