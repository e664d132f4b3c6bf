"""Rules about a site as a whole and its configuration."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from feedsvc.checks.rule import DATED, LATER, Example, Rule, jekyll, post
from feedsvc.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def _two(
    first: str, second: str, line: int, more: Mapping[str, str] = MappingProxyType({})
) -> Example:
    """Two posts a day apart; the finding stands at the second."""
    files = {
        **more,
        "other.md": post(f"title: Other\n{DATED}\n{first}"),
        "post.md": post(f"title: A\n{LATER}\n{second}"),
    }
    return Example(files, line)


RULES = (
    Rule(
        "site-url",
        _NOTE,
        "The site has no address of its own.",
        "Feeds are made for http://localhost:8000, so that they can be tried.",
        "Set `[site] url` in feedsvc.toml before you publish it.",
        Example({"post.md": post(f"title: A\n{DATED}")}, path=""),
    ),
    Rule(
        "site-empty",
        _WARNING,
        "No file was found that could be a post.",
        "The feeds are empty.",
        "Give the folder that holds the posts, or set `[posts] path`.",
        Example({"notes.docx": "Words.\n"}, path=""),
    ),
    Rule(
        "archives-off",
        _NOTE,
        "A site whose posts have no pages began with more than 5,000: it has no archives unasked.",
        "Its feed holds the newest posts only; a first export with archives takes longer by half.",
        'Set `[feeds] archives` to "site", or to "none" if new subscribers need no old posts.',
        Example(
            {
                "feedsvc.toml": '[site]\npages = "none"\n',
                "post.md": post(f"title: A\n{DATED}"),
            },
            path="",
            copies=5_000,
        ),
    ),
    Rule(
        "config-value",
        _WARNING,
        "A value in another engine's configuration cannot be used.",
        "It was ignored. (The same in feedsvc.toml is an error that ends the program.)",
        "Correct it there, or set it in feedsvc.toml.",
        Example(
            {
                "_config.yml": "lang: in German\n",
                "_posts/2026-05-30-a.md": post("title: A"),
            },
            path="_config.yml",
        ),
    ),
    Rule(
        "feed-template",
        _WARNING,
        "A feed template of the site gives its entries ids that it does not tell, or other ones.",
        "An entry has one id in all feeds: by the first template that tells, else the engine's.",
        "Run `feedsvc adopt` on the feed of that template before you publish here; "
        "once there is a ledger, this is not said again.",
        Example(
            {
                "_config.yml": "title: A\n",
                "_posts/2026-05-30-a.md": post("title: A"),
                "atom.xml": "---\n---\n<feed>{% for post in site.posts %}<entry>"
                "<id>{{ post.url | sha1 }}</id></entry>{% endfor %}</feed>\n",
            },
            path="atom.xml",
        ),
    ),
    Rule(
        "name-without-date",
        _WARNING,
        "Jekyll leaves out a post without a date in its file name.",
        "It was left out here, too.",
        "Rename it to YYYY-MM-DD-slug.md, or move it to _drafts.",
        jekyll("post.md", f"title: A\n{DATED}", 0),
    ),
    Rule(
        "markup-unknown",
        _WARNING,
        "A page is in a markup that is not read: Org mode or AsciiDoc, a template, a notebook.",
        "It was left out; the rest is published.",
        "Write it in Markdown, or put what it becomes there as HTML.",
        Example(
            {
                "hugo.toml": "title = 'A'\n",
                "content/posts/other.org": "#+title: Other\n",
                "content/posts/post.md": post(f"title: A\n{DATED}"),
            },
            path="content/posts/other.org",
        ),
    ),
    Rule(
        "permalink-template",
        _WARNING,
        "A permalink is a template with more than simple variables.",
        "The file's path was taken.",
        "Write the permalink without template code.",
        Example(
            {
                "eleventy.config.js": "export default {}\n",
                "post.md": post(f"title: A\n{DATED}\npermalink: '{{{{ a | unknown }}}}/'"),
            },
            4,
        ),
    ),
    Rule(
        "permalink-placeholder",
        _WARNING,
        "The pattern of permalinks has a placeholder that does not exist.",
        "It stands in the URLs as it is written.",
        "Write one of Jekyll's, such as `:title`.",
        Example(
            {
                "feedsvc.toml": '[posts]\npermalink = "/:nothing/:title/"\n',
                "post.md": post(f"title: A\n{DATED}"),
            },
            path="",
        ),
    ),
    Rule(
        "permalink-meets",
        _WARNING,
        "Several posts have one permalink, or a post has that of a feed or its page.",
        "Who is known there to subscribers keeps it, else the first published; feeds always do. The"
        " others got their own where their pages are ours.",
        "Give each its own `slug` or `permalink`.",
        _two("permalink: /a/", "permalink: /a/", 4),
    ),
    Rule(
        "page-without-file",
        _WARNING,
        "The page of a post cannot be a file: another needs the same, or a name is none for files.",
        "It is served on the web, but left out of an export, which says so.",
        "Give the post another `slug` or `permalink`.",
        _two("permalink: /a", "permalink: /a/", 4),
    ),
    Rule(
        "id-meets",
        _WARNING,
        "Several posts have one id; readers would show only one of them.",
        "The first published keeps it; the others got their own. Where a ledger is kept,"
        " `id-duplicate` tells the same.",
        "Give the post an `id` of its own.",
        _two(
            "id: urn:example:1",
            "id: urn:example:1",
            4,
            {"feedsvc.toml": "[ledger]\nenabled = false\n"},
        ),
    ),
    Rule(
        "slug-meets",
        _WARNING,
        "Several categories, tags or authors would share one address.",
        "Each has its own feed and slug; the clean one stays where subscribers have it, else the"
        " first published gets it.",
        "Write them in one way if they mean the same.",
        _two("tags: [rock-music]", "tags: [rock music]", 0),
    ),
    Rule(
        "term-case",
        _WARNING,
        "Several categories, tags or authors differ only in case.",
        "Each has its own feed and slug; the clean one stays where subscribers have it, else the"
        " first published gets it.",
        "Write them in one way if they mean the same.",
        _two("tags: [news]", "tags: [News]", 0),
    ),
    Rule(
        "post-duplicate",
        _WARNING,
        "Two posts have the same title and the same date: a copy, perhaps.",
        "Both are published.",
        "Remove one, or give it a date of its own.",
        Example({"other.md": post(f"title: A\n{DATED}"), "post.md": post(f"title: A\n{DATED}")}, 2),
    ),
)
