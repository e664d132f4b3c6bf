"""Which files of a Hugo site's content are no pages, or none that can be read here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from feedsvc.model import Finding
from feedsvc.posts.context import once_per_site
from feedsvc.posts.dialect import FilePath, Reading, Source
from feedsvc.sites.globs import glob
from feedsvc.sites.hugo.languages import is_index
from feedsvc.sites.hugo.paths import lowered
from feedsvc.sites.hugo.places import look_at
from feedsvc.sites.patterns import safe_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from feedsvc.settings import Settings

ADAPTER = ".gotmpl"
# https://gohugo.io/content-management/formats/; what no library that is kept well reads
FOREIGN = {
    ".org": "is written in Org mode",
    ".adoc": "is written in AsciiDoc",
    ".asciidoc": "is written in AsciiDoc",
    ".ad": "is written in AsciiDoc",
    ADAPTER: "is a template that makes pages",
}


class _Rule(NamedTuple):
    """Whether what fits a pattern is `wanted`; a rule that only `leads` to it is about folders."""

    wanted: bool
    pattern: re.Pattern[str]
    leads: bool = False


def is_adapter(file: FilePath) -> bool:
    """Whether a file makes pages (https://gohugo.io/content-management/content-adapters/)."""
    return file.suffix == ADAPTER and file.name.startswith("_content.")


def left_out(source: Source, path: FilePath, settings: Settings) -> Reading | None:
    """A reading without a post for what is no page; None for a page.

    A file beside an `index.md` belongs to that page (a leaf bundle).
    """
    if (ignored := _ignored(settings)) and any(one.search(f"/{source.path}") for one in ignored):
        return Reading(None, ())
    if _in_bundle(path, source, settings) or _not_mounted(source.path, settings):
        return Reading(None, ())
    if what := FOREIGN.get(path.suffix.lower()):
        return Reading(None, (_unread(source.path, what),))
    return None


def _unread(path: str, what: str) -> Finding:
    made = "what it makes" if path.endswith(ADAPTER) else "it"
    return Finding(
        "markup-unknown",
        f"The page {what}, which is not read here; {made} was left out.",
        path,
        hint="Write it in Markdown, or put what it becomes there as HTML.",
    )


@once_per_site
def _ignored(settings: Settings) -> Sequence[re.Pattern[str]]:
    """`ignoreFiles`: patterns that the path of a file holds somewhere."""
    given = settings.engine_options.get("ignored")
    patterns = given if isinstance(given, list) else []
    found = (safe_pattern(str(one), ignore_case=False) for one in patterns if one)
    return [pattern for pattern in found if pattern]


def _not_mounted(path: str, settings: Settings) -> bool:
    chosen = _chosen(settings)
    if not chosen:
        return False
    mounts = [one for one in chosen if path.startswith(f"{one[0]}/")]
    reached = (_reached(lowered(path[len(folder) :]), rules) for folder, rules in mounts)
    return bool(mounts) and not any(reached)


def _reached(path: str, rules: Sequence[_Rule]) -> bool:
    """Whether Hugo comes to a file of a mount: first to each folder above it, then to it.

    The first rule that fits tells; where none does, whether there are none of what is wanted.
    """
    otherwise = not any(rule.wanted for rule in rules)
    ends = [at for at, char in enumerate(path) if at and char == "/"]
    for end in (*ends, None):
        among = rules if end else [rule for rule in rules if not rule.leads]
        place = path[:end]
        if not next((rule.wanted for rule in among if rule.pattern.fullmatch(place)), otherwise):
            return False
    return True


@once_per_site
def _chosen(settings: Settings) -> Sequence[tuple[str, Sequence[_Rule]]]:
    """The folders that are mounted, and what is wanted of each, where some have only some files."""
    given: Any = settings.engine_options.get("chosen") or []
    return [(folder, [rule for one in globs for rule in _rules(one)]) for folder, *globs in given]


def _rules(text: str) -> Iterator[_Rule]:
    """What a glob says, and which folders lead to what it wants (`hugofs/hglob`)."""
    name = f"/{lowered(text.removeprefix('! ')).removeprefix('/')}"
    wanted = not text.startswith("! ")
    yield _Rule(wanted, glob(name))
    folders = name.rpartition("/")[0].split("/")
    for end in range(2, len(folders) + 1) if wanted else ():
        yield _Rule(wanted, glob("/".join(folders[:end])), leads=True)


def _in_bundle(path: FilePath, source: Source, settings: Settings) -> bool:
    folder = path.folder
    if is_index(path.stem, settings.engine_options):  # in its own folder it is the page
        folder = folder.rpartition("/")[0]
    return folder != "" and look_at(source, settings).in_bundle(source.root, folder)
