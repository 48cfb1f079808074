"""What the bot says, as the JSON that the page draws."""

from __future__ import annotations

from typing import Any

from adapters.playground.chatlog import Attached, Shown
from adapters.playground.places import PLATFORM
from bot.posts import Choice, Field, Form, Post

Json = dict[str, Any]


def post(said: Post) -> Json:
    """A post's words and choices; its picture and file are handed out by number."""
    body: Json = {"text": [{"words": span.text, "style": span.style.value} for span in said.text]}
    if said.choices:
        body["choices"] = [_choice(choice) for choice in said.choices]
    if said.picture:
        body["picture"] = said.picture.description
    if said.file:
        body["file"] = {"name": said.file.name, "size": len(said.file.content)}
    if said.recorded and said.recorded.platform == PLATFORM:
        body["holds"] = "voice" if said.recorded.is_voice else "picture"
    if said.quiet:
        body["quiet"] = True
    return body


def attachments(said: Post) -> tuple[Attached, ...]:
    """The picture and the file of a post."""
    found = []
    if said.picture:
        found.append(Attached("picture", "picture.png", said.picture.content))
    if said.file:
        found.append(Attached("file", said.file.name, said.file.content))
    return tuple(found)


def words(text: str, holds: str = "") -> Json:
    """What a person wrote, never as markup, or the recording that they sent."""
    if holds:
        return {"text": [], "holds": holds}
    return {"text": [{"words": text, "style": "plain"}]}


def message(shown: Shown) -> Json:
    """One message as a phone shows it."""
    return {
        "number": shown.number,
        "chat": shown.chat,
        "sender": shown.sender,
        "moment": shown.moment,
        "reply_to": shown.reply_to,
        "edited": shown.edited,
        "mark": shown.mark,
        **shown.body,
    }


def form(asked: Form) -> Json:
    """A form as a sheet in the phone."""
    return {
        "token": str(asked.token),
        "title": asked.title,
        "fields": [_field(one) for one in asked.fields],
    }


def _choice(choice: Choice) -> Json:
    return {"label": choice.label, "token": str(choice.token), "privately": choice.privately}


def _field(one: Field) -> Json:
    return {
        "name": one.name,
        "label": one.label,
        "hint": one.hint,
        "filled": one.filled,
        "longest": one.longest,
        "options": list(one.options),
        "needed": one.needed,
    }
