"""Words of charts and of Word documents: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

PICTURE_WORDS: Mapping[str, tuple[str, str]] = {
    "figure_ranking": ("排名图", "Ranking chart"),
    "figure_intervals": ("名次区间图", "Rank intervals"),
    "figure_change": ("名次变动图", "Rank changes"),
    "figure_shares": ("描述统计图", "Charts of shares"),
    "figure_profile": ("{unit}:各维度得分", "{unit}: dimensions"),
    "figure_low": ("区间下端", "Interval from"),
    "figure_high": ("区间上端", "Interval to"),
    "figure_below": ("名次-下端", "Rank less low end"),
    "figure_above": ("上端-名次", "High end less rank"),
    "figure_now": ("本次名次", "Rank now"),
    "figure_median": ("全部单位中位数", "Median of all"),
    "figure_best": ("全部单位最高", "Best of all"),
    "figure_first": (
        "图中为名次在前的 {shown} 个单位,参加排名的共 {ranked} 个",
        "the chart shows the first {shown} of {ranked} ranked units",
    ),
    "word_figure": ("图", "Figure"),
    "word_no_pictures": ("本文档未附图:{why}", "This document has no pictures: {why}"),
    "template_title": ("标题", "Title"),
    "template_notes": ("说明文字", "Notes"),
    "template_columns": ("列标题", "Titles of the columns"),
    "template_rows": ("各行,每行为单元格的列表", "Rows, each a list of cells"),
    "template_notice": ("必须注明的提示", "What every result must say"),
    "template_index": ("总指数的名称", "Name of the index"),
    "template_units": ("各单位,按名次,未参加排名的在后", "Units by rank, those without a rank behind"),
    "template_tables": ("结果表,可整张引用", "Tables of the results, to be taken whole"),
    "template_charts": ("图(需要附加组件 plot)", "Charts (with the extra plot)"),
    "template_city": ("--city 指定的单位;每个单位一份文档", "The unit of --city; a document for each"),
    "template_city_chart": ("该单位各维度图", "Chart of its dimensions"),
    "template_fields": ("可用字段(本节不会出现在生成的文档中)", "Fields (this chapter is not in the documents made)"),
    "template_field": ("字段", "Field"),
    "template_meaning": ("含义", "Meaning"),
    "template_unclosed": (
        "“{bracket}”没有成对,或括号里又有括号",
        "“{bracket}” has no partner, or there are brackets within brackets",
    ),
    "too_much_steps": ("循环和筛选的步数过多", "too many steps of loops and filters"),
    "too_much_letters": ("生成的文档过大", "the document would be too large"),
    "too_much_text": ("拼接出的文字过长", "a text put together is too long"),
    "too_much_number": ("数字过大", "a number is too great"),
    "too_much_round": ("round 的位数过多", "too many decimals for round"),
    "template_summary": (
        "本次评估共 {{{{ unit_count }}}} 个单位,其中 {{{{ ranked_count }}}} 个参加排名。{{{{ certainty }}}}",
        "{{{{ unit_count }}}} units were evaluated, of which {{{{ ranked_count }}}} are ranked. {{{{ certainty }}}}",
    ),
}
