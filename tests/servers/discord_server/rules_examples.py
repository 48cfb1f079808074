"""Bodies that Discord takes and bodies that it refuses, each with what it says of them."""

from __future__ import annotations

from typing import Any

from discord_server.judging import CALLBACK

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = f"{MESSAGES}/{{message_id}}"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
COMMANDS = "/applications/{application_id}/commands"
CHANNELS = "/users/@me/channels"
EVENTS = "/guilds/{guild_id}/scheduled-events"
EVENT = f"{EVENTS}/{{guild_scheduled_event_id}}"

BEGINS, ENDS = "2026-03-03T19:00:00+00:00", "2026-03-03T20:30:00+00:00"

Body = dict[str, Any]


def button(label: str = "Answer", custom_id: str = "write-1", **more: Any) -> Body:
    """A button that answers."""
    return {"type": 2, "style": 2, "label": label, "custom_id": custom_id, **more}


def buttons(count: int) -> list[Body]:
    """So many buttons."""
    return [button(custom_id=f"write-{number}") for number in range(count)]


def link(**more: Any) -> Body:
    """A button that leads away."""
    return {"type": 2, "style": 5, "label": "Open", **more}


def menu(*values: str, **more: Any) -> Body:
    """A menu of these values."""
    return {"type": 3, "custom_id": "when", "options": [{"label": "At eight", "value": one} for one in values], **more}


def row(*inside: Body) -> Body:
    """A row of a message, or a field of an older form."""
    return {"type": 1, "components": list(inside)}


def post(*rows: Body, **more: Any) -> Body:
    """A message with words of its own."""
    return {"content": "How was it?", "components": list(rows), **more}


def made_of(*components: Body, **more: Any) -> Body:
    """A message that is made of components."""
    return {"flags": 1 << 15, "components": list(components), **more}


def box(*inside: Body) -> Body:
    """A frame around components."""
    return {"type": 17, "components": list(inside)}


def text(words: str = "Hello") -> Body:
    """Words between components."""
    return {"type": 10, "content": words}


def event(**more: Any) -> Body:
    """Something that is planned somewhere else."""
    times = {"scheduled_start_time": BEGINS, "scheduled_end_time": ENDS}
    known = {"name": "Time for two", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "There"}}
    return {**known, **times, **more}


def form(*fields: Body, title: str = "Answer") -> Body:
    """A form as an answer."""
    return answer(9, title=title, custom_id="form:write-1", components=list(fields))


def labelled(component: Body, label: str = "Words") -> Body:
    """A field of a form, with what it asks for."""
    return {"type": 18, "label": label, "component": component}


def writing(name: str = "words", **more: Any) -> Body:
    """A field to write in."""
    return {"type": 4, "custom_id": name, "style": 2, **more}


def command(name: str = "week", **more: Any) -> Body:
    """A command that is typed."""
    return {"name": name, "type": 1, "description": "What comes", **more}


def choices(count: int, words: str = "x") -> list[Body]:
    """So many choices of an option."""
    return [{"name": words, "value": words}] * count


def option(name: str = "city", **more: Any) -> Body:
    """An option of a command."""
    return {"type": 3, "name": name, "description": "Where you live", **more}


def answer(kind: int, **given: Any) -> Body:
    """An answer to an interaction."""
    return {"type": kind, "data": given}


def suggestions(count: int, **more: Any) -> Body:
    """So many suggestions as an answer."""
    return answer(8, choices=[{"name": f"City {one}", "value": f"{one}", **more} for one in range(count)])


PROMPT = {"nonce": "cc5b5fc7c5b27df804686de86", "enforce_nonce": True, "allowed_mentions": {"parse": []}}
WALK = {"id": 0, "filename": "walk.png", "description": "A walk"}
ASKING = [option(required=True, autocomplete=True), option("day")]
TAKEN: list[tuple[str, str, Any]] = [
    ("POST", MESSAGES, post(row(*buttons(5)), **PROMPT, flags=4 | 1 << 12, attachments=[])),
    ("POST", MESSAGES, {"content": "x" * 2000}),
    ("POST", MESSAGES, post(message_reference={"message_id": "7", "fail_if_not_exists": False})),
    ("POST", MESSAGES, post(message_reference={"message_id": 7, "channel_id": 8, "guild_id": 9}, attachments=[WALK])),
    ("POST", MESSAGES, post(row(button(), link(url="https://example.org")))),
    ("POST", MESSAGES, post(row(button(label="", emoji={"name": "❤"})))),
    ("POST", MESSAGES, post(row(menu("8", "9")))),
    ("POST", MESSAGES, made_of(box(text(), row(*buttons(5))))),
    ("PATCH", MESSAGE, {"content": "Done", "components": [], "tts": False}),
    ("POST", CHANNELS, {"recipient_id": 1574344174084292611}),
    ("POST", WEBHOOK, post(row(button()), flags=64)),
    ("POST", EVENTS, event()),
    ("PATCH", EVENT, {"name": "Ours", "scheduled_start_time": BEGINS, "scheduled_end_time": ENDS}),
    ("PATCH", f"{WEBHOOK}/messages/@original", {"content": None, "tts": False}),
    ("POST", CALLBACK, answer(4, **post(row(button()), tts=False, flags=64))),
    ("POST", CALLBACK, answer(5, flags=64)),
    ("POST", CALLBACK, {"type": 6}),
    ("POST", CALLBACK, answer(7, content="Kept", tts=False, components=[])),
    ("POST", CALLBACK, form(text(), *(labelled(writing(f"{one}", max_length=300)) for one in range(4)))),
    ("POST", CALLBACK, form(labelled(menu("8", "9", required=False)))),
    ("POST", CALLBACK, form(row(writing(label="Words", value="As before")))),
    ("POST", CALLBACK, suggestions(25)),
    ("PUT", COMMANDS, [command(nsfw=False, options=ASKING, contexts=[0, 1]), {"name": "Keep This", "type": 3}]),
    ("PUT", COMMANDS, [command("सप्ताह", description_localizations={"de": "Was kommt"})]),
    ("POST", COMMANDS, command(nsfw=False)),
]
"""What the library and the adapter send."""
LONG = "x" * 101
IN_EVENTS: list[tuple[str, Body]] = [
    ("name: Must be between 1", event(name="")),
    ("location: Must be between 1", event(entity_metadata={"location": LONG})),
    ("location: Must be between 1", event(entity_metadata=None)),
    ("scheduled_end_time: This field", event(scheduled_end_time=None)),
    ("scheduled_end_time: Cannot schedule", event(scheduled_end_time=BEGINS)),
    ("scheduled_start_time: this has no zone", event(scheduled_start_time="2026-03-03T19:00:00")),
    ("channel_id: an event", event(channel_id="7")),
]
IN_MESSAGES: list[tuple[str, Body]] = [
    ("content: Must be 2000", {"content": "x" * 2001}),
    ("nonce: Must be 25", post(nonce="n" * 26)),
    ("no nonce to enforce", post(enforce_nonce=True)),
    ("flags: a bot cannot set", post(flags=1 << 9)),
    ("embeds: Must be 10", {"embeds": [{"title": "x"}] * 11}),
    ("embeds: Embed size", {"embeds": [{"description": "x" * 3000, "footer": {"text": "x"}}] * 2}),
    ("embeds: Embed size", {"embeds": [{"author": {"name": "x" * 3001}}, {"description": "x" * 3000}]}),
    ("embeds: Embed size", {"embeds": [{"fields": [{"name": "x" * 200, "value": "x" * 1000}] * 6}]}),
    ("components: Must be 5", post(*(row(one) for one in buttons(6)))),
    ("rows and nothing else", post(text())),
    ("components.0.components: Must be between 1 and 5", post(row())),
    ("components.0.components: Must be between 1 and 5", post(row(*buttons(6)))),
    ("stands alone", post(row(button(), menu("8")))),
    ("components.1.components.0.custom_id: Component custom id", post(row(button()), row(button()))),
    ("custom_id: Must be between 1 and 100", post(row(button(custom_id="")))),
    ("custom_id: Must be between 1 and 100", post(row(button(custom_id=LONG)))),
    ("label: Must be 80", post(row(button("x" * 81)))),
    ("label: This field is required", post(row(button("")))),
    ("url: This field is required", post(row(link()))),
    ("has no custom_id", post(row(link(url="https://example.org", custom_id="y")))),
    ("has no url", post(row(button(url="https://example.org")))),
    ("options: Must be between 1 and 25", post(row(menu()))),
    ("options.1: The specified option value", post(row(menu("8", "8")))),
    ("custom_id: Must be between 1 and 100", post(row(menu("8") | {"custom_id": LONG}))),
    ("placeholder: Must be 150", post(row(menu("8", placeholder="x" * 151)))),
    ("options.0.label: Must be between", post(row(menu() | {"options": [{"label": "", "value": "8"}]}))),
    ("description: Must be 100", post(row(menu() | {"options": [{"label": "x", "value": "8", "description": LONG}]}))),
    ("fewer can be chosen", post(row(menu("8", min_values=2, max_values=1)))),
    ("content: The 'content' field", made_of(text(), content="x")),
    ("embeds: The 'embeds' field", made_of(text(), embeds=[{"title": "x"}])),
    ("components: Must be 40", made_of(box(*[text()] * 40))),
    ("components.0.components.0.components.0.label: This", made_of(box(row(button(""))))),
    ("components.0.accessory.label: This", made_of({"type": 9, "components": [text()], "accessory": button("")})),
]
IN_ANSWERS: list[tuple[str, Body]] = [
    ("data.components.0.components.0.label: This", answer(4, **post(row(button(""))))),
    ("data.components.0.components.0.label: This", answer(7, **post(row(button(""))))),
    ("data.flags: only who will see it", answer(5, flags=1 << 15)),
    ("data.components: Must be between 1 and 5", form()),
    ("data.components: Must be between 1 and 5", form(*(labelled(writing(f"{one}")) for one in range(6)))),
    ("Component custom id cannot", form(labelled(writing()), labelled(writing()))),
    ("data.title: Must be between 1 and 45", form(labelled(writing()), title="x" * 46)),
    ("components.0.label: Must be between 1 and 45", form(labelled(writing(), "x" * 46))),
    ("data.components.0.description: Must be 100", form(labelled(writing()) | {"description": LONG})),
    ("components.0.label: Must be between 1 and 45", form(row(writing()))),
    (
        "components.0.components: Must be between 1 and 1",
        form(row(*(writing(f"{one}", label="x") for one in range(2)))),
    ),
    ("data.custom_id: Must be between 1 and 100", answer(9, title="x", custom_id=LONG, components=[text()])),
    ("component.custom_id: Must be between 1 and 100", form(labelled(writing("")))),
    ("placeholder: Must be 100", form(labelled(writing(placeholder=LONG)))),
    ("value: Must be 3", form(labelled(writing(value="long", max_length=3)))),
    ("more has to be written", form(labelled(writing(min_length=4, max_length=3)))),
    ("component.options: Must be between 1 and 25", form(labelled(menu(*map(str, range(26)))))),
    ("options.0.value: Must be between 1 and 100", form(labelled(menu(LONG)))),
    ("The specified option value", form(labelled(menu("8", "8")))),
    ("data.choices: Must be 25", suggestions(26)),
    ("choices.0.name: Must be between", suggestions(1, name="")),
    ("another shape", answer(9, components=["x"])),
]
LENGTHY = [option(f"a{one}", description=LONG[:100], choices=choices(25, LONG[:38])) for one in range(4)]
IN_COMMANDS: list[tuple[str, list[Body]]] = [
    ("0.name: Command name is invalid", [command("Week")]),
    ("0.name: Command name is invalid", [command("this week")]),
    ("0.name_localizations.de: Command name", [command(name_localizations={"de": "Woche"})]),
    ("0.description: Must be between 1 and 100", [command(description="")]),
    ("0.description: Must be between 1 and 100", [command(description=LONG)]),
    ("no such language", [command(description_localizations={"en": "x"})]),
    ("names must be unique", [command(), command()]),
    ("reached (100)", [command(f"a{number}") for number in range(101)]),
    ("0.options: Required options", [command(options=[option(), option("day", required=True)])]),
    ("0.options.0.name: Command name", [command(options=[option("City")])]),
    ("two options", [command(options=[option(), option()])]),
    ("options: Must be 25", [command(options=[option(f"a{number}") for number in range(26)])]),
    ("choices: Must be 25", [command(options=[option(choices=choices(26))])]),
    ("exclude each other", [command(options=[option(autocomplete=True, choices=choices(1))])]),
    ("exceeds maximum size", [command(options=LENGTHY)]),
    ("choices.0.value: Must be 100", [command(options=[option(choices=[{"name": "x", "value": LONG}])])]),
    ("0.name: Must be between 1 and 32", [{"name": "x" * 33, "type": 3}]),
    ("only what is typed", [{"name": "Keep", "type": 3, "description": "x"}]),
]
REFUSED: list[tuple[str, str, str, Any]] = [
    *(("POST", MESSAGES, words, body) for words, body in IN_MESSAGES),
    *(("POST", CALLBACK, words, body) for words, body in IN_ANSWERS),
    *(("PUT", COMMANDS, words, body) for words, body in IN_COMMANDS),
    ("POST", COMMANDS, "name: Command name is invalid", command("Week")),
    ("PATCH", MESSAGE, "content: Must be 2000", {"content": "x" * 2001}),
    ("POST", WEBHOOK, "label: This field", post(row(button("")))),
    *(("POST", EVENTS, words, body) for words, body in IN_EVENTS),
    ("PATCH", EVENT, "name: Must be between 1", {"name": LONG}),
    ("PATCH", f"{WEBHOOK}/messages/{{message_id}}", "label: This field", post(row(button("")))),
]
"""Each breaks one rule, and what is said of it has these words in it."""
