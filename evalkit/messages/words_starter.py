"""What the files of a new study say to whoever opens them: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

STARTER_WORDS: Mapping[str, tuple[str, str]] = {
    "starter_study": ("研究定义；供编辑器补全和检查", "the study; for editors that complete and check"),
    "starter_indicators": ("指标体系，也可换成自己的文件", "the indicator set, or a file of your own"),
    "starter_units": ("被评单位名册，可另加列", "who is evaluated; add columns of your own"),
    "starter_questionnaire": ("问卷，也可换成自己的文件", "the questionnaire, or a file of your own"),
    "starter_awards": ("奖项，分界待主办方确定", "awards; the organiser sets the cut-offs"),
    "starter_wave": ("评估轮次", "round of evaluation"),
    "starter_survey": ("收回的问卷放在这个文件夹", "put returned questionnaires into this folder"),
    "starter_values": ("另有现成数值时：单位一列，每个指标一列", "ready-made values, if any: unit, a column a measure"),
    "starter_corrections": ("更正台账，原件不改", "the ledger of corrections; originals stay as they are"),
    "starter_notice": ("每份结果都要写明的话", "a sentence that every result shows"),
    "starter_ties": ("同分同名次", "equal scores share the best rank"),
    "starter_peer_groups": ("另按名册的这一列分组排名", "rank within the groups of this column, too"),
    "starter_ladder": (
        "阶梯：从高到低，每个单位只得一级",
        "a ladder: from the top, one rung a unit",
    ),
    "starter_awards_source": (
        "起始文件中的示例；请按主办方的规则改写",
        "an example to start from; set the rules as the organiser decides",
    ),
    "starter_readme": (
        """\
本文件夹是一项评估研究，由 evalkit init 生成。以下命令在本文件夹内运行。

1. 名册  在 units.csv 里列出被评单位，一行一个；别名用 | 隔开，可另加列。
2. 发出  evalkit template study.yaml --out forms
         每个单位一份问卷；每份只能由该单位使用。
3. 收回  把交回的工作簿放进 responses，文件名可以改动；每个单位只放一份。
4. 检查  evalkit check study.yaml --annotate copies
         copies 里是标出问题的副本，可发回修改；problems.xlsx 按单位列出全部问题。
         原件不会被改动。
5. 更正  电话核实等得来的更正记在 corrections.csv，一行一处：单位、题目代码（如 Q33、Q04.total）、
         原值、新值、理由、更正人、日期。原值须与读到的一致。
6. 计算  evalkit run study.yaml --out results
         结果见 results/results.xlsx。
7. 溯源  evalkit explain results 单位
         从得分一直追到问卷的单元格。

awards.yaml 里是占位的示例奖项，请按主办方的规则改写。
问卷与指标可用 evalkit template study.yaml --out forms --format codebook 导出编码手册查看。
""",
        """\
This folder is an evaluation study, made by evalkit init. Run the commands below inside it.

1. Who        List the units in units.csv, one a row; aliases are separated by |; add columns of your own.
2. Send       evalkit template study.yaml --out forms
              A questionnaire for each unit; each is for that unit only.
3. Collect    Put the workbooks that come back into responses, under any name; one a unit.
4. Check      evalkit check study.yaml --annotate copies
              copies has the faulty workbooks with the faults marked, ready to be mailed back;
              problems.xlsx lists all findings by unit. The originals are never changed.
5. Correct    Write what was cleared up by telephone and the like into corrections.csv, a line each:
              unit, code of the question (Q33, Q04.total), old value, new value, reason, by, date.
              The old value must be what was read.
6. Compute    evalkit run study.yaml --out results
              The results are in results/results.xlsx.
7. Trace      evalkit explain results UNIT
              From a score down to the cells of the questionnaire.

awards.yaml holds example awards whose cut-offs are placeholders: set them as the organiser decides.
evalkit template study.yaml --out forms --format codebook writes a codebook of the questionnaire.
""",
    ),
}
