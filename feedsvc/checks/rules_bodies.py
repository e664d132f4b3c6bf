"""Rules about what bodies hold."""

from __future__ import annotations

from feedsvc.checks.rule import Example, Rule, jekyll, one, post
from feedsvc.model import Severity

_FRONT = "title: A\ndate: 2026-05-30 10:00 +0800"
_NAMED = "2026-05-30-post.md"
_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def _body(text: str, line: int = 0) -> Example:
    return one(_FRONT, line, f"Words.\n\n{text}\n")


def _on(config: str, path: str, text: str, line: int) -> Example:
    return Example({config: "", path: post(_FRONT, f"Words.\n\n{text}\n")}, line, path)


def _rst(text: str, line: int) -> Example:
    head = "A\n=\n\n:date: 2026-05-30 10:00\n\n"
    return Example({"pelicanconf.py": "", "content/a.rst": f"{head}{text}"}, line, "content/a.rst")


RULES = (
    Rule(
        "link-broken",
        _WARNING,
        "A link or picture leads to a page or file that the site does not have. Told in plain"
        " folders, whose pages are ours; in the sites of other engines only of links to source"
        " files (`[see](other.md)`).",
        "The link stays as it is.",
        "Correct the link, or put the file beside the post.",
        _body("See [the plan](plan.pdf).", 7),
    ),
    Rule(
        "link-unresolved",
        _WARNING,
        "A link names the file of another post (`ref`, `post_url`, `{filename}`, `@/a.md`,"
        " `[see](a.md)`), but no post is published there: the name is wrong, or the post is a"
        " draft, still to come or expired.",
        "The words stay, without a link.",
        "Check the name, or publish the post.",
        jekyll(_NAMED, _FRONT, 7, "Words.\n\n{% post_url the-other-one %}\n"),
    ),
    Rule(
        "liquid-removed",
        _WARNING,
        "A Liquid tag or variable needs what the folder does not have: other posts, the clock,"
        " a plugin, a theme's include.",
        "It was removed, so that readers do not see its source.",
        "Write what it stands for into the post, or set `summary`.",
        jekyll(_NAMED, _FRONT, 7, "Words.\n\n{% for post in site.posts %}.{% endfor %}\n"),
    ),
    Rule(
        "label-undefined",
        _WARNING,
        "A link by label (`[words][label]`) has no definition, in a post of which Liquid was"
        " removed that may have made it.",
        "The words stay, without a link.",
        "Write the definitions (`[label]: https://…`) into the post or a plain include.",
        jekyll(
            _NAMED,
            _FRONT,
            5,
            "[Words][b].\n\n{% for p in site.posts %}[{{ p.slug }}]: {{ p.url }}{% endfor %}\n",
        ),
    ),
    Rule(
        "shortcode-removed",
        _WARNING,
        "A shortcode is not known here, or its template needs more than is: a loop, data.",
        "It was removed; what it encloses was kept.",
        "Write plain Markdown or HTML where subscribers must see it.",
        _on("hugo.toml", "content/post.md", "{{< chart data=1 >}}", 7),
    ),
    Rule(
        "directive-removed",
        _WARNING,
        "A reStructuredText directive comes from a plugin of the site.",
        "It was removed with what it holds.",
        "Write plain reStructuredText where subscribers must see it.",
        _rst("Words.\n\n.. chart:: data\n", 8),
    ),
    Rule(
        "restructured-text",
        _WARNING,
        "`docutils` finds fault with reStructuredText: a short underline, an unknown target.",
        "The text is shown as far as it can be.",
        "Mend it: Pelican leaves out an article with such a fault, Nikola shows a message there.",
        _rst("Some words\n-----\n\nMore.\n", 7),
    ),
    Rule(
        "component-removed",
        _WARNING,
        "A component of an `.mdx` file is a program, which feeds do not run.",
        "It was removed; what it encloses was kept.",
        "Write plain Markdown or HTML where subscribers must see it.",
        _on("astro.config.mjs", "src/content/blog/post.mdx", "<Chart data={1} />", 7),
    ),
    Rule(
        "body-too-complex",
        _ERROR,
        "A body is larger or more deeply nested than any text that people read.",
        "It was cut there, or is shown as plain text.",
        "Split or simplify it.",
        _body("<div>" * 5000),
    ),
    Rule(
        "kramdown-removed",
        _NOTE,
        "An attribute list gives classes or ids that readers do not understand.",
        "It was removed.",
        "Nothing: readers show the text.",
        jekyll(_NAMED, _FRONT, 7, "Words.\n\n{: .wide}\nMore words.\n"),
    ),
    Rule(
        "script-removed",
        _NOTE,
        "There is a script.",
        "It was removed; no reader runs them.",
        "Say in words, or as a link, what it shows.",
        _body("<script>alert(1)</script>"),
    ),
    Rule(
        "handler-removed",
        _NOTE,
        "An element has an event handler such as `onclick`.",
        "The handler was removed; no reader runs it.",
        "Nothing, unless the post means nothing without it.",
        _body('<p onclick="go()">Words.</p>'),
    ),
    Rule(
        "style-removed",
        _NOTE,
        "An element has a `style` attribute.",
        "The attribute was removed; readers have a style of their own.",
        "Nothing, unless the post means nothing without it.",
        _body('<p style="color: red">Words.</p>'),
    ),
    Rule(
        "unsafe-link-removed",
        _WARNING,
        "A link or picture has an address that runs a script (`javascript:`), holds data that is no"
        " picture (`data:`) or names a file of one machine (`file:`).",
        "The address was removed, its text was kept.",
        "Link to a page.",
        _body('<p><a href="javascript:go()">Words</a></p>'),
    ),
    Rule(
        "form-removed",
        _NOTE,
        "There is a form.",
        "It was removed; no reader shows them. The text of a long one was kept.",
        "Link to a page that has the form.",
        _body("<form><input></form>"),
    ),
    Rule(
        "frame-linked",
        _NOTE,
        "There is a frame of a host that readers refuse to show.",
        "It became a link.",
        "Nothing, if the link says enough.",
        _body('<iframe src="https://maps.example.org/x"></iframe>'),
    ),
    Rule(
        "image-restored",
        _NOTE,
        "A picture waits for a script to be loaded.",
        "Its real address was put in.",
        'Write `<img src="…" loading="lazy">`, which needs no script.',
        _body('<img data-src="/a.png" alt="">'),
    ),
    Rule(
        "drawing-removed",
        _NOTE,
        "There is inline SVG, which readers do not show.",
        "It was removed.",
        "Use an image file.",
        _body('<svg><circle r="1"/></svg>'),
    ),
    Rule(
        "pixel-removed",
        _NOTE,
        "There is a picture of one pixel, which is there to count readers.",
        "It was removed.",
        "Remove it.",
        _body('<img src="https://count.example.org/x" width="1" height="1" alt="">'),
    ),
    Rule(
        "code-flattened",
        _NOTE,
        "There is code with the markup of a highlighter, which needs the site's styles.",
        "It became a plain block of code.",
        "Nothing: readers show the code.",
        _body('<div class="highlight"><pre><code><span class="k">if</span></code></pre></div>'),
    ),
)
