"""EK08x and EK09x: pictures, fonts and templates of Word."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK080": Finding(
        "error", "本机字体画不出 {count} 个字:{letters},未绘图", "no font here can draw these letters ({count}): {letters}; nothing was drawn",
        "请安装中文字体(如思源黑体 Noto Sans CJK SC),或用 --font 指定字体文件", "install a Chinese font, such as Noto Sans CJK SC, or name a font file with --font",
    ),
    "EK081": Finding(
        "error", "字体文件 “{path}” 不能使用:{reason_zh}", "the font file “{path}” cannot be used: {reason_en}",
        "请给出 .ttf、.otf 或 .ttc 字体文件", "give a font file: .ttf, .otf or .ttc",
    ),
    "EK082": Finding(
        "error", "绘图需要附加组件 plot", "charts as pictures need the extra “plot”",
        '安装附加组件:pip install "hotline-evalkit[plot]"', 'install it: pip install "hotline-evalkit[plot]"',
    ),
    "EK083": Finding(
        "error", "这次运行没有可绘的图 “{name}”", "the run has nothing to show in a chart “{name}”",
        "名次区间图需要 uncertainty:,名次变动图需要 waves:,描述统计图需要问卷;只公布等级时不绘得分和名次", "rank intervals need uncertainty:, changes need waves:, shares a questionnaire; where tiers only are published no score and no rank is drawn",
    ),
}  # fmt: skip
