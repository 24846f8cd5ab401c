"""Whether the brackets of a template close, looked at before docxtpl searches in it for what stands between them.

Its searches go from every opening bracket to the next closing one: where that is missing they go to the end of the
document, from each, which takes hours for a hostile one.
"""

from __future__ import annotations

import re

from evalkit.messages import word
from evalkit.problems import Place, Problem, problem

_WITHIN = re.compile(r"(?<={)(?:<[^>]*>)+(?=[{%#])|(?<=[%}#])(?:<[^>]*>)+(?=})")
"""Tags of XML within a bracket, such as where Word notes a revision; docxtpl takes them out likewise."""
_BRACKET = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OF_CELLS = re.compile(r"\s*(?:colspan|cellbg)\b[^%]*%")
_TAG = re.compile(r"<[^>]+>")
_SHOWN, _LOOKED_AT = 40, 2_000


def check_brackets(source: str, place: Place) -> list[Problem]:
    """Return ``EK086`` for the first bracket of a part, its XML, that does not close before another one; else nothing.

    Lone ``}}`` and ``#}`` are text; ``%}`` is not, for docxtpl searches from it too.
    """
    text = _WITHIN.sub("", source)
    opened: re.Match[str] | None = None
    for found in _BRACKET.finditer(text):
        bracket = found.group()
        if opened is None:
            if bracket == "%}":
                return [_unclosed(text, found.start(), bracket, place)]
            opened = found if bracket in _CLOSING else None
        elif bracket != _CLOSING[opened.group()]:
            return [_unclosed(text, opened.start(), opened.group(), place)]
        else:
            if _OF_CELLS.match(text, opened.end(), found.start()):
                return [_unclosed(text, opened.start(), "{%", place)]
            opened = None
    return [] if opened is None else [_unclosed(text, opened.start(), opened.group(), place)]


def _unclosed(text: str, at: int, bracket: str, place: Place) -> Problem:
    start = text.find(">", max(text.rfind("<w:p", 0, at), 0)) + 1
    before, behind = (_TAG.sub("", part) for part in (text[start:at], text[at : at + _LOOKED_AT]))
    shown = before[-_SHOWN:] + behind[:_SHOWN]
    return problem("EK086", place, paragraph=shown, reason=word("template_unclosed", "both", bracket=bracket))
