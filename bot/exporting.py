"""A copy of one partner's own words, or of what both shared, as a ZIP: a page to read, and the same as JSON and CSV."""

from __future__ import annotations

import csv
import html
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.model import Partner
from bot.turn import Turn
from bot.views.own import Own, as_read

FIELDS = ("day", "author", "ritual", "question", "item", "words", "kind", "shared", "written_at", "edited_at")
"""The keys of a line in the JSON, and the columns of the CSV; instants are ISO 8601 with the zone's offset."""

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }}
h2 {{ margin-top: 2.5rem; }} h3 {{ margin: 1.5rem 0 0; }} p {{ margin: .2rem 0; white-space: pre-wrap; }}
.soft {{ opacity: .7; }} h2, h3 {{ break-after: avoid; }}
.words {{ border-inline-start: 3px solid; padding-inline-start: .8rem; overflow-wrap: anywhere; }}
</style></head><body><h1>{title}</h1><p>{about}</p>
{body}
</body></html>
"""


def copied(turn: Turn, partner: Partner, entries: Sequence[Own], *, of_both: bool = False) -> bytes:
    """The ZIP, the oldest day first; the same words at the same moment are the same bytes."""
    names = {one.id: one.name for one in turn.store.people.partners(partner.couple)}
    lines = [
        _line(turn, partner, one, names[one.row.partner], timed=not (of_both and one.is_sealed))
        for one in sorted(entries, key=_place)
    ]
    about = turn.say("export-about-both" if of_both else "export-about", partner)
    title = turn.say("export-title-both" if of_both else "mine-title", partner)
    name = "our-words" if of_both else "my-words"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in (
            ("README.txt", about + "\n"),
            (f"{name}.html", _page(turn, partner, lines, title, about, of_both=of_both)),
            (f"{name}.json", json.dumps({"version": 1, "words": lines}, ensure_ascii=False, indent=2) + "\n"),
            (f"{name}.csv", "\ufeff" + _table(lines)),
        ):
            made = datetime.fromtimestamp(turn.now, UTC)
            info = zipfile.ZipInfo(file, made.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(info, content)
    return packed.getvalue()


def _place(one: Own) -> tuple[str, int]:
    """Day by day; in what order, and so when, the two filled in a sealed form is told by nothing."""
    return one.day, one.row.partner if one.is_sealed else 0


def _line(turn: Turn, partner: Partner, one: Own, author: str, *, timed: bool) -> dict[str, Any]:
    zone = turn.zone(partner.timezone)
    written, edited = (
        datetime.fromtimestamp(moment, zone).isoformat() if moment and timed else ""
        for moment in (one.row.written_at, one.row.edited_at)
    )
    values = (
        one.day, author, one.ritual, one.question, one.item, as_read(turn, partner, one),
        str(one.kept), one.is_shared, written, edited,
    )  # fmt: skip
    return dict(zip(FIELDS, values, strict=True))


def _table(lines: Sequence[dict[str, Any]]) -> str:
    """RFC 4180; what a spreadsheet would take for a formula gets an apostrophe in front."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(FIELDS)
    for line in lines:
        table.writerow([_harmless(str(line[field])) for field in FIELDS])
    return written.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(BEGINS_A_FORMULA) else cell


def _page(
    turn: Turn, partner: Partner, lines: Sequence[dict[str, Any]], title: str, about: str, *, of_both: bool
) -> str:
    body, month, day = "", "", ""
    for line in lines:
        if line["day"][:7] != month:
            month = line["day"][:7]
            body += f"<h2>{_safe(turn.known.words.month_label(date.fromisoformat(line['day']), partner.locale))}</h2>\n"
        if line["day"] != day:
            day = line["day"]
            body += f"<h3>{_safe(turn.known.words.day_label(date.fromisoformat(day), partner.locale))}</h3>\n"
        body += _paragraphs(turn, partner, line, of_both=of_both)
    return PAGE.format(lang=partner.locale, title=_safe(title), about=_safe(about), body=body)


def _paragraphs(turn: Turn, partner: Partner, line: dict[str, Any], *, of_both: bool) -> str:
    where = line["author"] if of_both else turn.say("mine-shared" if line["shared"] else "mine-kept", partner)
    head = " · ".join(filter(None, (line["ritual"], line["question"], line["item"], where)))
    return f'<p class="soft">{_safe(head)}</p>\n<p class="words" dir="auto">{_safe(line["words"])}</p>\n'


def _safe(words: str) -> str:
    return html.escape(words)
