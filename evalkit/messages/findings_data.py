"""EK2xx: answers, workbooks and the unit register."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK201": Finding(
        "error", "表缺少列 “{column}”", "the table lacks the column “{column}”",
        "第一行应为列名:{allowed}", "the first row should name the columns: {allowed}",
    ),
    "EK202": Finding(
        "error", "单位 “{id}” 在名册中重复", "the unit “{id}” stands twice in the register",
        "每个单位只能占一行", "each unit has one row",
    ),
    "EK203": Finding(
        "error", "应为数值,读到 “{value}”", "expected a number, read “{value}”",
        "只填数字,单位和百分号不要填", "give digits only, without unit or percent sign",
    ),
    "EK204": Finding(
        "error", "选项中没有 “{value}”{suggestion_zh}", "“{value}” is not one of the options{suggestion_en}",
        "可填:{allowed}", "one of: {allowed}",
    ),
    "EK205": Finding(
        "error", "{value} 超出范围(应{limit})", "{value} is out of range (must be {limit})",
        "请核实后改正", "check and correct it",
    ),
    "EK206": Finding(
        "error", "应为日期,读到 “{value}”", "expected a date, read “{value}”",
        "请填如 2020-11-01 的日期", "give a date such as 2020-11-01",
    ),
    "EK207": Finding(
        "error", "应为数值,读到日期 {value}", "expected a number, read the date {value}",
        "请把单元格格式改成“常规”后重新填写数字", "set the cell format to General and enter the number again",
    ),
    "EK208": Finding(
        "error", "单元格是错误值 {value}", "the cell holds the error value {value}",
        "请改正公式,或直接填写数值", "mend the formula, or enter the value itself",
    ),
    "EK209": Finding(
        "warning", "按跳转规则不应回答,却填了 “{value}”;未计入", "the skip rule says not to answer, yet “{value}” is given; it is not counted",
        "仅当 {condition_zh} 时回答;请核对两处答案", "to be answered only if {condition_en}; check both answers",
    ),
    "EK210": Finding(
        "error", "应为整数,读到 {value}", "expected a whole number, read {value}",
        "请填整数", "give a whole number",
    ),
    "EK211": Finding(
        "error", "公式没有保存计算结果", "the formula was saved without its result",
        "请用 Excel 或 WPS 打开并保存一次,或直接填写数值", "open and save the workbook in Excel or WPS, or enter the value itself",
    ),
    "EK212": Finding(
        "error", "别名 “{alias}” 同时属于单位 {first} 和 {second}", "the alias “{alias}” is claimed by the units {first} and {second}",
        "请只留给其中一个单位", "leave it to one of them",
    ),
    "EK213": Finding(
        "error", "{question} 为必答题,没有填写", "{question} is required and has no answer",
        "请补填", "please answer it",
    ),
    "EK214": Finding(
        "note", "“{value}” 已按 {read} 读取", "“{value}” was read as {read}",
    ),
    "EK215": Finding(
        "warning", "按 {value}% 读取;填写时若带百分号,Excel 会把 {percent}% 存成 {value}", "read as {value}%; Excel keeps {percent}% as {value} where it was typed with the sign",
        "请核实;如应为 {percent}%,请填 {percent}", "check it; if {percent}% is meant, enter {percent}",
    ),
    "EK220": Finding(
        "error", "不是 Excel 工作簿(.xlsx),内容是{kind_zh}", "not an Excel workbook (.xlsx); it holds {kind_en}",
        "请用 Excel 或 WPS 打开,另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx",
    ),
    "EK221": Finding(
        "error", "是旧版工作簿(.xls 或 .et),无法读取", "an old workbook (.xls or .et) that cannot be read",
        "请另存为 .xlsx", "save it as .xlsx",
    ),
    "EK222": Finding(
        "error", "工作簿有打开密码", "the workbook is protected by a password",
        "请去掉打开密码后另存", "save it without a password to open",
    ),
    "EK223": Finding(
        "error", "工作簿已损坏,无法打开:{reason_zh}", "the workbook is damaged and cannot be opened: {reason_en}",
        "请向该单位索取完整的文件", "ask the unit for a whole copy",
    ),
    "EK224": Finding(
        "error", "工作簿是空的", "the workbook is empty",
        "请向该单位索取填好的文件", "ask the unit for the filled file",
    ),
    "EK225": Finding(
        "error", "找不到 “代码 Code” 和 “答案 Answer” 两列", "the columns “代码 Code” and “答案 Answer” were not found",
        "请使用 evalkit template 生成的问卷,保留这两列", "use the form that evalkit template makes, and keep these columns",
    ),
    "EK226": Finding(
        "warning", "问卷版本是 {found},研究用的是 {expected}", "the form is version {found}, the study uses {expected}",
        "已按题目代码读取;工作簿里没有题目的记录,说不出哪些题目改动过,请核对", "it was read by question code; the workbook has no record of its questions, so that those that changed cannot be named: compare them",
    ),
    "EK227": Finding(
        "error", "不知道是哪个单位的工作簿(“{name}”){suggestion_zh}", "no unit is known by “{name}”{suggestion_en}",
        "请在名册的 aliases 列加上这个名称,或改文件名", "add the name to the aliases column of the register, or rename the file",
    ),
    "EK228": Finding(
        "error", "单位 {unit} 有两份工作簿:{first} 和 {second},{differences_zh};两份都未采用", "unit {unit} sent two workbooks, {first} and {second}, {differences_en}; neither is used",
        "请只留下应采用的一份", "keep the one that counts",
    ),
    "EK229": Finding(
        "warning", "工作簿没有 evalkit 的标记,已按题目代码读取", "the workbook bears no stamp of evalkit; it was read by question code",
        "请核对是否是本研究的问卷", "see that it is the form of this study",
    ),
    "EK230": Finding(
        "error", "这是另一份问卷(“{found}”),本研究用的是 “{expected}”", "this is another questionnaire (“{found}”); the study uses “{expected}”",
        "请向该单位索取正确的问卷", "ask the unit for the right form",
    ),
    "EK231": Finding(
        "warning", "单位 {unit}({name})没有交回数据", "unit {unit} ({name}) sent nothing",
        "请催收;没有数据的单位不参加排名", "remind it; a unit without data is not ranked",
    ),
    "EK232": Finding(
        "warning", "问卷里没有代码 “{value}”,这一行未读{suggestion_zh}", "the questionnaire has no code “{value}”; the row was not read{suggestion_en}",
        "请恢复原来的代码", "restore the original code",
    ),
    "EK233": Finding(
        "warning", "工作簿里缺少 {count} 行:{codes}", "{count} rows are missing from the workbook: {codes}",
        "缺少的行按未填计", "missing rows count as blank",
    ),
    "EK234": Finding(
        "error", "代码 “{value}” 出现两次,前一处在 {first};两处都未采用", "the code “{value}” stands twice, first at {first}; neither is used",
        "请只留一行", "keep one of the rows",
    ),
    "EK235": Finding(
        "error", "{what_zh}为 {found},超过上限 {limit}", "{what_en} is {found}, over the limit of {limit}",
        "这个文件可能有害或已损坏;请向该单位索取新的文件;如确实可信,可在 study.yaml 的 limits: 里调高上限", "the file may be hostile or broken; ask the unit for a new one, or raise the limit under limits: in study.yaml if you trust it",
    ),
    "EK236": Finding(
        "error", "部件 {part} 含有 DTD 声明", "the part {part} holds a DTD",
        "正常的 Excel 文件没有 DTD;不要打开此文件", "an honest Excel file has none; do not open it",
    ),
    "EK238": Finding(
        "warning", "工作簿带有宏(未运行)", "the workbook has macros (they were not run)",
        "建议另存为不带宏的 .xlsx", "better save it as .xlsx without macros",
    ),
    "EK239": Finding(
        "warning", "没有与 “{pattern}” 匹配的文件", "no file matches “{pattern}”",
        "请检查 study.yaml 的 data:", "check data: in study.yaml",
    ),
    "EK240": Finding(
        "warning", "文件名像是 {named},标记却是 {stamped};按标记读取", "the file name says {named}, the stamp says {stamped}; the stamp was followed",
        "请核对是否拿错了文件", "see that the files were not mixed up",
    ),
    "EK241": Finding(
        "error", "CSV 文件既不是 UTF-8 也不是 GB18030 编码", "the CSV file is neither UTF-8 nor GB18030",
        "请另存为 “CSV UTF-8”", "save it as “CSV UTF-8”",
    ),
    "EK242": Finding(
        "error", "名册里没有单位 “{name}”{suggestion_zh}", "the register has no unit “{name}”{suggestion_en}",
        "请改正名称,或在名册的 aliases 列加上它", "correct the name, or add it to the aliases column of the register",
    ),
    "EK243": Finding(
        "warning", "没有指标使用列 “{column}”{suggestion_zh}", "no indicator uses the column “{column}”{suggestion_en}",
        "请核对列名", "check the name of the column",
    ),
    "EK244": Finding(
        "warning", "工作簿引用了外部文件(未读取)", "the workbook links to other files (they were not read)",
        "请确认数值已保存在本工作簿内", "see that the values are saved in this workbook",
    ),
    "EK245": Finding(
        "error", "名册是空的", "the unit register is empty",
        "每个被评单位一行:unit,name", "one row a unit: unit,name",
    ),
    "EK246": Finding(
        "error", "这一行有 {found} 格,列名只有 {expected} 个;未采用这一行", "the row has {found} cells, but there are {expected} column names; the row was not used",
        "含逗号的内容请用双引号括起来", "put double quotes around a value that holds the separator",
    ),
    "EK247": Finding(
        "error", "含有空字符(NUL),不是文本文件", "holds NUL bytes; not a text file",
        "请另存为 “CSV UTF-8”", "save it as “CSV UTF-8”",
    ),
    "EK248": Finding(
        "error", "这一行的 “{column}” 是空的", "“{column}” is empty in this row",
        "请补填", "fill it in",
    ),
    "EK249": Finding(
        "error", "从这里起不是合格的 CSV:双引号不成对,或一格超过 {limit} 字", "not proper CSV from here on: a double quote without its partner, or a cell of over {limit} characters",
        "请检查这一行的双引号", "check the double quotes on this line",
    ),
    "EK250": Finding(
        "error", "文件是空的,没有列名", "the file is empty and names no columns",
        "第一行应为列名", "the first row should name the columns",
    ),
    "EK251": Finding(
        "error", "列名 “{column}” 出现两次", "the column name “{column}” stands twice",
        "请改名或删去一列", "rename or remove one of the columns",
    ),
    "EK252": Finding(
        "warning", "工作簿里还有 {count} 行的代码不在问卷里或出现多次,均未采用,不再逐条列出", "{count} more rows have codes that are unknown or stand more than once; none is used, and they are not listed",
        "请向该单位索取按原表填写的文件", "ask the unit for a file that keeps the rows of the form",
    ),
    "EK253": Finding(
        "error", "单位 “{id}” 在表中占 {count} 行;都未采用", "the unit “{id}” has {count} rows in the table; none is used",
        "每个单位只留一行", "keep one row a unit",
    ),
    "EK254": Finding(
        "warning", "这张表的标记是 {found},工作簿的标记是 {expected};表中答案计入 {expected}", "the sheet bears the stamp of {found}, the workbook that of {expected}; its answers count for {expected}",
        "请核对这张表是否从别的工作簿复制而来", "see whether the sheet was copied from another workbook",
    ),
    "EK260": Finding(
        "error", "更正说原值是 “{old}”,读到的却是 “{read}”;更正未采用", "the correction says “{old}”, but “{read}” was read; it was not applied",
        "请对照原件核实;如原件已重新填报,请改写或删去这条更正", "compare it with the original; where that was sent anew, rewrite or remove the correction",
    ),
    "EK261": Finding(
        "error", "更正的新值 “{new}” 不能采用:{reason_zh}", "the new value “{new}” of the correction was not applied: {reason_en}",
        "新值须与题目相符,写法与问卷中一样", "it must fit the question, written as in the questionnaire",
    ),
    "EK262": Finding(
        "error", "没有可更正的题目或列 “{question}”{suggestion_zh}", "no answer or column “{question}” can be corrected{suggestion_en}",
        "请写答案的代码,如 Q01、Q04.web,或 column:列名;更正拨测表时写评分项或 “拨测结果”", "give the code of an answer, such as Q01 or Q04.web, or column:NAME; for a call its item, or “outcome”",
    ),
    "EK263": Finding(
        "error", "单位 {unit} 的 {question} 没有读到数据,更正无处采用", "nothing was read for {question} of unit {unit}, so there is nothing to correct",
        "请核对单位和题目,以及该单位的文件是否已读取", "check unit and question, and whether the unit's file was read",
    ),
    "EK264": Finding(
        "error", "单位 {unit} 的 {question} 有多条更正,第一条在 {first};都未采用", "unit {unit} has several corrections of {question}, the first at {first}; none is applied",
        "同一格只留一条更正", "keep one correction of a cell",
    ),
    "EK265": Finding(
        "error", "更正缺少 “{column}”,未采用", "the correction lacks “{column}” and was not applied",
        "单位、题目、理由、更正人和日期都要填写", "unit, question, reason, by and date must all be given",
    ),
    "EK266": Finding(
        "note", "按更正计为 “{new}”,原填 “{old}”:{reason}({by},{date})", "counted as “{new}” by correction; “{old}” was given: {reason} ({by}, {date})",
    ),
    "EK270": Finding(
        "error", "核对 “{check}” 不成立:{message_zh};读到 {values}", "the check “{check}” does not hold: {message_en}; read {values}",
        "应满足 {that_zh};请核实后改正", "it should hold that {that_en}; check and correct the answers",
    ),
    "EK271": Finding(
        "warning", "核对 “{check}” 不成立:{message_zh};读到 {values}", "the check “{check}” does not hold: {message_en}; read {values}",
        "一般应满足 {that_zh};请看一看,如确有原因请注明", "as a rule it holds that {that_en}; look at the answers, and note the reason if there is one",
    ),
    "EK272": Finding(
        "note", "{count} 道量表题都选了第 {position} 项", "all {count} scale questions are answered with their option {position}",
        "可能符合实际,也可能没有逐题作答;请看一看:{codes}", "it may be so, or the questions were not read one by one; look at {codes}",
    ),
    "EK273": Finding(
        "warning", "所填的 {count} 格与 {others} 完全相同", "the {count} answers equal those of {others}",
        "可能只是巧合;请看一看是否交错或复制了工作簿(日期和文字题未比较)", "it may be chance; look whether workbooks were mixed up or copied (dates and text were not compared)",
    ),
    "EK274": Finding(
        "note", "{key} 填了 {value},{group_zh}{count} 个单位的中位数是 {median}{times}(修正 z 值 {z})", "{key} is {value}; the median of {count} units{group_en} is {median}{times} (modified z-score {z})",
        "数值可能属实;请看一看计量单位和位数", "it may well be right; look at the unit of measurement and the number of digits",
    ),
    "EK275": Finding(
        "warning", "{question} 各分项合计 {sum}%,超过 100%", "the parts of {question} sum to {sum}%, more than 100%",
        "请看一看各分项是否有重叠,或误填了数量", "look whether the parts overlap, or amounts were entered",
    ),
}  # fmt: skip
