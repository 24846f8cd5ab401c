"""Words of the command line: what each command and option does, with examples to paste."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "evalkit": (
        "政务热线第三方评估:从问卷到可申辩的得分、排名和奖项。每个数字都能追溯到单元格。",
        (
            "Third-party evaluation of government hotlines: from questionnaires to defensible scores, ranks and awards."
            " Every number can be traced to its cell."
        ),
    ),
    "init": ("新建一个研究文件夹", "Start a study folder"),
    "check": ("检查定义和数据,列出全部问题", "Check definitions and data, and list all findings"),
    "template": (
        "为每个单位生成 Excel 问卷,或生成 XLSForm、编码手册",
        "Make an Excel questionnaire for each unit, or an XLSForm or a codebook",
    ),
    "run": ("读取数据,计分、排名、评奖,写出结果", "Read the data, score, rank, give awards, and write the results"),
    "robustness": (
        "考察名次和奖项有多可靠:抽样误差、其他权重和方法、两者兼有;写出结果和 robustness 等表",
        (
            "Say how sure ranks and awards are: sampling errors, other weights and methods, and both; writes the"
            " results with the tables robustness, acceptability and sensitivity"
        ),
    ),
    "rank": ("打印排名", "Print the ranking"),
    "explain": (
        "说明一个得分的来历:权重、指标值、答案、单元格",
        "Explain a score: weights, measures, answers, cells",
    ),
    "indicators": ("查看内置的指标体系,输出 JSON Schema", "Look at indicator sets, and print JSON Schemas"),
    "indicators list": ("列出内置的指标体系、奖项方案和问卷", "List what is built in"),
    "indicators show": (
        "画出一个指标体系的树和有效权重",
        "Draw the tree of an indicator set with its effective weights",
    ),
    "indicators schema": (
        "输出定义文件的 JSON Schema,供编辑器补全和检查",
        "Print the JSON Schema of a definition file, with which editors complete and check it",
    ),
    "doctor": ("检查本机的安装和环境", "Check the installation and this machine"),
}

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "evalkit": (
        "evalkit init my-study",
        "evalkit run my-study/study.yaml --out results",
        "evalkit explain results U01",
    ),
    "init": ("evalkit init my-study",),
    "check": (
        "evalkit check study.yaml",
        "evalkit check study.yaml --annotate returned",
        "evalkit check study.yaml --format json --lang en",
    ),
    "template": (
        "evalkit template study.yaml --out forms",
        "evalkit template study.yaml --out forms --unit U01 --lang zh",
        "evalkit template study.yaml --out forms --format xlsform",
    ),
    "run": ("evalkit run study.yaml --out results", "evalkit run study.yaml --out results --strict --lang zh"),
    "robustness": (
        "evalkit robustness study.yaml --out results --workers 2",
        "evalkit robustness study.yaml --draw 17",
    ),
    "rank": (
        "evalkit rank results --top 10",
        "evalkit rank results --node NET --group class:地级市",
        "evalkit rank results --intervals --best 10",
        "evalkit rank results --format csv > ranking.csv",
    ),
    "explain": ("evalkit explain results U01", "evalkit explain results U01 DAT-3-4 --format json"),
    "indicators": ("evalkit indicators list", "evalkit indicators show builtin:digital-transformation"),
    "indicators list": ("evalkit indicators list",),
    "indicators show": (
        "evalkit indicators show builtin:digital-transformation",
        "evalkit indicators show my-set.yaml --format csv",
    ),
    "indicators schema": (
        "evalkit indicators schema study > study.schema.json",
        "evalkit indicators schema --out schemas",
    ),
    "doctor": ("evalkit doctor",),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "help": ("显示帮助并退出", "Show this help and stop"),
    "version": ("显示版本并退出", "Show the version and stop"),
    "lang": ("输出语言;both 为中英对照", "Language of the output; both shows the two"),
    "output_format": ("输出格式", "Format of the output"),
    "out": ("输出文件夹", "Folder to write to"),
    "strict": ("有任何错误就不排名", "Do not rank while any error stands"),
    "no_excel": ("不写 results.xlsx", "Do not write results.xlsx"),
    "node": ("按哪个节点排名;默认为总指数", "Node to rank by; the index if not given"),
    "group": ("只看一个同类组,写作 列:值", "One peer group only, as COLUMN:VALUE"),
    "top": ("只显示前几名", "Show only so many"),
    "workers": ("同时使用的进程数;结果与进程数无关", "Processes at work; the results do not depend on it"),
    "draw": (
        "只重做第几次抽取(从 0 起):权重、方法和由此得到的排名",
        "Only make one draw again, by its number from 0: weights, methods, ranking",
    ),
    "best": (
        "同时列出肯定、可能排在前几名的单位(按名次区间)",
        "Also list who surely is and who may be among so many best units, by the rank intervals",
    ),
    "intervals": ("同时显示抽样造成的名次区间", "Show the rank intervals of sampling too"),
    "units": ("只为这些单位生成(可重复)", "Only for these units (repeatable)"),
    "form_format": (
        "excel:每单位一份工作簿;xlsform:供 KoboToolbox、ODK 导入;codebook、codebook-docx:编码手册(网页、Word)",
        (
            "excel: a workbook for each unit; xlsform: for KoboToolbox and ODK; codebook, codebook-docx: the codebook"
            " as a web page or for Word"
        ),
    ),
    "annotate": (
        "把有问题的问卷的批注副本和全部问题的清单 problems.xlsx 写入此文件夹;原件不动",
        "Write marked copies of the faulty workbooks and problems.xlsx, the list of all findings, into this folder",
    ),
    "blank": ("生成一份不带单位的空白问卷", "One blank form without a unit"),
}
