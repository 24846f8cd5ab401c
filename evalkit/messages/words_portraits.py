"""Words on portraits of respondents: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

PORTRAIT_WORDS: Mapping[str, tuple[str, str]] = {
    "sheet_portraits": ("画像", "Portraits"),
    "portrait_about": ("维度", "By"),
    "portrait_value": ("类别", "Kind"),
    "portrait_field": ("全部单位", "All units"),
    "portrait_n": ("有效答卷", "n"),
    "portrait_base": ("答卷数", "Base"),
    "portrait_mean": ("均值", "Mean"),
    "portrait_standard_error": ("标准误", "SE"),
    "portrait_overall": ("总体", "Overall"),
    "portrait_difference": ("与总体之差", "Gap"),
    "portrait_note": (
        "均值按本研究汇总受访者的规则计算,是归一化之前的原始值;总体为同一单位(或全部单位)的全部答卷,包括本类",
        (
            "Means are raw values, before normalisation, put together by the study's rule for respondents; SE: standard "
            "error; overall: all respondents of the same unit, or of the field, this kind among them; gap: mean - overall."
        ),
    ),
    "portrait_note_small": (
        "有效答卷不足 {smallest} 份的类别不列均值:样本太少,也可能认出个人",
        "Kinds with fewer than {smallest} respondents have no mean: so few say little, and might be recognised.",
    ),
}
