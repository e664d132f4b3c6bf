"""What names in JavaScript stand for, across a site's files."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.sites.scripts import Script
from tests.bounds import bounded
from tests.sites.reading import write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "src/consts.ts": "export const DIR = 'posts';\nexport const SITE: Site = { at: { url: 'U' } };",
    "src/default.js": "const all = { a: { b: 'B' }, 'c': `C` };\nexport default all;",
    "src/common.cjs": "module.exports = { dir: { src: 'S' } }",
    "src/data.json": '{"a": {"b": "J"}, "n": 1}',
    "lib/index.ts": "import { DIR } from '@/consts';\nexport const DEEP = `${DIR}/deep`;",
    "tsconfig.json": '{"compilerOptions": {"paths": {"@lib": ["./lib/index.ts"]}}} // no JSON',
}


def said(folder: Path, code: str) -> str:
    """What stands behind `x:` in a file that may import the others."""
    write(folder, {**FILES, "a.config.mjs": code})
    script = Script(folder, "a.config.mjs")
    return script.text_at(script.code.index("x:") + 2)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x: './a'", "./a"),
        ("const a = 'A'; x: `./${a}/b`", "./A/b"),
        ("const a = 'A'; x: a + '/b'", "A/b"),
        ("const o = { 'p': { q: \"Q\" } }; x: o.p.q", "Q"),
        ("import { DIR } from './src/consts'; x: DIR", "posts"),
        ("import { DIR as D, SITE } from './src/consts.ts'; x: `${SITE.at.url}/${D}`", "U/posts"),
        ("import all from './src/default.js'; x: all.a.b", "B"),
        ("import * as c from '@/consts'; x: c.SITE.at.url", "U"),
        ("const c = require('./src/common.cjs'); x: c.dir.src", "S"),
        ("const { dir } = require('./src/common.cjs'); x: dir.src", "S"),
        ("import data from './src/data.json'; x: data.a.b", "J"),
        ("import { DEEP } from '@lib'; x: DEEP", "posts/deep"),
        ("x: process.env.SITE || 'https://e.org'", "https://e.org"),
        ("x: import.meta.env.SITE ?? 'https://e.org'", "https://e.org"),
        ("x: env.DEV ? 'http://localhost' : 'https://e.org'", "https://e.org"),
        ("x: isProduction ? 'https://e.org' : 'http://localhost'", "https://e.org"),
        ("x: !isDev ? 'https://e.org' : 'http://localhost'", "https://e.org"),
        ("x: mode ===\n  'dev'\n  ? 'http://localhost'\n  : 'https://e.org'", "https://e.org"),
        ("x: 'https://e.org', y: process.env.CI ? 'throw' : 'warn'", "https://e.org"),
        ("x: 'https://e.org',\n y: 'B',\n z: env.CI ? 'throw' : 'warn'", "https://e.org"),
        ("const a = 'https://e.org'\nconst b = env.CI ? 'throw' : 'warn'\nx: a", "https://e.org"),
    ],
)
def test_names_of_constants_are_followed_through_files(
    tmp_path: Path, code: str, expected: str
) -> None:
    assert said(tmp_path, code) == expected


@pytest.mark.parametrize(
    "code",
    [
        "x: made()",
        "x: unknown.name",
        "const a = f(); x: `${a}/b`",
        "const a = 'A'; x: a + f()",
        "import { DIR } from 'package'; x: DIR",
        "import { DIR } from '../../etc/passwd'; x: DIR",
        "import data from './src/data.json'; x: data.n",
        "const a = b; const b = a; x: a",
        "const o = { p: { q: 'Q' } }; x: o.q",
    ],
)
def test_what_only_running_would_tell_is_nothing(tmp_path: Path, code: str) -> None:
    assert said(tmp_path, code) == ""


@given(st.text(st.sampled_from("x:`'\"${}[]()=.,;+|?/\n ab"), max_size=120))
def test_no_code_raises(tmp_path_factory: pytest.TempPathFactory, code: str) -> None:
    folder = tmp_path_factory.mktemp("site")
    (folder / "a.js").write_text(f"const a = {code}\nimport b from './a'\nx: a.b", "utf-8")
    script = Script(folder, "a.js")
    script.text_at(0)
    script.value("a.b.c")
    assert script.at("./a").path in ("a.js", "")


@pytest.mark.parametrize(
    "code",
    [
        "".join(f"const {a} = {'+'.join([b] * 20)};\n" for a, b in pairwise("abcdefg"))
        + "const g = 'G';\nx: a",
        "x: " + "a+" * 200_000 + "'';\nconst a = 'A';",
        "x: " + "||".join(f"a{number}" for number in range(20_000)),
        f"const a = {{{'w' * 400_000}}};\nx: a.b",
        "const a = {" + '\\"' * 200_000 + "};\nx: a.b",
    ],
    ids=lambda code: code[:12],
)
def test_any_code_takes_no_long_time(tmp_path: Path, code: str) -> None:
    assert bounded(said, tmp_path, code) == ""
