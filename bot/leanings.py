"""Which practice a partner's own check-ins lead to: by the words of scales that they pressed, by nothing they wrote."""

from __future__ import annotations

from dataclasses import dataclass

from bot.decks import Deck, Kind
from bot.model import Kept, Partner
from bot.sheets import Item, ItemKind
from bot.turn import Turn

LOOKED_AT = 4
"""So many of the last check-ins in which somebody answered."""

LEAST = 2
"""So many answers to an item it takes to say anything."""

WELL = 0.75
"""From so far up a scale on there is nothing to practise."""

REMEMBERED = 12


@dataclass(frozen=True, slots=True)
class Leaning:
    """An item that somebody picked lowest of late, and a walk for it."""

    item: Item
    walk: Deck


def leaning(turn: Turn, partner: Partner) -> Leaning | None:
    """What a partner's own answers lead to; nothing where they are few, or well, or all of it was declined.

    It is worked out each time and kept nowhere.
    """
    put_away = {one.prompt for one in turn.store.wishes.hidden([partner.id])}
    walks = [deck for deck in turn.decks_of(partner.couple).values() if deck.suits and deck.id not in put_away]
    found = [(lowness, item, walk) for lowness, item in _items(turn, partner) for walk in _for(item, walks)]
    if not found:
        return None
    _, item, walk = min(found, key=lambda one: (one[0], one[1].id))
    return Leaning(item, walk)


def _for(item: Item, walks: list[Deck]) -> list[Deck]:
    return [walk for walk in walks if item.id in walk.suits][:1]


def _items(turn: Turn, partner: Partner) -> list[tuple[float, Item]]:
    """Each item of a scale that was answered often enough, with how far up the scale, from 0 to 1."""
    found = []
    for item, picks in _picks(turn, partner).values():
        height = sum(picks) / len(picks) / (len(item.labels) - 1)
        if len(picks) >= LEAST and height < WELL:
            found.append((height, item))
    return found


def _picks(turn: Turn, partner: Partner) -> dict[str, tuple[Item, list[int]]]:
    picks: dict[str, tuple[Item, list[int]]] = {}
    for deck in turn.decks_of(partner.couple).values():
        scales = {item.id: item for sheet in deck.sheets for item in sheet.items if item.kind is ItemKind.SCALE}
        for answered in _last_answers(turn, partner, deck) if scales else ():
            for item, pick in answered.items():
                if item in scales and pick < len(scales[item].labels):
                    picks.setdefault(item, (scales[item], []))[1].append(pick)
    return picks


def _last_answers(turn: Turn, partner: Partner, deck: Deck) -> list[dict[str, int]]:
    """The scales of the last check-ins in which this partner picked anything."""
    ritual = turn.store.rituals.named(partner.couple, deck.id) if deck.kind is Kind.SEALED else None
    found = []
    for occurrence in turn.store.occurrences.past(ritual.id, REMEMBERED) if ritual else ():
        lines = turn.store.replies.lines(occurrence, partner.id)
        picked = {one.reply.item: int(one.words) for one in lines if one.reply.kept == Kept.SCALE}
        if picked:
            found.append(picked)
    return found[:LOOKED_AT]
