"""The pages of units, one HTML file each, without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evalkit.evaluate.evaluation import Evaluation
from evalkit.messages import Language
from evalkit.reports.file_names import file_name, free_name
from evalkit.reports.outline.names import study_name
from evalkit.reports.outline.sheet import notice
from evalkit.reports.page.assembly import fill
from evalkit.reports.profile.content import Profile, Profiles
from evalkit.scoring.portraits import SMALLEST_SHOWN

PROFILES = "units"
"""Name of the folder with the pages of the units."""
_LOWEST, _HIGHEST = 0.0, 100.0


def write_profiles(evaluation: Evaluation, units: Sequence[str], folder: Path, language: Language) -> list[Path]:
    """Write the pages of ``units`` (ids) into ``folder``, which exists, and return their paths. Raises OSError."""
    profiles = Profiles(evaluation, language)
    written: list[Path] = []
    taken: set[str] = set()
    for unit in units:
        profile = profiles.of(unit)
        path = folder / f"{free_name(file_name(f'{profile.unit} {profile.name}'), taken)}.html"
        path.write_text(_html(evaluation, profile, language), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def profile_html(evaluation: Evaluation, unit: str, language: Language) -> str:
    """Return the page of a unit, an id of the register."""
    return _html(evaluation, Profiles(evaluation, language).of(unit), language)


def _html(evaluation: Evaluation, profile: Profile, language: Language) -> str:
    return fill(
        "profile.html.j2",
        language,
        study=study_name(evaluation, language),
        wave=evaluation.manifest["study"].get("wave", ""),
        notice=notice(evaluation, language),
        version=evaluation.manifest["evalkit"],
        profile=profile,
        position=position,
        smallest=SMALLEST_SHOWN,
    )


def position(score: float) -> str:
    """Return where a score stands on a line from 0 to 100; one outside stands at its end."""
    return f"{min(max(score, _LOWEST), _HIGHEST):.2f}"
