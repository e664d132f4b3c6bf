"""Formulas in the sites of engines that set them by a package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from feedsvc.content import render
from tests.sites.reading import read_site, write

if TYPE_CHECKING:
    from pathlib import Path

POST = (
    "---\ntitle: T\ndate: 2020-02-03\n---\n$\\{a_1\\}\\\\ b_2 < c$ \\{\n\n$$\n\\begin{x}\n_a_\n$$\n"
)
CONFIGS = {
    "src/content/a.md": "astro.config.mjs",
    "content/blog/a.md": "gatsby-config.js",
    "blog/a.md": "docusaurus.config.js",
    "a.md": "eleventy.config.js",
}


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize(
    ("package", "formulas"),
    [
        ("remark-math", True),
        ("gatsby-remark-katex", True),
        ("@mdit/plugin-katex", True),
        ("@vscode/markdown-it-katex", True),
        ("markdown-it-mathjax3", True),
        ("remark-gfm", False),
        ("mathjs", False),
    ],
)
def test_formulas_stay_where_a_package_sets_them(
    tmp_path: Path, name: str, package: str, formulas: bool
) -> None:
    said = json.dumps({"dependencies": {package: "^1.0.0"}})
    site = read_site(write(tmp_path, {CONFIGS[name]: "", "package.json": said, name: POST}))
    html = render(site.posts[name], site.configuration.settings).content.html
    expected = "<p>$\\{a_1\\}\\\\ b_2 &lt; c$ {</p>\n<p>$$\n\\begin{x}\n_a_\n$$</p>\n"
    assert (html == expected) is formulas
