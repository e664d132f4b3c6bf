"""Rules of what engines leave in bodies."""

from __future__ import annotations

from typing import Any

import pytest

from feedsvc.model import Markup
from tests.bounds import bounded

from .bodies import codes, html, markdown, rendered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ site.url }}|{{ site.baseurl }}|{{ site.title }}", "https://example.org|/blog|Site"),
        (
            '{{ "/x" | relative_url }} {{ "x" | absolute_url }}',
            '/blog/x <a href="https://example.org/blog/x">',
        ),
        ("{{ page.title | upcase }}", "A TITLE"),
        ("{{ page.date | date: '%Y' }}", "2020"),
        ("{{ page.mood | default: 'calm' }}", "calm"),
        ("{{ 'a' | append: 'b' | prepend: '-' | replace: 'a', 'c' | remove: 'z' }}", "-cb"),
        ("{{ 'a b' | url_encode }} {{ ' x ' | strip | capitalize }}", "a+b X"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("a{% comment %}b{% endcomment %}c", "ac"),
        ("{% assign x = 'y' %}{{ x }}", "y"),
        ("{% capture x %}z{% endcapture %}{{ x }}", "z"),
        ("{% if a %}A{% if b %}B{% endif %}{% else %}C{% endif %}D", "<p>CD"),
        ("{% if site.github %}A{% else %}B{% endif %}C", "AC"),
        ("{% for p in site.posts %}x{% endfor %}y", "y"),
        ("{{ site.repository }}", "https://code.example"),
        ("{% youtube abc %}", 'src="https://www.youtube.com/embed/abc"'),
        ("{% include youtube.html id='q' %}", 'src="https://www.youtube.com/embed/q"'),
        ("{% include image.html src='i.png' caption='C' %}", "<figcaption>C</figcaption>"),
        ("{% include figure image_path='/i.png' alt='A' %}", "https://example.org/blog/i.png"),
        ("{% gist a/1 %}", 'href="https://gist.github.com/a/1"'),
        ("open {% tag {{ 1 }}", "open {% tag 1"),
    ],
)
def test_common_liquid_is_rendered(text: str, expected: str) -> None:
    options = {"variables": {"repository": "https://code.example"}}
    assert expected in markdown(text, engine="jekyll", options=options)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/blog", "/blog|"), ("/bl", "|/blog"), ("/elsewhere", "|/blog"), ("", "|/blog")],
)
def test_a_path_in_jekylls_url_is_part_of_that(path: str, expected: str) -> None:
    made = html("{{ site.url }}|{{ site.baseurl }}", engine="jekyll", options={"url_path": path})
    assert made == f"https://example.org{expected}"


@pytest.mark.parametrize("markup", [Markup.MARKDOWN, Markup.HTML])
def test_highlight_becomes_code_with_its_language(markup: Markup) -> None:
    body = "{% highlight ruby linenos %}\na < {% raw %}{{ b }}{% endraw %}\n{% endhighlight %}"
    made = html(body, markup, engine="jekyll")
    assert '<pre><code class="language-ruby">a &lt; {{ b }}\n</code></pre>' in made


LOST = "{% for p in site.posts %}[{{ p.slug }}]: {{ p.url }}{% endfor %}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an [`a` *b*][some label] [c][]", "an <code>a</code> <em>b</em> c"),
        ("[責任][topic]の", "責任の"),
        ("[a][b] [see][x]\n\n[x]: https://x.org", 'a <a href="https://x.org">see</a>'),
        ("a[0][1] `[a][b]` [a] [b]", "a[0][1] <code>[a][b]</code> [a] [b]"),
    ],
)
def test_links_by_labels_that_liquid_would_have_defined_keep_their_words(
    text: str, expected: str
) -> None:
    assert f"<p>{expected}</p>" in markdown(f"{text}\n\n{LOST}", engine="jekyll")


def test_labels_without_a_definition_are_told_with_their_line() -> None:
    made = rendered(f"{LOST}\n\n[a][b c]", Markup.MARKDOWN, engine="jekyll")
    told = {one.code: (one.line, "b c" in one.message) for one in made.findings}
    assert told == {"liquid-removed": (1, False), "label-undefined": (3, True)}


def test_labels_stay_as_they_are_where_no_liquid_was_removed() -> None:
    assert markdown("[a][b] {{ page.title }}", engine="jekyll") == "<p>[a][b] A title</p>\n"


def test_unknown_liquid_is_removed_and_named_once_with_its_line() -> None:
    made = rendered(
        "a\n{% ad %}\n{% ad %}{{ what }}", Markup.MARKDOWN, engine="jekyll", first_line=5
    )
    assert made.content.html == "<p>a</p>\n"
    [finding] = made.findings
    assert (finding.code, finding.line) == ("liquid-removed", 6)
    assert finding.message.count("{% ad %}") == 1


@pytest.mark.parametrize("engine", ["", "hugo"])
def test_liquid_is_text_where_the_engine_does_not_use_it(engine: str) -> None:
    assert html("{{ x }} {% y %} `{{ z }}`", engine=engine) == "{{ x }} {% y %} `{{ z }}`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{< figure src="/a.png" title="T" link="/l" >}}', "<figcaption><h4>T</h4></fig"),
        ('{{< figure src="/a.png" caption="*C*" attr="By" >}}', "<figcaption><em>C</em> By</fig"),
        ("{{< instagram abc >}}", 'href="https://www.instagram.com/p/abc/"'),
        ('{{< details summary="*S*" >}}x{{< /details >}}', "<summary><em>S</em></summary>"),
        ("{{< youtube abc >}}", 'src="https://www.youtube.com/embed/abc"'),
        ('{{< vimeo id="1" >}}', 'src="https://player.vimeo.com/video/1"'),
        ("{{< gist me 12 >}}", 'href="https://gist.github.com/me/12"'),
        ('{{< tweet user="me" id="9" >}}', 'href="https://twitter.com/me/status/9"'),
        ('{{< highlight go "linenos=1" >}}\na<b\n{{< /highlight >}}', "language-go"),
        ("{{% details summary='S' %}}\n*in*\n{{% /details %}}", "<em>in</em>"),
        ("{{< box >}}kept{{< /box >}}", "kept"),
        ("a{{% comment %}}gone{{% /comment %}}b", "<p>ab</p>"),
        ("{{</* figure */>}}", "{{&lt; figure &gt;}}"),
        ("{{< param mood >}}", "calm"),
        ("## T {#id}", "T</h2>"),
        ("{{ x }} {{< open", "{{ x }} {{&lt; open"),
    ],
)
def test_common_hugo_shortcodes_are_rendered(text: str, expected: str) -> None:
    assert expected in markdown(text, engine="hugo", extra={"mood": "calm"})


@pytest.mark.parametrize(
    ("name", "expected"),
    [("description", "S"), ("Title", "A title"), ("mood", "calm"), ("owner", "Site"), ("x", "")],
)
def test_parameters_are_the_pages_before_they_are_the_sites(name: str, expected: str) -> None:
    options = {"variables": {"description": "Site", "title": "Site", "owner": "Site"}}
    given: dict[str, Any] = {"extra": {"mood": "calm"}, "summary": "S", "options": options}
    made = markdown(f"<b>{{{{< param {name} >}}}}</b>", engine="hugo", **given)
    assert made == f"<p><b>{expected}</b></p>\n"


def test_code_within_an_item_is_part_of_it_as_hugo_has_it() -> None:
    text = """
1. a

    {{< highlight go >}}
    f()
      b < c
    {{< /highlight >}}

    `after`

- b
  {{< highlight go >}}
  d()
  {{< /highlight >}}
  e
"""
    first, second = markdown(text, engine="hugo").split("</ol>")
    code = '<pre><code class="language-go">{}\n</code></pre>'
    assert code.format("f()\n  b &lt; c") in first
    assert "<p><code>after</code></p>" in first
    assert code.format("d()") in second
    assert second.count("<li>") == 1
    assert "</code></pre>\ne</li>" in second


def test_highlighted_code_may_stand_within_a_line_and_within_other_shortcodes() -> None:
    text = 'a {{< highlight go "hl_inline=true" >}}b<c{{< /highlight >}} d'
    assert markdown(text, engine="hugo") == "<p>a <code>b&lt;c</code> d</p>\n"
    text = "{{< details >}}\n{{< highlight go >}}\nb\n{{< /highlight >}}\n{{< /details >}}"
    made = markdown(f"> {text}\n", engine="hugo")
    assert '<pre><code class="language-go">b\n</code></pre>' in made
    assert "{{" not in made


def test_what_a_shortcode_called_code_encloses_is_code() -> None:
    text = """above
{{% code lang="js" title="a<b" %}}
const a = `x`[1]; // *b*

c()
{{% /code %}}
below {{<code>}}*d*{{</code>}}.

- d

  {{< code py >}}
  e
  {{< /code >}}

{{< code >}}

```go
f
```

{{< /code >}}
"""
    made = rendered(text, Markup.MARKDOWN, engine="hugo")
    js = '<pre><code class="language-js">const a = `x`[1]; // *b*\n\nc()\n</code></pre>'
    assert f"<p>above</p>\n<p>a&lt;b</p>\n{js}\n" in made.content.html
    assert "<p>below <code>*d*</code>.</p>" in made.content.html
    assert '<pre><code class="language-py">e\n</code></pre>' in made.content.html
    assert '<pre><code class="language-go">f\n</code></pre>' in made.content.html
    assert made.findings == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{< katex >}}a_1*b*{c} \\\\ <{{< /katex >}}", r"\(a_1*b*{c} \\ &lt;\)"),
        ("{{< katex display=true >}}\na_1\n{{< /katex >}}", r"\[a_1\]"),
        ("{{% math %}}\na_1\n\n\\[2pt] c_2\n{{% /math %}}", "\\[a_1\n\n\\[2pt] c_2\\]"),
        ("a {{< math >}}$x_1 * y_2 * z${{< /math >}}", "<p>a $x_1 * y_2 * z$</p>"),
        (r"{{< math >}}\(x_1\){{< /math >}}", r"\(x_1\)"),
        ("{{< katex />}}a", "<p>a</p>"),
    ],
)
def test_formulas_in_shortcodes_stay_as_they_are_written(text: str, expected: str) -> None:
    made = rendered(text, Markup.MARKDOWN, engine="hugo")
    assert made.content.html.strip() == expected
    assert made.findings == ()


def test_formulas_in_zolas_shortcodes_are_arguments_or_enclosed() -> None:
    text = r"""- {{ katex(body="\vec{a}_1 * b_2 *") }} and {{ katex(body="c") }}
- d

{% katex(block=true) %}
e_1 \\ f_2
{% end %}
"""
    made = rendered(text, Markup.MARKDOWN, engine="zola")
    assert r"<li>\(\vec{a}_1 * b_2 *\) and \(c\)</li>" in made.content.html
    assert "<li>d</li>" in made.content.html
    assert made.content.html.endswith("\\[e_1 \\\\ f_2\\]\n")
    assert made.findings == ()


def test_what_an_unknown_shortcode_encloses_is_no_code_for_being_indented() -> None:
    text = """{{< box >}}
    <h4>*a*</h4>

    *b*
{{< /box >}}

- c

    {{< box >}}
        d
    {{< /box >}}

{{< box >}}
e

    f
{{< /box >}}
"""
    made = markdown(text, engine="hugo")
    assert made.startswith("<h4>*a*</h4>\n<p><em>b</em></p>\n<ul>")
    assert "<p>d</p>\n</li>" in made
    assert made.endswith("<p>e</p>\n<pre><code>f\n</code></pre>\n")


@pytest.mark.parametrize("text", ["a {{< >}} b", "a {{<>}} b", "a {{% / %}} b"])
def test_shortcodes_without_a_name_are_removed(text: str) -> None:
    assert markdown(text, engine="hugo") == "<p>a  b</p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{{< pic src="a b.JPG" alt="A" caption="*C*" >}}',
            '<img src="https://example.org/blog/2020/a/a b.JPG" alt="A"',
        ),
        ('{{< pic src="a.png" caption="*C*" >}}', "<figcaption><em>C</em></figcaption>"),
        (
            '{{< imgproc "a.webp?x=1" Fill "9x9" />}}',
            '<img src="https://example.org/blog/2020/a/a.webp?x=1"',
        ),
        ('{{< clip file="/a.mp4" >}}', '<video src="https://example.org/a.mp4" controls'),
        ('{{< tune "a.mp3" >}}', '<audio src="https://example.org/blog/2020/a/a.mp3" controls'),
    ],
)
def test_media_that_unknown_shortcodes_name_are_shown(text: str, expected: str) -> None:
    made = rendered(text, Markup.MARKDOWN, engine="hugo")
    assert expected in made.content.html
    assert "shortcode-removed" not in codes(made)


@pytest.mark.parametrize(
    "text", ['{{< get "a.zip" >}}', '{{< say "not a.png" >}}', '{{< s a="a.png" >}}']
)
def test_what_names_no_media_beyond_doubt_shows_none(text: str) -> None:
    assert html(text, Markup.MARKDOWN, engine="hugo") == ""


def test_unknown_shortcodes_are_removed_and_named() -> None:
    made = rendered("a {{< ad 1 >}} b", Markup.MARKDOWN, engine="hugo")
    assert made.content.html == "<p>a  b</p>\n"
    assert codes(made) == ["shortcode-removed"]
    empty = rendered("{{< figure >}}{{< youtube >}}{{< gist >}}{{< tweet >}}", engine="hugo")
    assert codes(empty) == ["shortcode-removed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{ youtube(id="x") }}', "https://www.youtube.com/embed/x"),
        ("{% note(a=1) %}kept{% end %}", "<p>kept</p>"),
        ("{{/* youtube(id=1) */}}", "{{ youtube(id=1) }}"),
        ("{{ x }} { {{", "{{ x }} { {{"),
    ],
)
def test_zola_shortcodes_are_rendered(text: str, expected: str) -> None:
    assert expected in markdown(text, engine="zola")


def test_what_zola_takes_for_no_shortcode_stays() -> None:
    text = "`{{ url_for('x') }}` and {{ x }} {% if a(b) %}"
    made = markdown(text, engine="zola")
    assert (
        made.replace("&#39;", "'")
        == "<p><code>{{ url_for('x') }}</code> and {{ x }} {% if a(b) %}</p>\n"
    )


def test_zola_footnotes_may_have_blanks_in_their_names() -> None:
    made = markdown("a[^a note] [^no note]\n\n[^a note]: *said*\n", engine="zola")
    assert "[^no note]" in made
    assert "<em>said</em>" in made
    assert "[^a" not in made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("para\n{: .lead #x}", "<p>para</p>\n"),
        ("* TOC\n{:toc}\n\ntext", "<p>text</p>\n"),
        ("[a](http://b.c/){:target='_blank'}{: .x}", '<p><a href="http://b.c/">a</a>'),
        ("# T {: #id}", '<h1 id="t">T</h1>\n'),
        ("`{:?}` stays", "<p><code>{:?}</code> stays</p>\n"),
        ("`a/b`{: .filepath } ``c`` ", "<p><code>a/b</code> <code>c</code></p>\n"),
        ("``a ` b``{: .x}{: .y} `{:.x}`", "<p><code>a ` b</code> <code>{:.x}</code></p>\n"),
        ("`[a](b){: .x}` ~~c~~{: .y}", "<p><code>[a](b){: .x}</code> <del>c</del></p>\n"),
        (
            "- > a\n  b\n\t{: .x }",
            "<ul>\n<li>\n<blockquote>\n<p>a\nb</p>\n</blockquote>\n</li>\n</ul>\n",
        ),
        ("```\n{: .x}\n```", "<pre><code>{: .x}\n</code></pre>\n"),
        ('<div markdown="1">*a*\n</div>', "<em>a</em>"),
        (
            '![a](/b.png){: .icon\nwidth="70"}words',
            '<img src="https://example.org/b.png" alt="a" />words',
        ),
        ("text\n\n    {:key, 1}\n", "<pre><code>{:key, 1}\n</code></pre>\n"),
        ("HTML\n\n*[HTML]: Hyper Text\n\nend", "<p>HTML</p>\n<p>end</p>\n"),
        ("A map <code>{:key value}</code>.", "<code>{:key value}</code>"),
        ("## {#if ...}\n\ntext", "{#if ...}</h2>"),
        ("* one\n^\n* two", "<ul>\n<li>\n<p>one</p>\n</li>\n<li>\n<p>two</p>"),
    ],
)
def test_kramdown_attributes_are_removed_outside_code(text: str, expected: str) -> None:
    assert expected in markdown(text, engine="jekyll")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[a](/a){:target="_blank"}, of {b} and {c}', '{:target="_blank"}.'),
        ("## Title {#name}\n\n- {:.x} item {b}", "{#name}, {:.x} (line 3)."),
    ],
)
def test_no_more_is_told_removed_than_is(text: str, told: str) -> None:
    (finding,) = rendered(text, Markup.MARKDOWN, engine="jekyll").findings
    assert finding.message == f"Attribute lists that readers do not understand were removed: {told}"


def test_kramdown_is_text_in_html_and_on_other_engines() -> None:
    assert html("{: .x}", engine="jekyll") == "{: .x}"
    assert markdown("a\n{: .x}", engine="zola") == "<p>a\n{: .x}</p>\n"


def test_mdx_loses_modules_and_components_and_keeps_text() -> None:
    body = "import A from './a'\n\n<Note kind='x'>kept</Note> {/* gone */} `<Shown/>`\n"
    made = rendered(body, Markup.MARKDOWN, engine="astro", path="a.mdx")
    assert made.content.html == "<p>kept  <code>&lt;Shown/&gt;</code></p>\n"
    assert codes(made) == ["component-removed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![a]({static}/i.png)", "https://example.org/blog/i.png"),
        ("![a]({filename}/i.png)", "https://example.org/blog/i.png"),
        ("![a](|filename|i/j.png)", "https://example.org/blog/news/i/j.png"),
        ("![a]({static}i/j.png)", "https://example.org/blog/news/i/j.png"),
        ("![a]({static}../i.png)", "https://example.org/blog/i.png"),
        ("![a]({static}../../../i.png)", "https://example.org/blog/i.png"),
        ("![a]({attach}i.png)", "https://example.org/blog/2020/a/i.png"),
        ("![a]({attach}j/i.png)", "https://example.org/blog/2020/a/j/i.png"),
        ("![a]({attach}/news/j/i.png)", "https://example.org/blog/2020/a/j/i.png"),
        ("![a]({attach}/media/i.png)", "https://example.org/blog/2020/a/i.png"),
        ("![a]({attach}../media/i.png)", "https://example.org/blog/2020/a/i.png"),
        ("[a](|static|/i.png?v=1#x)", "https://example.org/blog/i.png?v=1#x"),
        ("[a]({tag}C%20D)", "https://example.org/blog/tag/c-d.html"),
        ("[a]({category}Ä)", "https://example.org/blog/c/a/"),
        ("[a]({index})", "https://example.org/blog/index.html"),
        ('[a]({static}/b c.pdf "T t")', "https://example.org/blog/b%20c.pdf"),
        ("[a]({static}/b (c).pdf)", "https://example.org/blog/b%20(c).pdf"),
        ("![a]({attach}b c.png)", "https://example.org/blog/2020/a/b%20c.png"),
        ("[a]({tag}C D)", "https://example.org/blog/tag/c-d.html"),
        ("<img src='{static}/b c.png' alt='d e'>", "https://example.org/blog/b%20c.png"),
    ],
)
def test_pelican_links_become_urls(text: str, expected: str) -> None:
    options = {"CATEGORY_URL": "c/{slug}/"}
    made = markdown(
        text, engine="pelican", options=options, path="content/news/a.md", folder="content"
    )
    assert f'"{expected}"' in made


def test_a_value_that_doubles_itself_does_not_fill_memory() -> None:
    doubling = "{% capture x %}{{ x }}{{ x }}y{% endcapture %}" * 60
    made = rendered(doubling + "{{ x }}" * 50_000, engine="jekyll")
    assert len(made.content.html) < 3_000_000
    assert "body-too-complex" in codes(made)


def test_a_date_beyond_the_calendar_is_removed_like_any_unknown_value() -> None:
    made = rendered("{{ '0001-01-01T00:00:00+14:00' | date_to_string }}", engine="jekyll")
    assert codes(made) == ["liquid-removed"]


def test_hugos_block_attributes_go_where_the_site_switched_them_on() -> None:
    body = 'A note.\n{.warning #n}\n\n> said\n{cite="x"}\n\n```\n{.kept}\n```\n'
    made = markdown(body, engine="hugo", options={"block_attributes": True})
    assert ".warning" not in made
    assert "cite" not in made
    assert "{.kept}" in made
    assert "{.warning #n}" in markdown(body, engine="hugo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n[TOC]\n\nb", "<p>a</p>\n<p>b</p>"),
        ("`[TOC]`", "<code>[TOC]</code>"),
        ("a\n\n    :::python\n    x = 1\n", "<pre><code>x = 1"),
        ("a\n\n    #!python\n    x = 1\n", "<pre><code>x = 1"),
        ("a\n\n    #!/bin/sh\n    x\n", "<pre><code>#!/bin/sh"),
        ("a\n\n    x\n    :::python\n", ":::python"),
        ("!!! note\n    One\n\n    two\n\nthree", "<strong>Note</strong>"),
        ('!!! note "Own *title*"\n    One', "<strong>Own <em>title</em></strong>"),
        ("!!! note\n    One\n\n    two\n\nthree", "<p>two</p>\n</blockquote>\n<p>three</p>"),
        ("```\n!!! note\n    x\n```", "!!! note\n    x"),
    ],
)
def test_pelican_understands_what_python_markdown_does(text: str, expected: str) -> None:
    assert expected in markdown(text, engine="pelican")


@pytest.mark.parametrize(
    ("plugins", "expected"),
    [
        (["liquid_tags.img"], '<img src="https://example.org/blog/i/a.png" alt="Alt">'),
        (["pelican.plugins.liquid_tags"], '<img src="https://example.org/blog/i/a.png" alt="Alt">'),
        (["blog.liquid_photo"], '<img src="https://example.org/blog/i/a.png" alt="Alt">'),
        (["sitemap", "blog.illiquid"], "{% img right"),
        (["sitemap"], "{% img right"),
    ],
)
def test_pelican_knows_liquid_by_a_plugin_alone(plugins: list[str], expected: str) -> None:
    text = "{% img right /i/a.png 300 'Title' 'Alt' %}"
    assert expected in markdown(text, engine="pelican", options={"PLUGINS": plugins})


@pytest.mark.parametrize(
    "text",
    [
        """{% responsive_image path: i/a.png alt: 'So "it" is' caption: "It's" %}""",
        """{% responsive_image_block %}
  path: i/a.png
  alt: 'So "it" is'
  {% if page.title %}
  caption: "It's"
  {% endif %}
{% endresponsive_image_block %}""",
    ],
)
def test_a_responsive_image_is_one_by_its_parameters(text: str) -> None:
    """They were shown as words."""
    expected = (
        '<figure><img src="https://example.org/blog/i/a.png" alt="So &quot;it&quot; is">'
        "<figcaption>It's</figcaption></figure>"
    )
    made = rendered(f"a\n\n{text}\n\nb", engine="jekyll")
    assert expected in made.content.html
    assert "path" not in made.content.html
    assert not codes(made)


def test_words_within_quotes_are_no_picture() -> None:
    made = rendered('a {% img "x.jpg", "bring water/snacks" %} b', engine="eleventy")
    assert "<img" not in made.content.html
    assert codes(made) == ["liquid-removed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('## New? { .icon style="--a: var(--b);" }', '<h2 id="new">New?</h2>\n'),
        ("a {.b #c}\n", "<p>a</p>\n"),
        ("*a*{.b} `c`{.d} [e](https://x.org){target=_blank}.", "<em>a</em> <code>c</code> <a"),
        ("- a {.b}\n{.c}\n", "<li>a</li>\n</ul>\n"),
        ("## a `b` {: #c }\n", "a <code>b</code></h2>"),
        ("## a { #b.c .d }\n", '<h2 id="a">a</h2>'),
        ("`## a {.b}`", "<code>## a {.b}</code>"),
        ("```\na {.b}\n```", "a {.b}\n</code>"),
        ("a {b} and {.c} d", "a {b} and {.c} d"),
    ],
)
def test_attributes_of_markdown_it_attrs_are_taken_out(text: str, expected: str) -> None:
    made = rendered(text, Markup.MARKDOWN, engine="eleventy", options={"attributes": True})
    assert expected in made.content.html
    assert rendered("a {.b}", Markup.MARKDOWN, engine="eleventy").content.html == "<p>a {.b}</p>\n"


def test_a_line_of_blanks_before_what_is_no_attribute_takes_no_time() -> None:
    line = f"a{' ' * 300_000}b {{.c"
    assert "{.c" in bounded(markdown, line, engine="eleventy", options={"attributes": True})
