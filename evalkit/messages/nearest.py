"""Near misses and short lists for hints."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_LISTED = 24


def suggestion(word: str, known: Iterable[str]) -> dict[str, str]:
    """Return ``suggestion_zh`` and ``suggestion_en`` for a near miss; both empty where nothing is near."""
    import difflib  # noqa: PLC0415 - late: most runs have nothing to suggest

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    if not near:
        return {"suggestion_zh": "", "suggestion_en": ""}
    return {"suggestion_zh": f",是不是 “{near[0]}”?", "suggestion_en": f"; did you mean “{near[0]}”?"}


def listed(values: Iterable[str]) -> str:
    """Return a short list for a hint; long lists are cut with their length said."""
    known = list(values)
    shown = ", ".join(known[:_MOST_LISTED])
    return shown if len(known) <= _MOST_LISTED else f"{shown} … ({len(known)})"
