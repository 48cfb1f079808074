"""Which flow an event belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from bot.commands import NEW_RITUAL
from bot.courier import VIEWS
from bot.errors import Refusal
from bot.events import (
    BotAdded,
    BotRemoved,
    Commanded,
    Completing,
    Edited,
    Event,
    PersonJoined,
    PersonLeft,
    Pressed,
    RoomMoved,
    Said,
    Submitted,
    Vanished,
)
from bot.flows import (
    adding,
    admitting,
    agreeing,
    alone,
    answering,
    appointing,
    asking,
    building,
    coming,
    completing,
    explaining,
    filling,
    guiding,
    informing,
    keeping,
    leaving,
    listening,
    marking,
    moving,
    nudging,
    owning,
    pairing,
    pausing,
    picking,
    returning,
    sharing,
    suggesting,
    tending,
    timing,
    visiting,
    wishing,
)
from bot.posts import Answer, InRoom, Show, Silence, Token
from bot.store import Who
from bot.store.deliveries import ALONE
from bot.turn import Turn
from bot.views import doors

WAYS_IN = ("join", "enter", "apart", "notnow", "begin")

AFTER_THE_END = ("mine", "export", "both", "history", "more", "open")
"""What still works once one of the two has left, for as long as each may take a copy along."""


def route(turn: Turn, who: Who | None, event: Event) -> Answer:
    """Hand an event to the flow that it belongs to; raises Refusal."""
    if who is not None and not who.couple.ended_at:
        coming.note_presence(turn, who, event)
    match event:
        case Commanded():
            return _command(turn, who, event)
        case Pressed():
            return _press(turn, who, event)
        case Said():
            return _said(turn, who, event)
        case Submitted():
            return _submitted(turn, _one_of_the_two(turn, who, event), event)
        case Edited():
            return answering.edit(turn, who, event) if who else Silence()
        case Vanished():
            return answering.vanish(turn, event)
        case BotAdded():
            return pairing.start(turn, who, event)
        case BotRemoved() | PersonJoined() | PersonLeft() | RoomMoved():
            return coming.note_room(turn, event)
        case Completing():
            return completing.complete(turn, who, event)
        case _:
            assert_never(event)


def _command(turn: Turn, who: Who | None, event: Commanded) -> Answer:
    at_the_door = _AT_THE_DOOR.get(event.name)
    if at_the_door is not None:
        return at_the_door(turn, who, event)
    member = _one_of_the_two(turn, who, event)
    if member.couple.ended_at and event.name not in AFTER_THE_END:
        raise Refusal("is-over")
    flow = _COMMANDS.get(event.name)
    if flow is None:
        raise Refusal("unknown-command")
    return flow(turn, member, event)


def _press(turn: Turn, who: Who | None, event: Pressed) -> Answer:
    at_the_door = _PRESSES_AT_THE_DOOR.get(event.token.verb)
    if at_the_door is not None:
        return at_the_door(turn, who, event)
    if event.token.verb == "movehere" and who is not None and not who.couple.ended_at:
        return pairing.move_here(turn, who, event)
    member = _one_of_the_two(turn, who, event)
    flow = _PRESSES.get(event.token.verb)
    if flow is None:
        raise Refusal("old-choice")
    if member.couple.ended_at and event.token.verb not in AFTER_THE_END:
        raise Refusal("is-over")
    return flow(turn, member, event)


def _said(turn: Turn, who: Who | None, event: Said) -> Answer:
    if who is not None and who.couple.ended_at:
        return _said_after_the_end(turn, who, event)
    if isinstance(event.place, InRoom) or event.reply_to is not None:
        if who is None or not coming.belongs(turn, who, event):
            return Silence()
        if isinstance(event.place, InRoom) or _answers_a_post(turn, event):
            return answering.reply(turn, who, event)
    if who is None:
        return Show(doors.invitation(turn, event.person))
    return _awaited(turn, who, event, Token.parse(who.partner.awaiting))


def _said_after_the_end(turn: Turn, who: Who, event: Said) -> Answer:
    """In the chat nothing is recorded any more; in private one's own words can still be changed."""
    if isinstance(event.place, InRoom):
        return Silence()
    token = Token.parse(who.partner.awaiting)
    if token.verb == "mine":
        return owning.typed(turn, who, event, token)
    raise Refusal("is-over")


def _answers_a_post(turn: Turn, event: Said) -> bool:
    found = turn.store.deliveries.behind(turn.store.people, event.reply_to) if event.reply_to is not None else None
    # A line for one alone asks nothing; what is written below it is like anything else that one writes in private.
    return found is not None and found.view not in ALONE


def _awaited(turn: Turn, who: Who, event: Said | Submitted, token: Token) -> Answer:
    flow = _AWAITED.get(token.verb)
    return filling.go_on(turn, who) if flow is None else flow(turn, who, event, token)


def _submitted(turn: Turn, who: Who, event: Submitted) -> Answer:
    if event.token.verb == "ritual":
        return tending.typed(turn, who, event)
    return _awaited(turn, who, event, event.token)


def _one_of_the_two(turn: Turn, who: Who | None, event: Event) -> Who:
    if who is None or not coming.belongs(turn, who, event):
        raise Refusal("bystander" if coming.is_taken(turn, event) else "not-yet-two")
    return who


def _open_note(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """What a neutral line stands for, to the one it was meant for."""
    delivery = turn.store.deliveries.delivery(pressed.token.subject)
    account = turn.store.people.account(delivery.account) if delivery and delivery.account else None
    if delivery is None or account is None or account.partner != who.partner.id:
        raise Refusal("old-choice")
    post = VIEWS[delivery.view](turn, delivery)
    if post is None:
        raise Refusal("note-passed")
    if delivery.view == "walk":
        return guiding.resume(turn, who, delivery.subject)
    # A recording takes no other message's place.
    return Show(post, privately=True, in_place=post.recorded is None)


def _rituals(turn: Turn, who: Who, event: Commanded) -> Answer:
    if event.words.strip().lower() == NEW_RITUAL:
        return building.begin(turn, who, event)
    return tending.show_rituals(turn, who, event)


_AT_THE_DOOR: dict[str, Callable[[Turn, Who | None, Commanded], Answer]] = {
    "start": pairing.start,
    "help": lambda turn, who, _: keeping.help_with(turn, who),
    "recover": returning.recover,
    "more": informing.more,
}
"""What anybody may call."""

_COMMANDS: dict[str, Callable[[Turn, Who, Commanded], Answer]] = {
    **dict.fromkeys(("today", "memory", "win", "journal", "walk", "date"), asking.today),
    **dict.fromkeys(("checkin", "question"), asking.in_private),
    **dict.fromkeys(("repair", "assess", "practice", "agree"), guiding.begin),
    "pause": pausing.ask,
    "why": lambda turn, who, _: explaining.why(turn, who),
    "week": lambda turn, who, _: tending.show_week(turn, who),
    "rituals": _rituals,
    "timezone": moving.ask,
    "skip": lambda turn, who, _: answering.skip(turn, who),
    "rest": tending.rest,
    "settings": wishing.settings,
    "visit": visiting.plan,
    "leave": leaving.ask,
    "hide": lambda turn, who, _: wishing.hide(turn, who),
    "mine": owning.mine,
    "export": owning.export,
    "history": lambda turn, who, _: keeping.history(turn, who),
}

_AWAITED: dict[str, Callable[[Turn, Who, Said | Submitted, Token], Answer]] = {
    "say": filling.write,
    "write": answering.submit,
    "agree": agreeing.typed,
    "walk": guiding.write,
    "sentence": sharing.add_sentence,
    "date": appointing.typed,
    "zone": lambda turn, who, event, _: moving.typed(turn, who, event),
    "wish": wishing.typed,
    "mine": owning.typed,
    "line": adding.typed,
    "own": building.typed,
    "alone": alone.typed,
    "ownday": marking.typed,
    "cue": nudging.write_cue,
}
"""Which flow takes what somebody writes, by what they were asked."""

_PRESSES_AT_THE_DOOR: dict[str, Callable[[Turn, Who | None, Pressed], Answer]] = {
    "join": pairing.consider,
    "enter": pairing.enter,
    "bring": lambda turn, _, event: Show(doors.invitation(turn, event.person)),
    "apart": pairing.begin_apart,
    "host": lambda turn, _, event: admitting.know_host(turn, event),
    "admit": lambda turn, _, event: admitting.admit(turn, event),
    "begin": lambda turn, _, event: pairing.begin(turn, event),
    "notnow": lambda turn, _, event: pairing.not_now(turn, event),
    "more": informing.press,
}
"""What anybody may press."""

_PRESSES: dict[str, Callable[[Turn, Who, Pressed], Answer]] = {
    "plan": pairing.change_plan,
    "write": answering.open_form,
    "tap": answering.tap,
    "notday": answering.not_the_day,
    "checkin": filling.begin,
    "pick": filling.pick,
    # As it stands on screens of earlier versions.
    "scale": filling.pick,
    "say": filling.ask_words,
    "pass": filling.pass_over,
    "notweek": filling.not_this_week,
    "share": sharing.decide,
    "mark": sharing.mark,
    "rituals": tending.list_again,
    "ritual": tending.press_ritual,
    "rest": tending.press_rest,
    "zone": moving.press,
    "history": keeping.earlier,
    "readers": coming.accept_readers,
    "open": _open_note,
    "both": owning.take_both,
    "leave": leaving.press,
    "recovery": returning.new_code,
    "visit": visiting.press,
    "wish": wishing.press,
    "mine": owning.press,
    "line": adding.press,
    "own": building.press,
    "hide": wishing.press_hide,
    "instead": explaining.press_instead,
    "practice": guiding.press_practice,
    "walk": guiding.press,
    "agree": agreeing.press,
    "review": guiding.review,
    "pause": pausing.press,
    "now": asking.now,
    "timer": timing.press,
    "tip": listening.press,
    "alone": alone.press,
    "cue": nudging.ask_cue,
    "idea": picking.pick,
    "date": appointing.press,
    "ownday": marking.press,
    "suggestion": suggesting.press,
}
