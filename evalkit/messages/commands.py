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
    "plan": (
        "编制拨测计划:谁在何日何时段、用哪个场景和号码拨打哪条热线,并预估结果的精度",
        (
            "Plan mystery calls: who calls whom, on which day, in which scenario and slot, from which number; and say"
            " beforehand what the calls can tell"
        ),
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
    "verify": (
        "核验一个结果文件夹:各表未被改动,得分和名次可以重新算出;加 --study 则重新评估并逐字节比较",
        (
            "Verify a results folder: no table was changed, scores and ranks can be computed again; with --study, the"
            " study evaluated anew gives the same tables to the byte"
        ),
    ),
    "diff": (
        "比较两次运行(结果文件夹或研究):方法、文件、答案、得分、名次和奖项有何变化",
        "Say what changed between two runs (results folders or studies): method, files, answers, scores, ranks, awards",
    ),
    "report": (
        "由运行结果生成报告:网页、Excel、Word、各单位的网页",
        "Make the reports of a finished run: page, workbook, Word document, a page for each unit",
    ),
    "indicators": (
        "查看、新建和比较指标体系,输出 JSON Schema",
        "Show, start and compare indicator sets, and print JSON Schemas",
    ),
    "indicators list": ("列出内置的指标体系、奖项方案和问卷", "List what is built in"),
    "indicators show": (
        "画出一个指标体系的树和有效权重",
        "Draw the tree of an indicator set with its effective weights",
    ),
    "indicators new": (
        "新建一个指标体系文件,或在已有体系上修改",
        "Start an indicator set, or one that extends another",
    ),
    "indicators diff": (
        "比较一个指标体系的两个版本:改了什么,哪些得分不再可比",
        "Compare two versions of an indicator set: what changed, and which scores stop being comparable",
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
        "evalkit check study.yaml --progress progress.html --today 2025-06-10",
        "evalkit check study.yaml --format json --lang en",
    ),
    "template": (
        "evalkit template study.yaml --out forms",
        "evalkit template study.yaml --out forms --unit U01 --lang zh",
        "evalkit template study.yaml --out forms --format xlsform",
    ),
    "run": (
        "evalkit run study.yaml --out results",
        "evalkit run study.yaml --out results --strict --lang zh",
        "evalkit run study.yaml --out results --private internal",
    ),
    "plan": (
        "evalkit plan study.yaml --auditors auditors.csv --out plan",
        "evalkit plan study.yaml --auditors auditors.csv --out plan --calls 20 --seed 7",
        "evalkit plan study.yaml --auditors auditors.csv --out plan --sheets xlsform",
    ),
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
    "verify": (
        "evalkit verify results",
        "evalkit verify results --study study.yaml",
        "evalkit verify results --study study.yaml --format json --lang en",
    ),
    "diff": (
        "evalkit diff results-2024 results-2025",
        "evalkit diff results study.yaml --node NET --top 20",
        "evalkit diff results study.yaml --format csv > changes.csv",
    ),
    "report": (
        "evalkit report results --html",
        "evalkit report results --city all --lang zh --out for-the-mayors",
        "evalkit report results --map provinces.geojson",
        "evalkit report results --png --svg",
        "evalkit report results --template-starter my-report.docx",
        "evalkit report results --template my-report.docx --city all",
    ),
    "indicators": ("evalkit indicators list", "evalkit indicators show builtin:digital-transformation"),
    "indicators list": ("evalkit indicators list",),
    "indicators show": (
        "evalkit indicators show builtin:digital-transformation",
        "evalkit indicators show my-set.yaml --format csv",
        "evalkit indicators show my-set.yaml --format mermaid > tree.mmd",
    ),
    "indicators new": (
        "evalkit indicators new my-set.yaml",
        "evalkit indicators new my-set.yaml --extends builtin:digital-transformation",
    ),
    "indicators diff": (
        "evalkit indicators diff builtin:digital-transformation my-set.yaml",
        "evalkit indicators diff set-2025.yaml set-2026.yaml --format json",
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
    "no_html": ("不写 report.html", "Do not write report.html"),
    "html": ("写出网页 report.html", "Write the page report.html"),
    "cities": (
        "为一个单位写出单独的网页(代码、名称或别名,可重复);all 为全部单位",
        "Write the page of a unit (its code, name or alias; repeatable), or of all",
    ),
    "area_file": (
        "在网页中画地图的边界文件(GeoJSON,经纬度),名称与单位登记表对应",
        "Boundaries to draw a map of on the page (GeoJSON in degrees), named as in the unit register",
    ),
    "docx": ("写出 Word 报告 report.docx", "Write report.docx for Word"),
    "png": ("写出 PNG 图片到 charts 文件夹", "Write the charts as PNG pictures to the folder charts"),
    "svg": ("写出 SVG 图片到 charts 文件夹", "Write the charts as SVG pictures to the folder charts"),
    "template": (
        "按本单位的 Word 模板(.docx)生成文档;与 --city 同用时每个单位一份",
        "Make documents from a Word template of your own (.docx), with --city one for each unit",
    ),
    "starter": (
        "写出一个可以直接使用的 Word 模板,附全部字段的说明",
        "Write a Word template that works as it is, with a list of all fields",
    ),
    "font": ("绘图用的字体文件(.ttf、.otf、.ttc)", "Font file to draw pictures with (.ttf, .otf, .ttc)"),
    "xlsx": ("写出 results.xlsx", "Write results.xlsx"),
    "no_excel": ("不写 results.xlsx", "Do not write results.xlsx"),
    "node": ("按哪个节点排名;默认为总指数", "Node to rank by; the index if not given"),
    "changed_node": ("只看这个节点的指标值、得分和名次", "Raw values, scores and ranks of this node only"),
    "rows": ("每一项最多显示几行", "Rows to show of each kind of change"),
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
    "progress_page": (
        "把拨测进度(按计划 data: plan)写成网页,并列出各拨测员的进度",
        "Write how far the calls of the plan (data: plan) have come as a web page, and print it by auditor",
    ),
    "today": (
        "进度以哪一天为准;默认为最近一次拨测的日期",
        "Day on which earlier calls are overdue in the progress; that of the newest call if not given",
    ),
    "plugins": (
        "把这些 Python 文件里的插件也写进 Schema(会运行其中的代码;可重复)",
        "Plug-ins of these Python files too, whose code is run (repeatable)",
    ),
    "allow_plugins": (
        "运行研究的 plugins: 中的 Python 代码;只用于信任的研究",
        "Run the Python code that the study names under plugins:, only for a study that you trust",
    ),
    "base": ("在哪个体系上修改:builtin:名称 或路径", "The set to extend: builtin:NAME or a path"),
    "private": (
        "把内部结果(得分、名次、个人姓名)另写入此文件夹",
        "Write the internal results (scores, ranks, names of persons) to this folder too",
    ),
    "auditors": (
        (
            "拨测员表:拨测员(代号),可有 住地(回避)、总次数上限、每日上限、休息日、主叫号码,"
            "或英文列名 auditor、home、most、daily、off、numbers"
        ),
        (
            "Table of auditors: auditor (a code), and where wanted home (where not to call), most (ratings at most),"
            " daily (calls a day at most), off (days off), numbers (to call from)"
        ),
    ),
    "calls": ("每单位拨测次数", "Calls a unit"),
    "reserves": ("每单位备用拨测次数", "Reserve calls a unit"),
    "sheets": (
        "拨测表的形式:excel 工作簿(calls/),xlsform 供手机填报(forms/,导入 KoboToolbox 或 ODK),或两者",
        "Call sheets as excel workbooks (calls/), as xlsform for phones (forms/, for KoboToolbox and ODK), or both",
    ),
    "seed": ("随机种子:同一种子得到同一计划", "Seed: the same seed makes the same plan"),
    "sd_units": ("预估用:单位之间得分的标准差", "For the forecast: standard deviation of scores between units"),
    "sd_calls": ("预估用:同一单位各次拨测得分的标准差", "For the forecast: standard deviation between calls of a unit"),
    "margin": ("希望达到的得分误差(正负分)", "Margin of error of a score that is wanted, in points to either side"),
    "study": (
        "结果所出自的研究:核对输入文件,并重新评估",
        "The study of the results: its inputs are checked, and it is evaluated anew",
    ),
    "blank": ("生成一份不带单位的空白问卷", "One blank form without a unit"),
}
