"""Addresses that a function of the site makes of the files' folders: AstroPaper's is known.

Nothing is run; the function is known by its form. It has folders spelt by another one, but for
those that begin with an underscore, and then the last part of the entry's id. The theme has had two
forms of it; many of its sites have changed theirs, and what those make is not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.model import Finding
from feedsvc.sites.astro.kebab import kebab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from feedsvc.sites.scripts import Script

UNKNOWN = "unknown"
_BY_PATH = re.compile(r"\bfilePath\b[^;]{0,500}\.startsWith\(\s*[\"']_[\"']\)")
_LOCALES = re.compile(r"locales?\b", re.IGNORECASE)
_IDS = re.compile(r"\bgenerateId\b")
_FOLDERS = (
    r'filePath\?\.replace\(\w+,""\)\.split\("/"\)\.filter\((?P<a>\w+)=>(?P=a)!==""\)'
    r'\.filter\((?P<b>\w+)=>!(?P=b)\.startsWith\("_"\)\)\.slice\(0,-1\)'
    r"\.map\((?P<c>\w+)=>slugifyStr\((?P=c)\)\)"
)
_JOINED = re.compile(  # [base, ...folders, last].join("/")
    rf"includeBase=true\)\{{const(?P<folders>\w+)={_FOLDERS}"
    r'const(?P<base>\w+)=includeBase\?"[\w/-]{1,100}":""'
    r'const(?P<id>\w+)=id\.split\("/"\)const(?P<last>\w+)=(?P=id)\.length>0\?(?P=id)\.slice\(-1\)'
    r":(?P=id)if\(!(?P=folders)\|\|(?P=folders)\.length<1\)"
    r'\{return\[(?P=base),(?P=last)\]\.join\("/"\)\}'
    r'return\[(?P=base),\.\.\.(?P=folders),(?P=last)\]\.join\("/"\)\}'
)
_PARTED = re.compile(  # the same in a function for each part
    rf"function(?P<folders>\w+)\(filePath:string\|undefined\):string\[\]\{{return\({_FOLDERS}"
    r"\?\?\[\]\)\}function(?P<last>\w+)\(id:string\):string\{"
    r'const(?P<id>\w+)=id\.split\("/"\)return(?P=id)\.length>0\?String\((?P=id)\[(?P=id)\.length-1'
    r"\]\):id\}function\w+\(id:string,filePath:string\|undefined\):string\{"
    r"const(?P<d>\w+)=(?P=folders)\(filePath\)const(?P<e>\w+)=(?P=last)\(id\)"
    r'return(?P=d)\.length>0\?\[\.\.\.(?P=d),(?P=e)\]\.join\("/"\):String\((?P=e)\)\}'
)
_SPACES = re.compile(r"[\s;]+")
_ALONE = re.compile(r"\((\w+)\)=>")


class ByPath(NamedTuple):
    """How a function spells the folders that addresses are made of.

    `spelling` is `UNKNOWN` for one that is not known, "" without one. `locales`: it knows of
    languages, whose folders then stand before all else in an address.
    """

    spelling: str = ""
    locales: bool = False
    findings: tuple[Finding, ...] = ()


def by_path(scripts: Iterable[Script]) -> ByPath:
    """What the first of these files that has such a function tells of it."""
    for script in scripts:
        if _BY_PATH.search(script.code):
            code = _plain(script.code)
            if _JOINED.search(code) or _PARTED.search(code):
                return ByPath(_spelling(script.at("./slugify").code))
            found = _of_code("A function of the site's own makes addresses", script.path)
            return ByPath(UNKNOWN, bool(_LOCALES.search(script.code)), (found,))
    return ByPath()


def made_ids(script: Script) -> tuple[Finding, ...]:
    """That a collection's loader makes the ids of its entries by a function."""
    made = _IDS.search(script.code)
    return (_of_code("`generateId` makes the ids of posts", script.path),) if made else ()


def speller(spelling: str) -> Callable[[str], str] | None:
    """What writes a folder's name that way; None for the slug of an entry's id."""
    return {"kebab": kebab, "mixed": _mixed}.get(spelling)


def _mixed(name: str) -> str:
    if not name.isascii():
        return kebab(name)
    from feedsvc.sites.eleventy.slugs import slug  # the same package

    return slug(name)


def _spelling(code: str) -> str:
    text = _plain(code).lower()
    if "kebabcase(str)" not in text:
        return "slug"
    return "mixed" if "slugify(str,{lower:true})" in text else "kebab"


def _plain(code: str) -> str:
    """The code as no formatter could change it."""
    text = _SPACES.sub("", code).replace("'", '"').replace(",)", ")")
    return _ALONE.sub(r"\1=>", text)


def _of_code(what: str, path: str) -> Finding:
    return Finding(
        "permalink-template",
        f"{what}, and code is not run; those of the files' paths were taken.",
        path,
        hint="Compare a few with the site, and set `[posts] permalink` where they differ.",
    )
