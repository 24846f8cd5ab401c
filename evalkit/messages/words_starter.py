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
    "starter_exports": (
        "平台导出的答卷，unit 是写明单位的那一列",
        "answers exported by a platform; unit: the column that says it",
    ),
    "starter_values": ("另有现成数值时：单位一列，每个指标一列", "ready-made values, if any: unit, a column a measure"),
    "starter_corrections": ("更正台账，原件不改", "the ledger of corrections; originals stay as they are"),
    "starter_waves": ("往期的结果文件夹，从早到晚", "folders of earlier results, the oldest first"),
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
         原值、新值、理由、更正人、日期。原值须与读到的一致。更正别的数据时另加列：
         拨测表加“拨测编号”（可再加“拨测员”“次数”），题目填评分项或“拨测结果”；
         平台导出的答卷加“答卷编号”；现成数值不加列，题目填其列名。
6. 计算  evalkit run study.yaml --out results
         结果见 results/results.xlsx 和 results/report.html（用浏览器打开）。
7. 溯源  evalkit explain results 单位
         从得分一直追到问卷的单元格。
8. 反馈  evalkit report results --city all
         每个单位一页，在 results/units 里；加 --docx 另写 Word 报告。

awards.yaml 里是占位的示例奖项，请按主办方的规则改写。
问卷与指标可用 evalkit template study.yaml --out forms --format codebook 导出编码手册查看。
名册改动后再运行第 2 步，只补发新增单位的问卷；已有的文件不会被覆盖。

别的数据（写在 study.yaml 里）
问卷星等平台导出的答卷  去掉 exports 一行的 #，填上文件、平台和写明单位的那一列；
                        平台见 evalkit indicators list 的“导入配置”。
拨测  写 indicators: builtin:service-quality-calls 和 protocol: builtin:service-quality，
      去掉 questionnaire，data: 下写 audit: calls/*.xlsx；拨测表由下面的命令编制：
      evalkit plan study.yaml --auditors auditors.csv --out plan
      把 plan/plan.csv 复制到本文件夹，在 data: 下写 plan: plan.csv，填好的拨测表放进 calls。
往期  把往期的结果文件夹复制进来，写 waves: [文件夹]，名次和奖项就带有变化。
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
              The old value must be what was read. To correct other data, add columns:
              call (and auditor, attempt) for a call sheet, the question being its item or "outcome";
              respondent for an export of a platform; none for ready-made values, the question
              being the name of their column.
6. Compute    evalkit run study.yaml --out results
              The results are in results/results.xlsx and results/report.html (for a browser).
7. Trace      evalkit explain results UNIT
              From a score down to the cells of the questionnaire.
8. Report     evalkit report results --city all
              A page for each unit, in results/units; with --docx a Word report, too.

awards.yaml holds example awards whose cut-offs are placeholders: set them as the organiser decides.
evalkit template study.yaml --out forms --format codebook writes a codebook of the questionnaire.
After units were added, run step 2 again: it writes theirs and overwrites no file that is there.

Other data (written in study.yaml)
Exports of online survey platforms   Take the # off the line exports and name the file, the platform and
               the column that says the unit; evalkit indicators list names the import profiles.
Mystery calls  Write indicators: builtin:service-quality-calls and protocol: builtin:service-quality,
               take questionnaire out, and write audit: calls/*.xlsx under data. Make the call sheets:
               evalkit plan study.yaml --auditors auditors.csv --out plan
               Copy plan/plan.csv here, write plan: plan.csv under data, and put filled sheets into calls.
Earlier waves  Copy the folder of their results here and write waves: [FOLDER]: ranks and awards then
               carry the change.
""",
    ),
}
