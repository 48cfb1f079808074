"""What the words behind a command could become while they are typed."""

from __future__ import annotations

from bot.commands import NEW_RITUAL
from bot.events import Completing
from bot.posts import Answer, Suggestions
from bot.store import Who
from bot.turn import Turn

MOST = 10


def complete(turn: Turn, who: Who | None, event: Completing) -> Answer:
    """Cities for /timezone; for /rituals the couple's own, and the word that begins a new one."""
    if who is None:
        return Suggestions(())
    typed = event.typed.strip()
    if event.name == "timezone" and typed:
        cities = turn.known.cities.find(typed, MOST)
        return Suggestions(tuple(f"{city.name}, {city.country}" if city.country else city.name for city in cities))
    if event.name == "rituals":
        words = [*(deck.title for _, deck in turn.rituals_of(who.couple.id)), NEW_RITUAL]
        return Suggestions(tuple(word for word in words if word.lower().startswith(typed.lower())))
    return Suggestions(())
