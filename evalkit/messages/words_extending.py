"""Words of indicator sets that extend, differ and are drawn, and of earlier waves."""

from __future__ import annotations

from collections.abc import Mapping

EXTENDING_WORDS: Mapping[str, tuple[str, str]] = {
    "source_extends": ("在 {reference}({id} {version})基础上修改", "extends {reference} ({id} {version})"),
}
