"""Which client reads which field right: `python -m tests.formats.interoperability [FILE]`.

Prints the table, or puts it into FILE between its two marks.
"""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedsvc.formats import fields

from .clients import CLIENTS, absent, shown
from .samples import CASES, SETTINGS

if TYPE_CHECKING:
    from feedsvc.feeds.values import Entry

    from .clients import Shown

RIGHT, WRONG, ABSENT = "yes", "**no**", "–"
FIELDS = (
    "title",
    "id",
    "link",
    "published",
    "updated",
    "author",
    "terms",
    "content",
    "summary",
    "enclosure",
    "language",
    "image",
)
MARKS = ("<!-- table: begin -->", "<!-- table: end -->")


def truth(entry: Entry, form: str, field: str) -> Any:
    """What a subscriber should be shown of one field of an entry; None if there is nothing."""
    post, content = entry.post, entry.content
    files = post.enclosures
    if form == "rss":  # it has room for one: what a player plays
        files = tuple(filter(fields.is_playable, files)) or files
    said, _ = fields.of(entry, SETTINGS)
    values: dict[str, Any] = {
        "title": post.title,
        "id": post.id,
        "link": post.permalink,
        "published": int(post.published.timestamp()),
        "updated": int(post.updated.timestamp()),
        "author": said.authors[0].name,
        # Only Atom tells a tag from a category of the same name.
        "terms": [*said.categories, *said.tags] if form == "atom" else [*said.terms],
        "content": content.html or None,
        # A description is HTML, so text in it is escaped.
        "summary": escape(content.summary, quote=False) if form == "rss" else content.summary,
        "enclosure": [files[0].url, files[0].type] if files else None,
        "language": post.lang or SETTINGS.site.language,
        "image": content.image,
    }
    return values[field]


def verdict(client: str, form: str, field: str) -> str:
    """Whether a client shows a field of every sample right, wrong, or does not know it."""
    pairs = []
    for case in CASES.values():
        entries = shown(client, case.document(form), form)["entries"]
        pairs += [
            (truth(entry, form, field), seen(one, field))
            for entry, one in zip(case.entries, entries, strict=True)
        ]
    wanted = [(true, got) for true, got in pairs if true is not None]
    if all(got in (None, [], "") for _, got in wanted):
        return ABSENT
    return RIGHT if all(same(true, got) for true, got in wanted) else WRONG


def seen(one: Shown, field: str) -> Any:
    """What a client shows of a field; of several authors, many have room for the first."""
    return next(iter(one.get("authors", ())), None) if field == "author" else one.get(field)


def same(true: object, got: object) -> bool:
    """Whether it is the same but for white space at the ends."""
    if isinstance(true, str) and isinstance(got, str):
        return true.strip() == got.strip()
    return true == got


def table() -> str:
    """The verdicts as a Markdown table, a line for each client and format."""
    lines = [f"| client | format | {' | '.join(FIELDS)} |", "|---" * (len(FIELDS) + 2) + "|"]
    for client, (forms, _) in CLIENTS.items():
        if reason := absent(client):
            raise SystemExit(reason)
        for form in forms:
            cells = " | ".join(verdict(client, form, field) for field in FIELDS)
            lines.append(f"| {client} | {form} | {cells} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Print the table, or renew it in the file named."""
    if not arguments:
        sys.stdout.write(f"{table()}\n")
        return
    path = Path(arguments[0])
    before, _, rest = path.read_text("utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    path.write_text(f"{before}{MARKS[0]}\n{table()}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
