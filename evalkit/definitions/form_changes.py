"""Which questions changed between the form that a unit filled in and the present questionnaire.

The form carries a short digest of each question on its hidden sheet, so that nobody needs the old definition.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from evalkit.definitions.questionnaire import Question, Questionnaire

_ANSWERED_BY = {"type", "options", "parts", "unit"}
_UNSEEN = {"role", "source", "attestation", "best_first"}
_NO_MATTER = {"options": {"__all__": {"attestation"}}}
_HEX = 6
_DIGEST = re.compile(rf"([^\s=;]+)=([0-9a-f]{{{_HEX}}})\.([0-9a-f]{{{_HEX}}})")
_LONGEST_LINE = 30_000


@dataclass(frozen=True, slots=True)
class Digest:
    """Two hashes of a question: of what can be answered (type, options, parts, unit), and of all else that is read."""

    answer: str
    wording: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Codes of the questions that differ, in the order of the present questionnaire, removed ones in that of the form.

    ``answer``: other options, type, parts or unit, so that an answer may mean something else; ``wording``: another
    text, help, limit or condition, the answers being the same.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any question differs."""
        return any(getattr(self, each.name) for each in fields(self))


NO_CHANGES = Changes()
"""Nothing differs, as far as is known."""


def digests(questionnaire: Questionnaire) -> dict[str, Digest]:
    """Return the digest of each question that is asked, by code.

    Keys left at their default do not count, so that a key that a later version of evalkit knows changes nothing; nor
    does what the unit does not see, such as sources.
    """
    return {question.code: _digest(question) for question in questionnaire.questions.values() if question.is_asked}


def _digest(question: Question) -> Digest:
    answer = question.model_dump_json(include=_ANSWERED_BY, exclude=_NO_MATTER, exclude_defaults=True)
    wording = question.model_dump_json(exclude=_UNSEEN | _ANSWERED_BY, exclude_defaults=True)
    return Digest(_hash(answer), _hash(wording))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_HEX]


def as_lines(known: Mapping[str, Digest]) -> list[str]:
    """Return the digests as text for the hidden sheet, in lines that a cell can hold."""
    lines = [""]
    for code, digest in known.items():
        entry = f"{code}={digest.answer}.{digest.wording};"
        if len(lines[-1]) + len(entry) > _LONGEST_LINE:
            lines.append("")
        lines[-1] += entry
    return lines


def from_lines(lines: Iterable[str]) -> dict[str, Digest]:
    """Return what :func:`as_lines` wrote; whatever else stands there is passed over."""
    return {code: Digest(answer, wording) for line in lines for code, answer, wording in _DIGEST.findall(line)}


def changes(then: Mapping[str, Digest], now: Mapping[str, Digest]) -> Changes:
    """Return what differs between the questions of a form, ``then``, and those of the questionnaire, ``now``."""
    both = [code for code in now if code in then]
    return Changes(
        added=tuple(code for code in now if code not in then),
        removed=tuple(code for code in then if code not in now),
        answer=tuple(code for code in both if now[code].answer != then[code].answer),
        wording=tuple(
            code for code in both if now[code].answer == then[code].answer and now[code].wording != then[code].wording
        ),
    )
