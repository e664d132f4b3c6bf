"""Rules about files and their front matter."""

from __future__ import annotations

from feedsvc.checks.rule import DATED, Example, Rule, one, post
from feedsvc.model import Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

RULES = (
    Rule(
        "file-unreadable",
        _ERROR,
        "A file or folder cannot be taken in: it cannot be listed, its name is not UTF-8, or it is"
        " a symbolic link that leads nowhere, in a circle or out of the site.",
        "It was left out; the rest is published.",
        "Put the file itself into the folder, under a plain name, readable.",
        Example({"other.md": post(f"title: Other\n{DATED}")}, link="gone.md"),
    ),
    Rule(
        "post-unreadable",
        _ERROR,
        "A post cannot be read: permission is missing, or it is larger than 32 MB.",
        "It was left out; the rest is published.",
        "Make it readable, or smaller.",
        Example({"post.md": post(f"title: A\n{DATED}")}, grows=40_000_000),
    ),
    Rule(
        "encoding",
        _ERROR,
        "A file is not valid in its encoding, which is UTF-8 unless it begins with another mark.",
        "It was left out. In dialects whose engine goes on, replacement characters were put there"
        " (a warning).",
        "Save it as UTF-8.",
        Example({"post.md": post(f"title: Café\n{DATED}").encode("latin-1")}, 2),
    ),
    Rule(
        "control-character",
        _WARNING,
        "There is a character that XML forbids or discourages.",
        "It was dropped.",
        "Delete it from the file.",
        one(f"title: A \x07bell\n{DATED}", 2),
    ),
    Rule(
        "front-matter-unclosed",
        _ERROR,
        "The front matter begins and never ends.",
        "The post was left out, or published without front matter where its engine does that.",
        "End it with the line it begins with.",
        Example({"post.md": f"---\ntitle: A\n{DATED}\n\nWords.\n"}, 1),
    ),
    Rule(
        "front-matter-broken",
        _ERROR,
        "The front matter is not what its fence promises: YAML, TOML or JSON.",
        "The post was left out, or published without front matter where its engine does that.",
        "Mend the line; text with `: ` or `#` in it, or `[` before it, needs quotes.",
        one(f"title: A: B\n{DATED}", 2),
    ),
    Rule(
        "front-matter-not-a-map",
        _ERROR,
        "The front matter holds a list or a text, not keys and values.",
        "The post was left out, or published without front matter where its engine does that.",
        "Write `key: value` lines.",
        one("- title\n- date", 2),
    ),
    Rule(
        "front-matter-too-deep",
        _ERROR,
        "The front matter is nested more than 64 levels deep, or holds more than 20,000 values.",
        "The post was left out, or published without front matter where its engine does that.",
        "Move data out of the front matter.",
        one(f"title: A\n{DATED}\ndata: {'[' * 70}{']' * 70}", 4),
    ),
    Rule(
        "front-matter-too-large",
        _ERROR,
        "The front matter is longer than 256 KiB.",
        "The post was left out, or published without front matter where its engine does that.",
        "Move data out of the front matter.",
        one(f"title: A\n{DATED}\ndata: {'x' * 262_144}", 2),
    ),
    Rule(
        "front-matter-tabs",
        _NOTE,
        "Lines of the front matter begin with tabs, which YAML has no meaning for.",
        "Each was read as two blanks, as Hexo reads them; engines with other YAML refuse the post.",
        "Write blanks.",
        one(f"title: A\n{DATED}\ntags:\n\t- b", 5),
    ),
    Rule(
        "key-duplicate",
        _WARNING,
        "A key stands more than once; `Date` and `date` are one key in our own dialect.",
        "One of them was taken, the last in YAML, TOML and JSON, the first otherwise.",
        "Keep one.",
        one(f"title: A\n{DATED}\ntitle: B", 4),
    ),
    Rule(
        "yaml-tag",
        _WARNING,
        "A value has a YAML tag that means something to a program, not to a post.",
        "The tag was ignored and the value read as text.",
        "Remove the tag.",
        one(f"title: !upper words\n{DATED}", 2),
    ),
    Rule(
        "value-kind",
        _WARNING,
        "A value is of another kind than its key takes.",
        "It was ignored; a doubtful `draft` or `private` holds the post back.",
        "Write a value of the kind that is named.",
        one(f"title: A\n{DATED}\ndraft: perhaps", 4),
    ),
    Rule(
        "title-kind",
        _WARNING,
        "YAML takes the title for a yes/no value.",
        "It was written out as `true` or `false`.",
        "Put it in quotes.",
        one(f"title: Yes\n{DATED}", 2),
    ),
    Rule(
        "title-missing",
        _NOTE,
        "A post has no title.",
        "It was taken from the first heading or the file name. Pelican leaves such a post out (a"
        " warning).",
        "Add `title:`.",
        one(DATED, 0),
    ),
    Rule(
        "author",
        _WARNING,
        "An author is no name and no map with `name`, or what is beside the name is no address.",
        "It was ignored.",
        "Write `author: Name`, or a map with `name`, `email` and `uri`.",
        one(f"title: A\n{DATED}\nauthor: {{name: Li, email: nowhere}}", 4),
    ),
    Rule(
        "lang",
        _WARNING,
        "The language is no language tag (RFC 5646).",
        "It was ignored; the site's language holds.",
        "Write it as `de` or `zh-Hant`.",
        one(f"title: A\n{DATED}\nlang: in German", 4),
    ),
    Rule(
        "image",
        _WARNING,
        "The picture of a post is no http or https URL and no file.",
        "It was ignored.",
        "Write its URL, or its path from the site's folder.",
        one(f"title: A\n{DATED}\nimage: ftp://example.org/a.png", 4),
    ),
    Rule(
        "enclosure",
        _WARNING,
        "An enclosure is no http or https URL and no file, or its length is no number.",
        "What is wrong with it was ignored.",
        "Write its URL, or its path from the site's folder.",
        one(f"title: A\n{DATED}\nenclosure: ftp://example.org/a.mp3", 4),
    ),
    Rule(
        "enclosure-missing",
        _WARNING,
        "The file of an enclosure is not there, so its length is unknown.",
        "It is published with length 0.",
        "Put the file there, or write `length` beside `url`.",
        one(f"title: A\n{DATED}\nenclosure: /audio/a.mp3", 4),
    ),
)
