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
    "EK084": Finding(
        "error", "Word 模板 “{path}” 不能使用:{reason_zh}", "the Word template “{path}” cannot be used: {reason_en}",
        "请用 Word 或 WPS 另存为 .docx(不带宏和密码)", "save it as .docx from Word or WPS, without macros and password",
    ),
    "EK085": Finding(
        "error", "模板中的字段 “{field}” 不存在{suggestion_zh}(段落:“{paragraph}”)", "the template names an unknown field “{field}”{suggestion_en} (paragraph: “{paragraph}”)",
        "此处可用的字段:{offered};evalkit report --template-starter 写出的模板列有全部字段", "fields that may stand here: {offered}; the template of evalkit report --template-starter lists all",
    ),
    "EK086": Finding(
        "error", "模板中的语句无法读懂:{reason}(段落:“{paragraph}”)", "the template has a statement that cannot be read: {reason} (paragraph: “{paragraph}”)",
        "请核对 {{{{ }}}} 和 {{% %}} 是否成对,for 与 endfor、if 与 endif 是否齐全", "see that {{{{ }}}} and {{% %}} come in pairs, and that each for and if has its endfor or endif",
    ),
    "EK087": Finding(
        "error", "模板中的语句不允许使用(段落:“{paragraph}”)", "the template has a statement that is not allowed (paragraph: “{paragraph}”)",
        "模板只能输出字段、循环和判断;不能调用函数、包含其他文件或定义宏", "a template may print fields, loop and choose; it may not call, include or define macros",
    ),
    "EK088": Finding(
        "error", "模板无法生成文档:{reason}", "no document can be made from the template: {reason}",
        "请从 evalkit report --template-starter 写出的模板开始逐步修改", "begin with the template of evalkit report --template-starter and change it step by step",
    ),
    "EK089": Finding(
        "error", "模板只能循环列表字段(段落:“{paragraph}”)", "a template may loop through lists that are offered only (paragraph: “{paragraph}”)",
        "可以循环的字段:{lists};可先用 sort、selectattr、first 等筛选,不能循环数字、文字或自拟的列表", "lists to loop through: {lists}; filters such as sort and selectattr may stand behind them, numbers, texts and lists of your own may not",
    ),
    "EK090": Finding(
        "error", "模板中的循环套了 {most} 层以上(段落:“{paragraph}”)", "the template has over {most} loops within each other (paragraph: “{paragraph}”)",
        "请拆开循环;一个单位自己的字段(如 units[].dimensions)不必再循环全部单位", "take the loops apart; what belongs to a unit (such as units[].dimensions) needs no loop through all units",
    ),
    "EK091": Finding(
        "error", "模板直接输出了一个列表或一组字段(段落:“{paragraph}”)", "the template prints a whole list or a group of fields (paragraph: “{paragraph}”)",
        "请用 {{% for %}} 循环列表,或写出其中的字段,如 {{{{ city.name }}}}", "loop through a list with {{% for %}}, or name a field of the group, as in {{{{ city.name }}}}",
    ),
    "EK092": Finding(
        "error", "模板的运算量过大,已停止:{reason_zh}", "the template asks for too much and was stopped: {reason_en}",
        "请减少互相嵌套的循环;要给每个单位一份文档,请用 --city 而不是在模板里循环全部单位", "have fewer loops within each other; for a document for each unit use --city, rather than a loop through all units",
    ),
}  # fmt: skip
