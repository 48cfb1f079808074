"""A form on a person's screen, and what is sent off when it is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discord_server.components import (
    CHECKBOX,
    CHECKBOX_GROUP,
    LABEL,
    RADIO_GROUP,
    ROW,
    TEXT_DISPLAY,
    TEXT_INPUT,
    Shape,
)

if TYPE_CHECKING:
    from discord_server.interactions import Interaction

Given = str | bool | Sequence[str]
MOST_LETTERS = 4000


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    label: str
    component: Shape
    numbers: tuple[int, int]
    """The ids of its frame and of itself."""

    @property
    def id(self) -> str:
        """Its custom id."""
        return str(self.component["custom_id"])

    @property
    def options(self) -> list[str]:
        """What can be chosen."""
        return [one["label"] for one in self.component.get("options", ())]

    @property
    def value(self) -> str:
        """The words that stand there already."""
        return str(self.component.get("value") or "")

    def filled(self, given: Given | None) -> Shape:
        """Itself with an answer, as it is sent off."""
        kind = self.component["type"]
        shape: Shape = {"type": kind, "id": self.numbers[1], "custom_id": self.id}
        if kind == TEXT_INPUT:
            return shape | {"value": self._written(given)}
        if kind == CHECKBOX:
            return shape | {"value": bool(self.component.get("default")) if given is None else given}
        if kind == RADIO_GROUP:
            return shape | {"value": next(iter(self._chosen(given)), None)}
        return shape | {"values": self._chosen(given)}

    def _written(self, given: Given | None) -> str:
        written = self.value if given is None else given
        assert isinstance(written, str), f"{self.label!r} is answered in writing"
        least = self.component.get("min_length") or 0
        most = self.component.get("max_length") or MOST_LETTERS
        needed = self.component.get("required") is not False
        assert written or not needed, f"{self.label!r} has to be filled in"
        assert not written or least <= len(written) <= most, f"{self.label!r} takes {least} to {most} letters"
        return written

    def _chosen(self, given: Given | None) -> list[str]:
        wanted = self._defaults() if given is None else [given] if isinstance(given, str) else list(given or ())
        known = {one["value"]: one["value"] for one in self.component.get("options", ())}
        known |= {one["label"]: one["value"] for one in self.component.get("options", ())}
        needed = self.component.get("required") is not False
        assert wanted or not needed, f"{self.label!r} has to be chosen"
        # Of boxes to tick all may be ticked where nothing else is said.
        most = self.component.get("max_values") or (len(known) if self.component["type"] == CHECKBOX_GROUP else 1)
        assert len(wanted) <= most, f"{self.label!r} takes at most {most}"
        unknown = [one for one in wanted if known and one not in known]
        assert not unknown, f"{self.label!r} has no {unknown}, but {list(known)}"
        return [known.get(one, one) for one in wanted]

    def _defaults(self) -> list[str]:
        return [one["value"] for one in self.component.get("options", ()) if one.get("default")]


@dataclass(frozen=True, slots=True)
class Modal:
    """A form, opened by an interaction."""

    title: str
    custom_id: str
    components: list[Shape]
    of: Interaction

    @property
    def fields(self) -> dict[str, Field]:
        """The questions by their custom ids."""
        numbered = [(number, one) for number, one in enumerate(self.components)]
        found = [_field(number * 2 + 1, one) for number, one in numbered if one["type"] in (ROW, LABEL)]
        return {one.id: one for one in found}

    @property
    def words(self) -> list[str]:
        """The texts between the questions."""
        return [one["content"] for one in self.components if one["type"] == TEXT_DISPLAY]

    def filled(self, given: Mapping[str, Given]) -> list[Shape]:
        """What is sent off; questions are named by their id or their label."""
        fields = self.fields
        named = {one.label: one.id for one in fields.values()} | {one: one for one in fields}
        unknown = [one for one in given if one not in named]
        assert not unknown, f"the form has no {unknown}, but {list(named)}"
        answers = {named[one]: words for one, words in given.items()}
        return [self._filled(number, one, answers) for number, one in enumerate(self.components)]

    def _filled(self, number: int, shown: Shape, answers: Mapping[str, Given]) -> Shape:
        frame: dict[str, Any] = {"type": shown["type"], "id": number * 2 + 1}
        if shown["type"] == TEXT_DISPLAY:
            return frame
        field = _field(number * 2 + 1, shown)
        filled = field.filled(answers.get(field.id))
        return frame | ({"components": [filled]} if shown["type"] == ROW else {"component": filled})


def _field(number: int, shown: Shape) -> Field:
    component = shown["component"] if shown["type"] == LABEL else shown["components"][0]
    return Field(shown.get("label") or component.get("label") or "", component, (number, number + 1))
