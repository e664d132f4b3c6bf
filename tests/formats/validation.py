"""Whole sites before the W3C feed validator: `python -m tests.formats.validation [FILE] [SITE …]`.

Every Atom, RSS and OPML document of each site, with all archives and a hub, at its own address; the
Atom ones also before RFC 4287. Prints what was found, or puts the counts into FILE (a `.md`)
between its two marks. Exits with 1 for anything but known noise. Without a SITE it takes the
samples, `posts/`, the podcast and the nasty site of the tests, and public sites beside the
repository where they are.

`FEEDVALIDATOR` names a checkout of <https://github.com/w3c/feedvalidator>, which is on no registry;
it needs html5lib and rdflib from PyPI.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

import feedsvc
from feedsvc.feeds import heads
from feedsvc.formats import FORMATS
from feedsvc.formats.vocabulary import NAMESPACES

from . import rfc4287
from .samples import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE = "FEEDVALIDATOR"
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
MARKS = ("<!-- validation: begin -->", "<!-- validation: end -->")
URL = "https://feeds.example.org"
NOW = datetime(2026, 5, 30, tzinfo=UTC)
OVERRIDES = {
    "site": {"url": URL, "pages": "none"},
    "feeds": {"archives": "all", "hub": "https://hub.example.org/"},
    "ledger": {"enabled": False},
}


class Found(NamedTuple):
    """Something a validator said of a document; `noise` where the posts are the reason."""

    site: str
    url: str
    kind: str
    text: str
    noise: bool


class Tested(NamedTuple):
    """How many documents of a site there were, and what was said of them."""

    site: str
    documents: int
    found: tuple[Found, ...]


def sites() -> dict[str, Path]:
    """The sites that are here, by the name they have in the documentation."""
    known = {name: ROOT / name for name in ("posts", "tests/data/podcast", "tests/data/nasty")}
    for place in ("corpora", "probes"):
        known |= {
            f"{place}/{one.name}": one for one in sorted((SHARED / place).glob("*")) if one.is_dir()
        }
    known["seed"] = SHARED / "seed"
    return {name: path for name, path in known.items() if path.is_dir()}


def validator() -> Any:
    """Return the validator's module; raises KeyError without the variable."""
    sys.path.insert(0, str(Path(os.environ[VARIABLE], "src")))
    import feedvalidator

    return feedvalidator


def of_samples() -> Iterator[tuple[str, str, bytes]]:
    """Yield address, media type and bytes of every sample."""
    for case in CASES.values():
        for form in ("atom", "rss"):
            yield case.feed.formats[form], FORMATS[form].media_type, case.document(form)


def of_site(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield address, media type and bytes of every XML document of a site."""
    with tempfile.TemporaryDirectory() as place:
        copy = shutil.copytree(folder, Path(place, "site"), symlinks=True)
        site = feedsvc.open_site(copy, overrides=OVERRIDES, cache=Path(place, "cache"), jobs=1)
        publication = site.publication(NOW)
        for path in publication.paths():
            document = publication.get(path)
            if document is not None and re.search("xml|opml", document.media_type):
                yield heads.url_of(site.settings, path), document.media_type, document.body
        site.close()


def findings(site: str, url: str, media_type: str, body: bytes, judge: Any) -> Iterator[Found]:
    """Yield what the validators say of one document."""
    from feedvalidator import compatibility

    said = judge.validateStream(io.BytesIO(body), contentType=media_type, base=url)
    for event in compatibility.AA(said["loggedEvents"]):
        kind = type(event).__name__
        yield Found(site, url, kind, str(event.params), is_noise(kind, event.params, body))
    if media_type.startswith("application/atom+xml"):
        for text in rfc4287.objections(body):
            yield Found(site, url, "RFC 4287", text, noise=False)


def is_noise(kind: str, told: Mapping[str, object], body: bytes) -> bool:
    """Whether a finding is for what authors wrote, and the document does say it.

    Entries that share an instant to the second, titles and names that hold `<b>` or `&amp;`, names
    of feeds that an OPML reader could take for markup, texts about U+FFFD. RFC 6721, which the
    validator does not know. And players of video hosts, the only frames that are kept, and on
    purpose.
    """
    if kind == "BadCharacters":
        return "\ufffd" in (text := body.decode()) and not re.search("[\x80-\x9f]", text)
    if kind == "SecurityRisk":
        return told.get("tag") == "iframe"
    root = etree.fromstring(body)
    if kind == "UnknownNamespace":
        return {*root.nsmap.values()} <= {*NAMESPACES.values()} and "at" in root.nsmap
    if kind == "DuplicateUpdated":
        told = [
            (
                entry.findtext("{*}updated"),
                entry.findtext("{*}published") or entry.findtext("pubDate"),
            )
            for entry in root.iter("{*}entry", "item")
        ]
        # Who was published at one instant may well have been changed at it.
        return len({updated for updated, _ in told}) == len({*told})
    named = " or ".join(f"local-name()='{name}'" for name in ("title", "name", "creator"))
    texts = root.xpath(f"//*[{named}]/text() | //outline/@text | //outline/@title")
    if kind in {"ContainsHTML", "ContainsUndeclaredHTML", "NotHtml"}:
        return any(re.search(r"</?\w|&\w+;|&#", text) for text in texts)
    return False


def judged(name: str, documents: Iterator[tuple[str, str, bytes]], judge: Any) -> Tested:
    """Return what there is to say of the documents of one site."""
    found: list[Found] = []
    count = 0
    for count, (url, media_type, body) in enumerate(documents, 1):  # noqa: B007
        found += findings(name, url, media_type, body, judge)
    return Tested(name, count, tuple(found))


def table(tested: list[Tested]) -> str:
    """The counts as a Markdown table, a line for each site."""
    lines = ["| site | documents | errors | known noise |", "|---|--:|--:|---|"]
    for site, documents, found in tested:
        kinds = Counter(one.kind for one in found if one.noise)
        noise = ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items())) or "none"
        errors = sum(not one.noise for one in found)
        lines.append(f"| {site} | {documents} | {errors} | {noise} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Test the sites, print what was found, renew the file; returns the exit code."""
    judge = validator()
    files = [Path(one) for one in arguments if one.endswith(".md")]
    wanted = {one: Path(one) for one in arguments if not one.endswith(".md")}
    tested = [] if wanted else [judged("samples of the formats", of_samples(), judge)]
    tested += [judged(name, of_site(one), judge) for name, one in (wanted or sites()).items()]
    bad = [one for site in tested for one in site.found if not one.noise]
    for one in bad:
        sys.stdout.write(f"{one.site}: {one.url}: {one.kind} {one.text}\n")
    sys.stdout.write(f"{table(tested)}\n")
    for path in files:
        before, _, rest = path.read_text("utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        path.write_text(f"{before}{MARKS[0]}\n{table(tested)}\n{MARKS[1]}{after}", "utf-8")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
