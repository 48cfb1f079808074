"""How a guided walk looks: a private screen for each, and one post in the chat for the two."""

from __future__ import annotations

from bot.decks import Deck
from bot.model import Delivery, Kept, Occurrence, Part, Partner, State
from bot.posts import Choice, Field, Form, Post, Span, Style, Text, Token
from bot.store import Line
from bot.turn import Turn
from bot.views import agreements
from bot.views.forms import item_of
from bot.views.quiet import is_anybodys_night
from bot.views.support import BESIDE
from bot.walks import LISTENER, SPEAKER, STUCK, Step, Walk
from bot.wording import both_times, name_in_line

WAITS, DONE, OVER, STOPPED = "waits", "done", "over", "stopped"
"""Where one is who has gone the private steps; and where an occurrence is that has ended, or was stopped."""

LONGEST_WORDS = 500
OFTEN = 3
"""From this option of a scale on, something counts as there already."""


def walk_of(turn: Turn, occurrence: Occurrence) -> Walk:
    """The walk that an occurrence is a time of."""
    walk = turn.deck_of(occurrence).walk
    assert walk is not None, "an occurrence that is no walk's"
    return walk


def ended_well(occurrence: Occurrence) -> bool:
    """Whether the two came to its end, whatever became since of what they wrote."""
    return occurrence.prompt == OVER or bool(occurrence.held_at)


def screen(turn: Turn, partner: Partner, occurrence: Occurrence, part: Part) -> Post:
    """Where a partner is, with what can be pressed."""
    deck, walk = turn.deck_of(occurrence), walk_of(turn, occurrence)
    step = walk.step(part.step)
    if step is not None:
        return _step_screen(turn, partner, occurrence, deck, step)
    title = Span(deck.title + "\n", Style.STRONG)
    if part.step == WAITS and occurrence.prompt:
        # Whoever says yes second has nothing to wait for.
        return Post((title, Span(turn.say("walk-goes-on", partner))))
    if part.step == WAITS:
        until = both_times(turn, partner, [partner], occurrence.closes_at, day=False)
        return Post((title, Span(turn.say("walk-waits", partner, until=until))))
    return Post((title, Span(walk.over)))


def write_form(turn: Turn, partner: Partner, occurrence: Occurrence, step: Step) -> Form:
    """The question of a step that is answered in one's own words."""
    filled = turn.store.replies.sentence_of(occurrence, partner.id, step.id, 0)
    field = Field("words", wording(turn, partner, occurrence, step), filled=filled, longest=LONGEST_WORDS)
    return Form(Token("walk", occurrence.id, f"say_{step.id}"), turn.say("form-write-title", partner), (field,))


def wording(turn: Turn, partner: Partner, occurrence: Occurrence, step: Step) -> str:
    """A step's text, with what its reader picked highest where the text names it."""
    couple = turn.store.people.couple(occurrence.couple)
    text = step.text_apart if step.text_apart and couple.apart else step.text
    if not step.best:
        return text
    picked = {one.reply.item: int(one.words) for one in turn.store.replies.lines(occurrence, partner.id) if one.words}
    shorts = {one.id: one.short for one in walk_of(turn, occurrence).steps}
    highest = sorted((name for name in step.best if picked.get(name, -1) >= OFTEN), key=lambda name: -picked[name])[:2]
    named = turn.say("walk-and", partner).join(shorts[name] for name in highest)
    return text.replace("{best}", named) if named else turn.say("walk-no-best", partner)


def chat_post(turn: Turn, occurrence: Occurrence) -> Post:
    """The one post of a walk for two: where they are, or how it ended, which is said the same whatever the reason."""
    couple = turn.store.people.couple(occurrence.couple)
    deck, walk = turn.deck_of(occurrence), walk_of(turn, occurrence)
    title = Span(deck.title + "\n", Style.STRONG)
    quiet = is_anybodys_night(turn, couple)
    if occurrence.prompt in walk.places and occurrence.state == State.OPEN:
        step, _ = walk.at(occurrence.prompt)
        text: Text = (title, Span(step.text))
        if step.turns:
            text += (Span("\n\n" + _whose_turn(turn, occurrence)),)
        text += agreements.so_far(turn, occurrence) if walk.writing is not None else ()
        how = turn.say("how-to-reply", couple) if step.writes else ""
        return Post(text, _chat_choices(turn, occurrence, step), quiet=quiet, how_to_reply=how)
    if occurrence.held_at:
        return agreements.standing_post(turn, occurrence, deck, walk)
    ends = {OVER: walk.over, "": walk.declined}
    return Post((title, Span(ends.get(occurrence.prompt, walk.stopped))), quiet=quiet)


def cards(turn: Turn, partner: Partner, occurrence: Occurrence, role: str) -> Post:
    """What this partner alone reads at the step where the two are."""
    step, _ = walk_of(turn, occurrence).at(occurrence.prompt)
    speaks = not step.turns or speaker(turn, occurrence).id == partner.id
    wanted = ([role, SPEAKER] if speaks else [LISTENER]) + [STUCK]
    found = [card for who in wanted for card in step.cards if card.who == who]
    text: Text = ()
    for card in found:
        soft = Style.SOFT if card.who == STUCK else Style.PLAIN
        text += (Span(("\n\n" if text else "") + card.text, soft),)
    return Post(text or (Span(turn.say("walk-no-card", partner)),))


def speaker(turn: Turn, occurrence: Occurrence) -> Partner:
    """Whose turn it is; a coin, thrown when the walk was opened, decides who begins."""
    _, second = walk_of(turn, occurrence).at(occurrence.prompt)
    partners = turn.store.people.partners(occurrence.couple)
    return partners[(occurrence.id + second) % len(partners)]


def walked_line(walk: Walk, line: Line) -> Text:
    """What one wrote or picked at a step, with the step's name."""
    step = walk.step(line.reply.item)
    if step is None:
        return (Span("\n"), Span(line.words, Style.QUOTE))
    words = step.options[int(line.words)] if line.reply.kept == Kept.SCALE else line.words
    return (Span(f"\n{step.label}\n", Style.SOFT), Span(words, Style.QUOTE))


def practices(turn: Turn, partner: Partner, decks: list[Deck], under_way: set[str]) -> Post:
    """What can be gone through, with what each is."""
    text: Text = (Span(turn.say("practices-title", partner), Style.STRONG),)
    choices = []
    for deck in decks:
        text += (Span(f"\n\n{deck.title}", Style.STRONG), Span(f"\n{deck.about}"))
        label = turn.say("choice-go-on", partner, title=deck.title) if deck.id in under_way else deck.title
        choices.append(Choice(label, Token("practice", 0, deck.id), privately=True))
    return Post((*text, Span("\n\n" + turn.say("practices-hint", partner), Style.SOFT)), tuple(choices))


def delivered_walk(turn: Turn, delivery: Delivery) -> Post | None:
    """The invitation to a walk, or what comes after it, to one of the two; nothing where that has passed."""
    occurrence = turn.store.occurrences.occurrence(delivery.subject)
    account = turn.store.people.account(delivery.account)
    if occurrence is None or account is None:
        return None
    partner = turn.store.people.partner(account.partner)
    part = turn.store.occurrences.part(occurrence.id, partner.id)
    ended = occurrence.state != State.OPEN and not ended_well(occurrence)
    if ended or partner.rest_until > turn.now or walk_of(turn, occurrence).step(part.step) is None:
        return None
    return screen(turn, partner, occurrence, part)


def delivered_review(turn: Turn, delivery: Delivery) -> Post | None:
    """Some time after something was written down: what of it now? Nothing where its author deleted it."""
    reply = turn.store.replies.reply(delivery.subject)
    occurrence = turn.store.occurrences.occurrence(reply.occurrence) if reply else None
    if reply is None or occurrence is None or turn.deck_behind(occurrence) is None:
        return None
    line = turn.store.replies.line(occurrence, reply)
    step = walk_of(turn, occurrence).step(reply.item)
    partner = turn.store.people.partner(reply.partner)
    if line is None or step is None or not step.review or partner.rest_until > turn.now or not partner.nudges:
        return None
    wanted = ("keep", "change", "drop")
    choices = tuple(
        Choice(turn.say(f"choice-review-{what}", partner), Token("review", reply.id, what), privately=True)
        for what in wanted
    )
    head, _, tail = step.review.partition("{words}")
    return Post((Span(head), Span(line.words), Span(tail)), choices, quiet=True)


def delivered_leads_on(turn: Turn, delivery: Delivery) -> Post | None:
    """The day after something was written in a form: what it could lead on to, to its author alone, without words."""
    reply = turn.store.replies.reply(delivery.subject)
    occurrence = turn.store.occurrences.occurrence(reply.occurrence) if reply else None
    deck = turn.deck_behind(occurrence) if occurrence else None
    if reply is None or reply.hidden or occurrence is None or deck is None:
        return None
    partner, couple = turn.store.people.partner(reply.partner), turn.store.people.couple(occurrence.couple)
    item = item_of(deck, occurrence, reply.item)
    offered = next((one for one in turn.decks_of(couple.id).values() if item and one.command == item.leads_to), None)
    if offered is None or max(partner.rest_until, couple.rest_until) > turn.now or not partner.nudges:
        return None
    begins = Choice(turn.say(f"choice-leads-on-{offered.command}", partner), Token("practice", 0, offered.id))
    return Post((Span(turn.say(f"leads-on-{offered.command}", partner)),), (begins,), quiet=True)


def _step_screen(turn: Turn, partner: Partner, occurrence: Occurrence, deck: Deck, step: Step) -> Post:
    head = Span(deck.title + "\n", Style.STRONG)
    text: Text = (head, Span(wording(turn, partner, occurrence, step)))
    if step.note:
        text += (Span("\n\n" + step.note, Style.SOFT),)
    if step.writes:
        hint = "item-text-hint-apart" if turn.in_room else "item-text-hint"
        text += (Span("\n\n" + turn.say(hint, partner), Style.SOFT),)
    return Post(text, _private_choices(turn, partner, occurrence, step))


def _private_choices(turn: Turn, partner: Partner, occurrence: Occurrence, step: Step) -> tuple[Choice, ...]:
    def choice(label: str, value: str) -> Choice:
        return Choice(label, Token("walk", occurrence.id, value), privately=True)

    found = [choice(label, f"pick_{step.id}_{at}") for at, label in enumerate(step.options)]
    if step.writes:
        found.append(choice(turn.say("choice-write", partner), f"say_{step.id}"))
    is_gate = bool(step.yes or step.roles)
    if not is_gate:
        skips = bool(step.options or step.writes)
        found.append(choice(turn.say("choice-skip" if skips else "choice-next", partner), f"past_{step.id}"))
    if is_gate:
        # What is asked here still stands when More is read and removed again.
        found.append(Choice(turn.say("choice-more", partner), Token("more", 0, BESIDE), privately=True))
    if not step.yes:
        found.append(choice(turn.say("choice-stop-here", partner), "stop"))
    return tuple(found)


def _chat_choices(turn: Turn, occurrence: Occurrence, step: Step) -> tuple[Choice, ...]:
    couple = turn.store.people.couple(occurrence.couple)
    found = list(agreements.choices(turn, occurrence, step))
    if step.cards:
        found.insert(
            0, Choice(turn.say("choice-my-card", couple), Token("walk", occurrence.id, "card"), privately=True)
        )
    if not step.asks_each:
        label = "choice-no-day" if step.asks_date and agreements.lines(turn, occurrence) else "choice-next"
        found.append(Choice(turn.say(label, couple), Token("walk", occurrence.id, f"past_{occurrence.prompt}")))
    stops = Choice(turn.say("choice-stop-here", couple), Token("walk", occurrence.id, "stop"))
    return (*found, stops)


def _whose_turn(turn: Turn, occurrence: Occurrence) -> str:
    couple = turn.store.people.couple(occurrence.couple)
    speaking = speaker(turn, occurrence)
    others = [one for one in turn.store.people.partners(couple.id) if one.id != speaking.id]
    listening = name_in_line(others[0].name) if others else ""
    return turn.say("walk-turn", couple, speaker=name_in_line(speaking.name), listener=listening)
