"""EK1xx: the text of a definition file. EK3xx: what definitions say of each other."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK101": Finding(
        "error", "YAML 语法错误:{detail_zh}", "YAML syntax error: {detail_en}",
        "请检查这一行和上一行的缩进、冒号(后面要有空格)和引号", "check indentation, colons (a space follows) and quotes on this line and the one before",
    ),
    "EK102": Finding(
        "error", "未知的键 “{key}”{suggestion_zh}", "unknown key “{key}”{suggestion_en}",
        "此处可用的键:{allowed}", "keys that may stand here: {allowed}",
    ),
    "EK103": Finding(
        "error", "缺少必填的键 “{key}”", "the key “{key}” is missing",
        "请补上 “{key}: …”", "add “{key}: …”",
    ),
    "EK104": Finding(
        "error", "“{key}” 应为{expected_zh},读到 “{value}”", "“{key}” should be {expected_en}, read “{value}”",
        "请改成{expected_zh}", "make it {expected_en}",
    ),
    "EK105": Finding(
        "error", "“{key}” 不能是 “{value}”{suggestion_zh}", "“{key}” cannot be “{value}”{suggestion_en}",
        "可用的值:{allowed}", "one of: {allowed}",
    ),
    "EK106": Finding(
        "error", "键 “{key}” 重复,前一处在第 {first} 行", "the key “{key}” stands twice, first on line {first}",
        "请删去其中一处", "remove one of the two",
    ),
    "EK107": Finding(
        "error", "不允许使用 YAML 的锚点、别名或标签(“{token}”)", "YAML anchors, aliases and tags are not allowed (“{token}”)",
        "请把内容直接写出来", "write the content out",
    ),
    "EK108": Finding(
        "error", "嵌套超过 {limit} 层", "nested deeper than {limit} levels",
        "请检查括号是否成对", "check that brackets are in pairs",
    ),
    "EK109": Finding(
        "error", "这里用了全角冒号 “：”", "a full-width colon “：” stands here",
        "请改成半角冒号加空格 “: ”;若确是文字,请加引号", "use an ASCII colon and a space, “: ”; quote it if it is meant as text",
    ),
    "EK110": Finding(
        "error", "文件不是 UTF-8 编码(第 {byte} 字节)", "the file is not UTF-8 (byte {byte})",
        "请另存为 UTF-8 编码", "save it again as UTF-8",
    ),
    "EK111": Finding(
        "error", "缩进用了制表符(Tab)", "a tab is used for indentation",
        "YAML 的缩进只能用空格", "YAML is indented with spaces only",
    ),
    "EK112": Finding(
        "error", "“{key}” 的值 {value} 超出范围(应{limit})", "“{key}” is {value}, out of range (must be {limit})",
        "请改成范围内的值", "give a value within the range",
    ),
    "EK113": Finding(
        "error", "“{key}” 无效:{detail}", "“{key}” is not valid: {detail}",
        "evalkit indicators schema 给出每个键可用的值", "evalkit indicators schema says what each key may hold",
    ),
    "EK114": Finding(
        "error", "文件是空的", "the file is empty",
        "evalkit init 可以生成一个起点", "evalkit init makes one to start from",
    ),
    "EK115": Finding(
        "error", "文件有 {size} 字节,超过上限 {limit}", "the file has {size} bytes, more than the limit of {limit}",
        "定义文件不应这么大,请检查是否选错了文件", "a definition file is not that large; is it the right file?",
    ),
    "EK116": Finding(
        "error", "“{key}” 必须且只能写这些键中的一种:{allowed}", "“{key}” must have exactly one of the keys {allowed}",
        "读到的键:{found}", "keys found: {found}",
    ),
    "EK117": Finding(
        "error", "公式 “{formula}” 第 {position} 个字符处有误:{reason_zh}", "formula “{formula}”, character {position}: {reason_en}",
        "可用 + - * / ( ) 比较、and or not、min max abs if 以及题目代码,如 Q04.web / Q04.total",
        "allowed: + - * / ( ), comparisons, and or not, min max abs if, and question codes such as Q04.web / Q04.total",
    ),
    "EK118": Finding(
        "error", "“{key}” 的写法不对:“{value}”", "“{value}” cannot serve as “{key}”",
        "只用字母、汉字、数字和 _,代码不以数字开头,编号里还可用 . 和 -;and or not has 另有用处",
        "use letters, Chinese characters, digits and _; a code begins with no digit; an id may hold . and -; and, or, not, has are taken",
    ),
    "EK119": Finding(
        "error", "{key} 里的代码 “{code}” 重复", "the code “{code}” stands twice in {key}",
        "每个选项或分项的代码只能用一次", "each option or part needs a code of its own",
    ),
    "EK120": Finding(
        "error", "“{key}” 的长度是 {found}(应{limit})", "“{key}” has length {found} (must be {limit})",
        "请增减到这个长度", "make it that long",
    ),
    "EK121": Finding(
        "error", "“{key}” 在这里不起作用:{where_zh}", "“{key}” has no effect here: {where_en}",
        "请删去 “{key}”", "take “{key}” out",
    ),
    "EK122": Finding(
        "error", "{key} 的选项 {first} 和 {second} 都叫 “{label}”,答案无法区分", "the options {first} and {second} of {key} are both called “{label}”; answers cannot be told apart",
        "请给它们不同的名称", "give them different names",
    ),
    "EK123": Finding(
        "error", "键 “{key}” 已不再使用", "there is no key “{key}” any more",
        "请在研究文件顶层改写为 {now}", "write at the top of the study file instead: {now}",
    ),
    "EK124": Finding(
        "error", "“{key}” 只用来说明得分表,运行结果自己带有", "“{key}” is said of a table of scores; results say it themselves",
        "请删去 “{key}”", "take “{key}” out",
    ),
    "EK301": Finding(
        "error", "{where} 引用了不存在的题目 “{question}”{suggestion_zh}", "{where} names the question “{question}”, which does not exist{suggestion_en}",
        "请核对问卷中的题目代码", "check the question codes of the questionnaire",
    ),
    "EK302": Finding(
        "error", "{where} 引用了题目 {question} 没有的选项 “{option}”{suggestion_zh}",
        "{where} names “{option}”, which question {question} does not have{suggestion_en}",
        "{question} 有:{allowed}", "{question} has: {allowed}",
    ),
    "EK303": Finding(
        "error", "指标 {node} 没有任何数据来源", "indicator {node} has no measure",
        "请加上 measure,或删去这个指标", "give it a measure, or take it out",
    ),
    "EK304": Finding(
        "warning", "题目 {question} 没有被任何指标或规则使用", "question {question} is used by no indicator and no rule",
        "若只作描述统计,可写 role: descriptive", "if it is for description only, say role: descriptive",
    ),
    "EK305": Finding(
        "error", "编号 “{id}” 重复,前一处在第 {first} 行", "the id “{id}” stands twice, first on line {first}",
        "每个编号只能用一次", "each id may be used once",
    ),
    "EK306": Finding(
        "error", "{node} 之下的权重全部为 0", "all weights below {node} are zero",
        "请至少给一个正的权重", "give at least one a positive weight",
    ),
    "EK307": Finding(
        "error", "{where} 引用了不存在的节点 “{node}”{suggestion_zh}", "{where} names the node “{node}”, which does not exist{suggestion_en}",
        "evalkit indicators show 列出全部节点", "evalkit indicators show lists all nodes",
    ),
    "EK308": Finding(
        "error", "规则 “{method}” 不能用于题目 {question}(类型 {type})", "the rule “{method}” does not fit question {question} of type {type}",
        "适用的题型:{allowed}", "it fits questions of type: {allowed}",
    ),
    "EK309": Finding(
        "error", "指标 {node} 需要数据列 “{column}”,但没有给出", "indicator {node} needs the column “{column}”, which no data give",
        "请在 data: 下写 values: 文件,并含有该列", "name a file with that column under data: values:",
    ),
    "EK310": Finding(
        "error", "{where} 引用了单位名册没有的列 “{column}”{suggestion_zh}", "{where} names the column “{column}”, which the unit register does not have{suggestion_en}",
        "名册的列:{allowed}", "columns of the register: {allowed}",
    ),
    "EK311": Finding(
        "warning", "奖项 {award} 的分界是占位值,尚未设定", "the cut-off of award {award} is a placeholder and still to be set",
        "请按主办方的规则改写,并去掉 attestation: placeholder;依据见该奖项的 source", "set it as the organiser decides and drop attestation: placeholder; its source says what is known",
    ),
    "EK312": Finding(
        "error", "研究没有问卷,但指标 {node} 要用题目", "the study has no questionnaire, but indicator {node} is measured by questions",
        "请在 study.yaml 写 questionnaire:", "name a questionnaire: in study.yaml",
    ),
    "EK313": Finding(
        "error", "{where} 里没有选项或分项 “{name}”;{question} 需要写明分项", "{where} needs a part of {question}: “{name}” does not say which",
        "写成 {question}.分项,可用:{allowed}", "write {question}.PART, one of: {allowed}",
    ),
    "EK314": Finding(
        "error", "题目 {question} 的跳转条件引用了它自己或后面的题目 “{other}”", "the condition of {question} refers to itself or to a later question, “{other}”",
        "跳转条件只能用前面的题目", "a condition may use earlier questions only",
    ),
    "EK315": Finding(
        "error", "组 “{group}” 在名册的列 “{column}” 中没有单位", "no unit of the register has “{group}” in its column “{column}”",
        "该列的值:{allowed}", "values of the column: {allowed}",
    ),
    "EK316": Finding(
        "error", "{node} 的下级有的写了权重,{child} 没有写", "some children of {node} have a weight, but {child} has none",
        "请给每个下级写权重,或都不写(等权)", "give every child a weight, or none (equal weights)",
    ),
    "EK317": Finding(
        "error", "规则没有给选项 {options} 定分", "the rule gives no points to {options}",
        "请给 {question} 的每个选项定分", "give points to every option of {question}",
    ),
    "EK318": Finding(
        "error", "没有节点 “{node}”{suggestion_zh}", "there is no node “{node}”{suggestion_en}",
        "evalkit indicators show 列出全部节点", "evalkit indicators show lists all nodes",
    ),
    "EK319": Finding(
        "error", "没有同类组 “{group}”", "there is no peer group “{group}”",
        "可用:{allowed};写作“列:值”,列在 study.yaml 的 recipe: peer_groups 里写明", "one of: {allowed}; written COLUMN:VALUE, the columns being those of recipe: peer_groups in study.yaml",
    ),
    "EK320": Finding(
        "error", "研究没有问卷", "the study has no questionnaire",
        "请在 study.yaml 写 questionnaire:", "name a questionnaire: in study.yaml",
    ),
    "EK321": Finding(
        "error", "指标 {node} 越低越好,标准化方法却是 none,方向不会起作用", "indicator {node} is better when lower, but “none” would take its values as scores",
        "可用 minmax、goalposts、zscore、rank、percentile_rank", "use minmax, goalposts, zscore, rank or percentile_rank",
    ),
    "EK322": Finding(
        "warning", "题目 {question} 的作答条件太长,XLSForm 放不下:表单总会问这道题,条件以文字写在提示里", "the condition of {question} is too long for an XLSForm: the form always asks the question, and its hint says the condition in words",
        "请简化 ask_if,少用嵌套的函数和除法", "make ask_if simpler, with fewer functions and divisions within each other",
    ),
    "EK323": Finding(
        "error", "核对 “{check}” 没有用到任何题目", "the check “{check}” names no question",
        "请在 that 里写题目代码,如 Q04.web + Q04.phone = Q04.total", "name questions in that:, such as Q04.web + Q04.phone = Q04.total",
    ),
    "EK324": Finding(
        "error", "核对 “{check}” 不能这样使用题目 {question}(类型 {type})", "the check “{check}” cannot use question {question} of type {type} like this",
        "日期只能与日期比较,如 Q05 <= Q06;文字题不能用于核对", "a date can only be compared with a date, as in Q05 <= Q06; text cannot be checked",
    ),
    "EK325": Finding(
        "warning", "核对 “{check}” 用到轮次(wave),但研究的 wave “{wave}” 里没有年份;未作此项核对", "the check “{check}” speaks of the wave, but the study's wave “{wave}” names no year; it was left out",
        "请在 study.yaml 写 wave:,如 2024 或 2025Q1", "give a wave: such as 2024 or 2025Q1 in study.yaml",
    ),
}  # fmt: skip
