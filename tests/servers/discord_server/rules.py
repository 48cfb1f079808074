"""Which answer fits which interaction, a rule that Discord's description does not have."""

from __future__ import annotations

from discord_server.interactions import AUTOCOMPLETE, COMMAND, SUBMIT

MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, SUGGEST, MODAL = 4, 5, 6, 7, 8, 9


def wrong_answer(kind: int, has_message: bool, answer: int) -> str | None:
    """Why an interaction of a kind cannot be answered like this; nothing where it can."""
    if kind == AUTOCOMPLETE:
        return None if answer == SUGGEST else "words being typed are answered with suggestions only"
    if answer == SUGGEST:
        return "suggestions are for words that are being typed"
    if answer == MODAL and kind == SUBMIT:
        return "no form opens after a form"
    if answer in (LATER_UPDATE, UPDATE) and (kind == COMMAND or not has_message):
        return "there is no message to update"
    known = (MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, MODAL)
    return None if answer in known else f"nothing is answered with {answer}"
