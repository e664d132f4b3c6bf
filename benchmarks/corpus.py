"""A folder of posts that Hugo and feedsvc both build, the same bytes for the same numbers.

    python benchmarks/corpus.py FOLDER --posts 10000 --markup html

50 categories, 500 tags, 3 tags a post; bodies of about 6 KB of HTML or 4 KB of Markdown. Hugo's
configuration switches pages off and makes one RSS feed for the home page, each category and each
tag, with summaries, or with HUGO_LAYOUTDIR=full-content with all that is in the posts; feedsvc's
switches pages off too and makes the same feeds in three formats.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

SEED = 20260530
CATEGORIES = 50
TAGS = 500
TAGS_A_POST = 3
# Older than any window for news, so that every feed holds `limit` entries and no more.
NEWEST = datetime(2025, 5, 30, 11, 22, 23, tzinfo=UTC)
BODY_CHARACTERS = {"html": 5600, "md": 3700}

VOCABULARY = """\
feed reader entry city river morning market letter window station garden paper engine signal
number answer question summer winter harbour bridge teacher writer kitchen music the a of and to
in is that it was for on are with as at be this have from or by not but what all were when we
there can an your which their said if do will each about how up out them then she many some so
these would other into has more her two like him see time
"""
WORDS = VOCABULARY.split()
CHINESE = "今天市委市政府召开会议统筹经济社会发展工作全市上下团结一致服务企业稳定就业"

HUGO = """\
baseURL = "https://bench.example/"
title = "Benchmark"
disableKinds = ["section", "sitemap", "robotstxt", "404"]
[outputs]
home = ["rss"]
taxonomy = []
term = ["rss"]
[services.rss]
limit = 20
[cascade.build]
render = "link"
list = "always"
[cascade.target]
kind = "page"
[security]
allowContent = [".*"]
"""

FULL_CONTENT = "full-content"  # the folder of a template, which HUGO_LAYOUTDIR names
# Hugo's own, but for the whole content where it has the summary.
RSS = """\
{{- $pages := .Pages }}{{ if .IsHome }}{{ $pages = .Site.RegularPages }}{{ end }}
{{- $pages = $pages | first .Site.Config.Services.RSS.Limit }}
{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\" standalone=\\"yes\\"?>" | safeHTML }}
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>{{ if not .IsHome }}{{ .Title }} on {{ end }}{{ .Site.Title }}</title>
    <link>{{ .Permalink }}</link>
    <description>Recent content on {{ .Site.Title }}</description>
    <language>{{ site.Language.Locale }}</language>
    <lastBuildDate>
      {{- (index $pages.ByLastmod.Reverse 0).Lastmod.Format
        "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML -}}
    </lastBuildDate>
    {{- with .OutputFormats.Get "RSS" }}
    {{ printf "<atom:link href=%q rel=\\"self\\" type=%q />" .Permalink .MediaType | safeHTML }}
    {{- end }}
    {{- range $pages }}
    <item>
      <title>{{ .Title }}</title>
      <link>{{ .Permalink }}</link>
      <pubDate>{{ .PublishDate.Format "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML }}</pubDate>
      <guid>{{ .Permalink }}</guid>
      <description>{{ .Content | transform.XMLEscape | safeHTML }}</description>
    </item>
    {{- end }}
  </channel>
</rss>
"""

FEEDSVC = """\
[site]
url = "https://bench.example"
title = "Benchmark"
pages = "none"

[feeds]
limit = 20
urls = "feedsvc"
"""


def sentence(random: Random) -> str:
    """A few words, sometimes Chinese: text that neither compresses nor parses too well."""
    if random.random() < 0.15:
        return "".join(random.choices(CHINESE, k=random.randint(12, 40))) + "。"
    words = random.choices(WORDS, k=random.randint(6, 18))
    words[0] = words[0].capitalize()
    return " ".join(words) + "."


def paragraph(random: Random) -> str:
    return " ".join(sentence(random) for _ in range(random.randint(3, 7)))


def html_block(random: Random) -> str:
    """One block as a news scraper writes it: no line ends, links of every kind."""
    text, kind = paragraph(random), random.random()
    if kind < 0.1:
        return f'<p><img src="/images/{random.randrange(10**6)}.jpg" alt="{sentence(random)}"></p>'
    if kind < 0.3:
        return f'<p>{text} <a href="/archive/{random.randrange(10**4)}.html">{text[:12]}</a></p>'
    if kind < 0.4:
        return f"<ul><li>{sentence(random)}</li><li>{sentence(random)}</li></ul>"
    return f"<p><strong>{sentence(random)}</strong>{text}</p>" if kind < 0.5 else f"<p>{text}</p>"


def markdown_block(random: Random) -> str:
    """One block of a hand-written post: text, list, code, quotation or table."""
    text, kind = paragraph(random), random.random()
    if kind < 0.1:
        return f"## {sentence(random)[:-1]}\n\n{text}"
    if kind < 0.2:
        return "\n".join(f"- {sentence(random)}" for _ in range(4))
    if kind < 0.27:
        return f"```python\nfor word in {random.choices(WORDS, k=4)!r}:\n    print(word)\n```"
    if kind < 0.32:
        return "| a | b |\n|---|---|\n" + "\n".join(
            f"| {random.choice(WORDS)} | {random.randrange(1000)} |" for _ in range(4)
        )
    if kind < 0.4:
        return f"> {text}"
    return f"{text} [{text[:10]}](/archive/{random.randrange(10**4)}/) and *{sentence(random)}*"


def post(number: int, posts: int, markup: str, random: Random) -> tuple[str, str]:
    """File name and text of one post; the highest number is the newest."""
    date = NEWEST - timedelta(minutes=37 * (posts - 1 - number))
    tags = random.sample(range(TAGS), TAGS_A_POST)
    block = html_block if markup == "html" else markdown_block
    blocks: list[str] = []
    size = 0
    while size < BODY_CHARACTERS[markup]:
        blocks.append(block(random))
        size += len(blocks[-1].encode())
    body = ("" if markup == "html" else "\n\n").join(blocks)
    fields = (
        f'title: "{sentence(random)[:-1]} {number}"\n'
        f"date: {date:%Y-%m-%dT%H:%M:%SZ}\n"
        f"categories: [category-{number % CATEGORIES:02d}]\n"
        f"tags: [{', '.join(f'tag-{tag:03d}' for tag in tags)}]\n"
    )
    return f"{date:%Y-%m-%d}-post-{number:06d}.{markup}", f"---\n{fields}---\n{body}\n"


def make(folder: Path, posts: int, markup: str) -> Path:
    """Write the corpus into `folder` (which must not exist yet) and return its newest post."""
    content = folder / "content" / "posts"
    content.mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO, "utf-8")
    (folder / "feedsvc.toml").write_text(FEEDSVC, "utf-8")
    (folder / FULL_CONTENT).mkdir()
    (folder / FULL_CONTENT / "rss.xml").write_text(RSS, "utf-8")
    file = content
    for number in range(posts):
        name, text = post(number, posts, markup, Random(SEED * 1_000_003 + number))
        file = content / name
        file.write_text(text, "utf-8")
    return file


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--markup", choices=BODY_CHARACTERS, default="html")
    options = parser.parse_args()
    print("newest post:", make(options.folder, options.posts, options.markup))
