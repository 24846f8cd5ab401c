"""The one catalogue of words for people, Chinese and English, found by code or key.

``findings_*`` hold the texts of findings by code (``EK203``), ``words`` the labels and sentences of
reports and commands. ``Language`` ``both`` joins the two: ``中文 / English`` for sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from evalkit.messages.entry import Finding
from evalkit.messages.findings_audits import FINDINGS as _AUDITS
from evalkit.messages.findings_award_language import FINDINGS as _AWARD_LANGUAGE
from evalkit.messages.findings_awards import FINDINGS as _AWARDS
from evalkit.messages.findings_call_ledger import FINDINGS as _CALL_LEDGER
from evalkit.messages.findings_calls import FINDINGS as _CALLS
from evalkit.messages.findings_certificates import FINDINGS as _CERTIFICATES
from evalkit.messages.findings_data import FINDINGS as _DATA
from evalkit.messages.findings_definitions import FINDINGS as _DEFINITIONS
from evalkit.messages.findings_diagnosis import FINDINGS as _DIAGNOSIS
from evalkit.messages.findings_evidence import FINDINGS as _EVIDENCE
from evalkit.messages.findings_extending import FINDINGS as _EXTENDING
from evalkit.messages.findings_fieldwork import FINDINGS as _FIELDWORK
from evalkit.messages.findings_files import FINDINGS as _FILES
from evalkit.messages.findings_map import FINDINGS as _MAP
from evalkit.messages.findings_pictures import FINDINGS as _PICTURES
from evalkit.messages.findings_planning import FINDINGS as _PLANNING
from evalkit.messages.findings_platforms import FINDINGS as _PLATFORMS
from evalkit.messages.findings_portraits import FINDINGS as _PORTRAITS
from evalkit.messages.findings_protocol import FINDINGS as _PROTOCOL
from evalkit.messages.findings_reading import FINDINGS as _READING
from evalkit.messages.findings_records import FINDINGS as _RECORDS
from evalkit.messages.findings_returned import FINDINGS as _RETURNED
from evalkit.messages.findings_sampling import FINDINGS as _SAMPLING
from evalkit.messages.findings_scoring import FINDINGS as _SCORING
from evalkit.messages.findings_uncertainty import FINDINGS as _UNCERTAINTY
from evalkit.messages.findings_verification import FINDINGS as _VERIFICATION
from evalkit.messages.findings_waves import FINDINGS as _WAVES
from evalkit.messages.words import WORDS

Language = Literal["zh", "en", "both"]
LANGUAGES: tuple[Language, ...] = ("zh", "en", "both")

_LABEL_LENGTH = 40

FINDINGS: Mapping[str, Finding] = {
    **_AUDITS,
    **_AWARDS,
    **_AWARD_LANGUAGE,
    **_CALL_LEDGER,
    **_CALLS,
    **_CERTIFICATES,
    **_DATA,
    **_DEFINITIONS,
    **_DIAGNOSIS,
    **_EVIDENCE,
    **_EXTENDING,
    **_FIELDWORK,
    **_FILES,
    **_PLANNING,
    **_MAP,
    **_PICTURES,
    **_PLATFORMS,
    **_PORTRAITS,
    **_PROTOCOL,
    **_READING,
    **_RECORDS,
    **_RETURNED,
    **_SCORING,
    **_SAMPLING,
    **_UNCERTAINTY,
    **_VERIFICATION,
    **_WAVES,
}


def finding_text(code: str) -> Finding:
    """Return the catalogue entry of a finding; ``KeyError`` for an unknown code is a bug of ours."""
    return FINDINGS[code]


def choose(language: Language, zh: str, en: str, joint: str = " / ") -> str:
    """Return the text in ``language``; for ``both`` the two joined, once where they are equal."""
    if language == "zh":
        return zh or en
    if language == "en":
        return en or zh
    return joint.join(dict.fromkeys(part for part in (zh, en) if part))


def word(key: str, language: Language = "both", **params: object) -> str:
    """Return a label or sentence of :mod:`evalkit.messages.words`, its placeholders filled."""
    zh, en = WORDS[key]
    joint = " " if not params and len(zh) + len(en) < _LABEL_LENGTH else " / "
    return choose(language, zh.format(**params), en.format(**params), joint)
