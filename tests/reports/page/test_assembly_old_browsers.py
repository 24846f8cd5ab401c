"""What the pages are written in is known to Chromium 69, of which the browser shells on office computers are made.

Those are 360, QQ and Sogou of 2019 to 2021. Scripts are held to ECMAScript 2017, styles to lists of what that version
knows; whoever adds to a list has looked the word up. Tried by hand in Chromium 67 and 70.
"""

from __future__ import annotations

import re
from importlib import resources

import pytest

from evalkit.reports.page.assembly import packaged

FILES = sorted(each.name for each in (resources.files("evalkit.reports.page") / "files").iterdir())
SCRIPTS = [name for name in FILES if name.endswith(".js")]
TEMPLATES = [name for name in FILES if name.endswith(".j2")]

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
LATER_SYNTAX = {
    "optional chaining": r"\?\.\D", "nullish": r"\?\?", "assignment": r"(\|\||&&|\*\*)=", "private": r"\bthis\.#",
    "separator": r"\b\d+_\d", "big integer": r"\b\d+n\b", "optional catch": r"\bcatch\s*\{", "spread": r"\.\.\.",
    "look-behind": r"\(\?<", "module": r"\b(import|export|await|async)\b", "arrow": "=>", "template": "`",
}  # fmt: skip
"""The last two are of 2015; the scripts do without, so that one style is kept."""
LATER_NAMES = frozenset({
    "allSettled", "any", "at", "fromEntries", "flat", "flatMap", "matchAll", "replaceAll", "findLast", "findLastIndex",
    "hasOwn", "toSorted", "toReversed", "toSpliced", "groupBy", "structuredClone", "globalThis", "queueMicrotask",
    "randomUUID", "replaceChildren", "ListFormat", "RelativeTimeFormat", "trimStart", "trimEnd", "isWellFormed",
    "showPopover", "checkVisibility",
})  # fmt: skip
"""Of the language and of the page."""

PROPERTIES = frozenset({
    "-webkit-print-color-adjust", "align-items", "all", "background", "border", "border-bottom", "border-collapse",
    "border-left", "border-radius", "border-spacing", "border-top", "box-sizing", "break-after", "break-inside",
    "color", "columns", "content", "cursor", "display", "fill", "flex", "flex-wrap", "font", "font-size",
    "font-variant-numeric", "font-weight", "gap", "grid-template-columns", "height", "justify-content", "left",
    "line-height", "list-style", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-height",
    "max-width", "min-width", "opacity", "outline", "outline-offset", "overflow", "overflow-x", "padding",
    "padding-bottom", "padding-left", "padding-top", "position", "print-color-adjust", "right", "scroll-behavior",
    "size", "stroke", "stroke-width", "text-align", "text-anchor", "text-decoration", "top", "transform",
    "vertical-align", "white-space", "width", "z-index",
})  # fmt: skip
ONLY_NICER = frozenset({"accent-color", "scroll-margin-top"})
"""Not known there; without them the page looks a little plainer."""
FUNCTIONS = frozenset({"minmax", "repeat", "repeating-linear-gradient", "rotate", "var", "calc"})
SELECTORS = frozenset(
    {"after", "before", "disabled", "first-child", "focus", "hover", "last-child", "not", "nth-child", "root"}
)
UNITS = frozenset({"deg", "em", "fr", "mm", "pt", "px", "vh", "%"})


def code(name: str) -> str:
    """A script without comments and texts."""
    return STRING.sub('""', COMMENT.sub("", packaged(name)))


def rules() -> list[tuple[str, dict[str, str]]]:
    """The rules of the style sheet, within whatever at-rule."""
    found = re.findall(r"([^{}]*)\{([^{}]*)\}", COMMENT.sub("", packaged("page.css")))
    return [
        (
            selector.strip(),
            dict(tuple(map(str.strip, line.split(":", 1))) for line in body.split(";") if line.strip()),  # type: ignore[misc]
        )
        for selector, body in found
    ]


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_use_no_later_syntax(name: str) -> None:
    assert [what for what, pattern in LATER_SYNTAX.items() if re.search(pattern, code(name))] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_name_nothing_later(name: str) -> None:
    names = set(re.findall(r"\.([A-Za-z_]\w*)|(?<!\.)\b([A-Za-z_]\w*)(?=\(|\.)", code(name)))
    assert {each for pair in names for each in pair} & LATER_NAMES == set()


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_ecmascript_2017(name: str) -> None:
    esprima = pytest.importorskip("esprima")
    assert esprima.parseScript(packaged(name)).type == "Program"
    with pytest.raises(esprima.Error):
        esprima.parseScript("a ?? b")


def test_styles_use_known_properties() -> None:
    named = {name for _, lines in rules() for name in lines if not name.startswith("--")}
    assert named - PROPERTIES - ONLY_NICER == set()
    assert len(named) > 50


def test_styles_use_known_values() -> None:
    values = [value for _, lines in rules() for value in lines.values()]
    assert {name for value in values for name in re.findall(r"([a-z-]+)\(", value)} <= FUNCTIONS
    numbers = {unit for value in values for unit in re.findall(r"(?<![#\w])-?\d*\.?\d+([a-z]+|%)", value)}
    assert numbers <= UNITS
    assert numbers >= {"px", "fr"}


@pytest.mark.parametrize(
    "later", ["a?.b", "a ?? b", "a ||= b", "catch { b }", "({...a})", "1_000", "/(?<=a)b/", "(a) => a"]
)
def test_later_syntax_is_seen(later: str) -> None:
    assert any(re.search(pattern, later) for pattern in LATER_SYNTAX.values())


def test_gaps_stand_in_grids_only() -> None:
    """Chromium before 84 lets the items of a flex box with a gap run into each other."""
    flex = [selector for selector, lines in rules() if "flex" in lines.get("display", "") and "gap" in lines]
    grid = [selector for selector, lines in rules() if lines.get("display") == "grid" and "gap" in lines]
    assert flex == []
    assert len(grid) == sum("gap" in lines for _, lines in rules())


def test_selectors_are_known_or_fail_alone() -> None:
    """A selector that a browser does not know drops its whole rule; one that only takes a ring away may be lost."""
    for selector, lines in rules():
        later = set(re.findall(r":([a-z-]+)", selector)) - SELECTORS
        assert not later or (later == {"focus-visible"} and lines == {"outline": "none"}), selector
    assert set(re.findall(r"@([a-z-]+)", packaged("page.css"))) <= {"media", "page"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_bring_no_style_and_no_script_of_their_own(name: str) -> None:
    text = packaged(name)
    assert re.findall(r"\sstyle=|\son[a-z]+=", text) == []
    assert set(re.findall(r"<(dialog|search|picture|template)\b", text)) == set()
