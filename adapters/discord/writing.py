"""Texts as Discord's markdown, in which every word stands literally, in pieces that fit a message.

| the engine says | Discord shows |
| --- | --- |
| a choice | a button under the message |
| a choice that opens something private | the same; what it opens is an ephemeral message |
| a form | a modal, its token in the modal's id |
| a quiet post | a message that rings no phone |
| an appointment | an event of the server, where only the two are and the bot may make events |
| how to reply | small print under the text |
| a long text | several messages; the last one has the buttons |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.posts import Span, Style, Text

LONGEST = 2000
"""Characters of a message, its markup included (developers/resources/message); we count UTF-16 units, to be safe."""

SHORTEST = 100
"""Room that is worth beginning a span in."""

_SPECIAL = re.compile(r"[\\*_~`|<\[>#+-]|\d[.)]")
"""What any markup begins with; most words have none of it."""

_URL = re.compile(r"https?://[^\s<>|`*]+")
_MARKUP = re.compile(r"([\\*_~`|<\[])")
_LINE_START = re.compile(r"^([ \t]*)([>#+-]|\d+(?=[.)]))", re.MULTILINE)
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def escaped(words: str) -> str:
    """Words that read as they were written: no markup, no mention, no heading, no list."""
    if not _SPECIAL.search(words):
        return words
    parts, at = [], 0
    for link in _URL.finditer(words):
        # A backslash would break the link, and inside one Discord reads no markup.
        parts += [_escaped(words[at : link.start()], begins_line=_begins_line(words, at)), link.group()]
        at = link.end()
    return "".join((*parts, _escaped(words[at:], begins_line=_begins_line(words, at))))


def markdown(text: Text) -> str:
    """The text as Discord's markdown."""
    written = ""
    for span, following in zip(text, (*text[1:], None), strict=False):
        if span.style is Style.QUOTE:
            written = _quoted(written, span.text, following)
        else:
            written += _styled(span, following)
    return written


def units(text: str) -> int:
    """How long a text is at most, by Discord's count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def written(text: Text, longest: int = LONGEST) -> list[str]:
    """The text as markdown, in as many messages as it takes; none where there is nothing to see."""
    whole = markdown(text)
    if units(whole) <= longest:
        return [whole] if whole.strip() else []
    return [markdown(piece) for piece in pieces(text, longest)]


def pieces(text: Text, longest: int = LONGEST) -> list[Text]:
    """The text in pieces that each fit one message, cut between words where there is such a place."""
    made: list[list[Span]] = [[]]
    for span in text:
        rest = span.text
        while rest:
            room = longest - units(markdown(tuple(made[-1])))
            if made[-1] and room < SHORTEST:
                made.append([])
                continue
            head, rest = _cut(rest, span.style, room)
            if head:
                made[-1].append(Span(head, span.style))
            if rest:
                made.append([])
    return [tuple(piece) for piece in made if any(span.text.strip() for span in piece)]


def shortened(words: str, longest: int) -> str:
    """Words that fit a label."""
    if units(words) <= longest:
        return words
    head = words[: longest - 1]
    while units(head) > longest - 1:
        head = head[:-1]
    return head + "…"


def _escaped(words: str, *, begins_line: bool) -> str:
    words = _MARKUP.sub(r"\\\1", words)
    return "".join(_line_starts(words, begins_line=begins_line))


def _line_starts(words: str, *, begins_line: bool) -> Iterator[str]:
    for number, line in enumerate(words.split("\n")):
        if number:
            yield "\n"
        yield _LINE_START.sub(_let_stand, line) if number or begins_line else line


def _let_stand(start: re.Match[str]) -> str:
    # Of a numbered list the full stop is escaped; a backslash before a digit would be shown.
    return start[0] + "\\" if start[2].isdecimal() else f"{start[1]}\\{start[2]}"


def _begins_line(words: str, at: int) -> bool:
    return at == 0 or words[at - 1] == "\n"


def _styled(span: Span, following: Span | None) -> str:
    found = _EDGES.fullmatch(span.text)
    if found is None or not found[2] or span.style is Style.PLAIN:
        return escaped(span.text)
    before, core, after = found[1], escaped(found[2]), found[3]
    if span.style is Style.STRONG:
        return f"{before}**{core}**{after}"
    mark = "_" if after or not _begins_with_a_letter(following) else "*"
    return f"{before}{mark}{core}{mark}{after}"


def _begins_with_a_letter(following: Span | None) -> bool:
    return following is not None and following.style is not Style.QUOTE and following.text[:1].isalnum()


def _quoted(written: str, words: str, following: Span | None) -> str:
    begun = "" if not written or written.endswith("\n") else "\n"
    ended = "\n" if following is not None and not following.text.startswith("\n") else ""
    lines = "\n".join(f"> {escaped(line)}" for line in words.split("\n"))
    return f"{written}{begun}{lines}{ended}"


def _cut(words: str, style: Style, room: int) -> tuple[str, str]:
    """What fits into so many units once it is marked up, and the rest."""
    if _cost(words, style) <= room:
        return words, ""
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _cost(words[:middle], style) <= room else (low, middle - 1)
    at = max(words.rfind("\n", 0, low), words.rfind(" ", 0, low)) + 1
    if at <= low // 2:
        at = low
    return words[:at], words[at:]


def _cost(words: str, style: Style) -> int:
    # A span that stands alone may be written with a line break more on either side.
    return units(markdown((Span(words, style),))) + 2
