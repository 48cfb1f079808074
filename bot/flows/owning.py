"""A partner's own words: looked through, searched, changed, deleted, taken along."""

from __future__ import annotations

from bot import agreements, ending, outbox, owndecks
from bot.errors import Refusal
from bot.events import Commanded, Happening, Pressed, Said, Submitted
from bot.heard import line_of, parts_of, words_of
from bot.model import Kept
from bot.posts import Answer, Ask, InPrivate, Post, Show, Token
from bot.sayings import Says
from bot.stepping import await_words
from bot.store import Who
from bot.turn import Turn
from bot.views import forms, own
from bot.views.own import Entry, Given, Own

JOINT_FOR = 7 * 86400
"""Seconds for which a yes to a copy of what both shared holds."""


def mine(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/mine, alone or with what to search for."""
    wanted = commanded.words.strip()
    post = own.found_by(turn, who.partner, wanted) if wanted else own.page(turn, who.partner)
    return Show(post, privately=True)


def press(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """A page, an answer, or what to do about it."""
    match pressed.token.value:
        case "top":
            return _shown(pressed, own.page(turn, who.partner))
        case "page":
            return _shown(pressed, own.page(turn, who.partner, pressed.token.subject))
        case "all":
            return _shown(pressed, own.sure(turn, who.partner, None))
        case "allgone":
            ending.delete_all(turn, who.partner)
            return _shown(pressed, turn.line("mine-deleted", who.partner))
    return _about_one(turn, who, pressed, _own(turn, who, pressed.token))


def typed(turn: Turn, who: Who, written: Submitted | Said, token: Token) -> Answer:
    """Other words in the place of what was written."""
    shown = _own(turn, who, token)
    if not shown.may_change:
        await_words(turn, who, "")
        raise Refusal("already-shared" if isinstance(shown, Entry) else "already-asked")
    # What does not fit may be tried once more.
    _rewrite(turn, shown, written)
    await_words(turn, who, "")
    return Show(
        own.one(turn, who.partner, _own(turn, who, token)), privately=True, in_place=isinstance(written, Submitted)
    )


def _rewrite(turn: Turn, shown: Own, written: Submitted | Said) -> None:
    if isinstance(shown, Given):
        longest = owndecks.LONGEST_NAME if shown.saying.says == Says.NAME else owndecks.LONGEST_LINE
        turn.store.sayings.rewrite(shown.saying, line_of(written, longest), turn.now)
        return
    words, kept = words_of(parts_of(written))
    words = forms.still_fitting(turn.deck_behind(shown.occurrence), shown.occurrence, shown.reply, words, kept)
    if not words or kept is not Kept.WORDS:
        raise Refusal("nothing-written")
    turn.store.replies.rewrite(shown.occurrence, shown.reply, words, turn.now)
    outbox.change_posts(turn, "carried", shown.reply.id)
    agreements.lines_changed(turn, shown.occurrence)


def export(turn: Turn, who: Who, commanded: Commanded) -> Answer:
    """/export: a copy of one's own words, handed over in private."""
    del commanded
    return Show(ending.copy_of(turn, who.partner), privately=True)


def take_both(turn: Turn, who: Who, pressed: Pressed) -> Answer:
    """What both shared is handed over once both have asked for it, each alone, within some days; or taken back."""
    if pressed.token.value == "no":
        turn.store.people.change_partner(who.partner.id, hands_over_until=0)
        return _shown(pressed, turn.line("export-both-back", who.partner))
    turn.store.people.change_partner(who.partner.id, hands_over_until=turn.now + JOINT_FOR)
    others = [one for one in turn.store.people.partners(who.couple.id) if one.id != who.partner.id]
    if not others or any(one.hands_over_until <= turn.now for one in others):
        return Show(own.asked_for_both(turn, who.partner), privately=True)
    if who.partner.hands_over_until <= turn.now:
        for other in others:
            outbox.to_partner(turn, other, "both-agreed", other.id, f"both-agreed/{other.id}/{turn.now}")
    return Show(ending.copy_of_both(turn, who.partner), privately=True)


def _about_one(turn: Turn, who: Who, pressed: Pressed, shown: Own) -> Answer:
    match pressed.token.value:
        case "see":
            return _shown(pressed, own.one(turn, who.partner, shown))
        case "change":
            form = own.change_form(turn, who.partner, shown)
            await_words(turn, who, str(form.token))
            return Ask(form, privately=True)
        case "delete":
            return _shown(pressed, own.sure(turn, who.partner, shown))
        case "gone":
            ending.delete(turn, shown)
            return _shown(pressed, turn.line("mine-deleted", who.partner))
    raise Refusal("old-choice")


def _own(turn: Turn, who: Who, token: Token) -> Own:
    """Words of the partner's own; anybody else's are declined as if they were not there."""
    reply, saying = turn.store.replies.reply(token.subject), turn.store.sayings.saying(token.subject)
    found: Own | None = own.entry(turn, reply) if reply is not None and reply.partner == who.partner.id else None
    if saying is not None and saying.partner == who.partner.id:
        found = own.given(turn, who.partner, saying)
    if found is None:
        raise Refusal("old-choice")
    return found


def _shown(event: Happening, post: Post) -> Show:
    return Show(post, privately=True, in_place=isinstance(event, Pressed) and isinstance(event.place, InPrivate))
