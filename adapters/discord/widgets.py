"""Posts and forms as the payloads of Discord's API: messages, buttons and modals."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import aiohttp

from adapters.discord.places import adding_link, custom_id, form_id
from adapters.discord.writing import LONGEST, escaped, shortened, units, written
from bot.posts import BRING, Choice, Field, File, Form, Picture, Post

ACTION_ROW, BUTTON, SELECT, TEXT_INPUT, TEXT_DISPLAY, LABEL = 1, 2, 3, 4, 10, 18
GREY, LINK = 2, 5
ONE_LINE, PARAGRAPH = 1, 2

NO_PREVIEWS, EPHEMERAL, NO_SOUND = 1 << 2, 1 << 6, 1 << 12
NO_PINGS: dict[str, Any] = {"parse": []}

MOST_ROWS, MOST_IN_A_ROW, MOST_BUTTONS = 5, 5, 25
LONGEST_ROW = 60
"""Characters of the labels beside each other; more would not fit a phone."""

LONGEST_BUTTON, LONGEST_TITLE, LONGEST_LABEL, LONGEST_HINT = 80, 45, 45, 100
LONGEST_OPTION, LONGEST_INPUT, LONGEST_ALT = 100, 4000, 1024
MOST_COMPONENTS, MOST_OPTIONS = 5, 25
LONGEST_LINE = 200
"""A field for fewer characters is one line high."""

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a message."""

    name: str
    content: bytes
    kind: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is sent: its JSON and its files."""

    payload: Payload
    files: tuple[Attached, ...] = ()

    def changed(self, **payload: object) -> Message:
        """The same message with other values in its JSON."""
        return Message({**self.payload, **payload}, self.files)


def messages(post: Post, application: str) -> list[Message]:
    """A post as messages; where it takes several, the last one has its choices and files and counts as it."""
    hint = f"\n-# {escaped(post.how_to_reply)}" if post.how_to_reply else ""
    *earlier, last = written(post.text, LONGEST - units(hint)) or [""]
    quiet = NO_SOUND if post.quiet else 0
    made = [Message({"content": words, **_calm(NO_SOUND)}) for words in earlier]
    final = {"content": last + hint, **_calm(quiet), "components": rows(post.choices, application)}
    return [*made, with_files(final, _attached(post.picture, post.file))]


def with_files(payload: Payload, files: tuple[Attached, ...]) -> Message:
    """A message that has these files and no others."""
    named: list[Payload] = [{"id": number, "filename": file.name} for number, file in enumerate(files)]
    for entry, file in zip(named, files, strict=True):
        if file.description:
            entry["description"] = shortened(file.description, LONGEST_ALT)
    return Message({**payload, "attachments": named}, files)


def is_empty(message: Message) -> bool:
    """Whether there is nothing in it that Discord would show."""
    return not message.payload["content"] and not message.files


def body_of(payload: Payload, files: tuple[Attached, ...]) -> Payload:
    """The arguments of a request: JSON alone, or a form with the files beside it."""
    if not files:
        return {"json": payload}
    return {"form": parts_of(payload, files)}


def parts_of(payload: Payload, files: tuple[Attached, ...]) -> list[Payload]:
    """JSON and files as the parts of a multipart form."""
    parts: list[Payload] = [{"name": "payload_json", "value": json.dumps(payload), "content_type": "application/json"}]
    for number, file in enumerate(files):
        part = {"name": f"files[{number}]", "value": file.content, "filename": file.name, "content_type": file.kind}
        parts.append(part)
    return parts


def multipart(payload: Payload, files: tuple[Attached, ...]) -> aiohttp.FormData:
    """The same as the web library takes it; Discord does not know brackets that are escaped."""
    form = aiohttp.FormData(quote_fields=False)
    for part in parts_of(payload, files):
        form.add_field(**part)
    return form


def rows(choices: tuple[Choice, ...], application: str) -> list[Payload]:
    """Buttons beside each other where they are short, one below the other where they are long."""
    shown = choices if len(choices) <= MOST_BUTTONS else (*choices[: MOST_BUTTONS - 1], choices[-1])
    buttons = _buttons(shown, application)
    parted = _by_width(buttons)
    if len(parted) > MOST_ROWS:
        parted = [buttons[at : at + MOST_IN_A_ROW] for at in range(0, len(buttons), MOST_IN_A_ROW)]
    return [{"type": ACTION_ROW, "components": row} for row in parted]


def modal(form: Form) -> Payload:
    """A form as a modal; a question that is too long for a label stands above its field."""
    left = MOST_COMPONENTS - len(form.fields)
    components: list[Payload] = []
    for field in form.fields:
        if units(field.label) > LONGEST_LABEL and left:
            left -= 1
            components.append({"type": TEXT_DISPLAY, "content": shortened(escaped(field.label), LONGEST_INPUT)})
            components.append(_labelled(field, form.title))
        else:
            components.append(_labelled(field, field.label))
    return {"custom_id": form_id(form.token), "title": shortened(form.title, LONGEST_TITLE), "components": components}


def _calm(flags: int) -> Payload:
    return {"flags": NO_PREVIEWS | flags, "allowed_mentions": NO_PINGS}


def _attached(picture: Picture | None, file: File | None) -> tuple[Attached, ...]:
    shown = (Attached("picture.png", picture.content, "image/png", picture.description),) if picture else ()
    handed = (Attached(file.name, file.content, "application/octet-stream"),) if file else ()
    return (*shown, *handed)


def _buttons(choices: tuple[Choice, ...], application: str) -> list[Payload]:
    seen: Counter[str] = Counter()
    made = []
    for choice in choices:
        button: Payload = {"type": BUTTON, "style": GREY, "label": shortened(choice.label, LONGEST_BUTTON)}
        if choice.token == BRING:
            button |= {"style": LINK, "url": adding_link(application)}
        else:
            button["custom_id"] = custom_id(choice.token, seen[str(choice.token)])
            seen[str(choice.token)] += 1
        made.append(button)
    return made


def _by_width(buttons: list[Payload]) -> list[list[Payload]]:
    parted: list[list[Payload]] = []
    width = LONGEST_ROW
    for button in buttons:
        width += len(button["label"])
        if width > LONGEST_ROW or len(parted[-1]) == MOST_IN_A_ROW:
            parted.append([])
            width = len(button["label"])
        parted[-1].append(button)
    return parted


def _labelled(field: Field, label: str) -> Payload:
    component = _select(field) if field.options else _input(field)
    return {"type": LABEL, "label": shortened(label, LONGEST_LABEL), "component": component}


def _select(field: Field) -> Payload:
    options = [
        {"label": shortened(option, LONGEST_OPTION), "value": str(number)}
        for number, option in enumerate(field.options[:MOST_OPTIONS])
    ]
    return {"type": SELECT, "custom_id": field.name, "options": options, "required": field.needed}


def _input(field: Field) -> Payload:
    longest = min(field.longest, LONGEST_INPUT)
    made: Payload = {
        "type": TEXT_INPUT,
        "custom_id": field.name,
        "style": PARAGRAPH if longest > LONGEST_LINE else ONE_LINE,
        "required": field.needed,
        "max_length": longest,
    }
    if field.hint:
        made["placeholder"] = shortened(field.hint, LONGEST_HINT)
    if field.filled and units(field.filled) <= longest:
        # What does not fit is not offered in part: a submit would keep only that part.
        made["value"] = field.filled
    return made
