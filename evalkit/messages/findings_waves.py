"""EK412 to EK429: earlier waves, plug-ins at work, and units that may be one."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK412": Finding(
        "error", "“{path}” 超过 {limit} 字节,不读取", "“{path}” has more than {limit} bytes and is not read",
        "运行结果不应这么大,请检查是否选错了文件夹", "results are not that large; is it the right folder?",
    ),
    "EK413": Finding(
        "error", "前一轮 “{path}” 不是可以比较的运行结果({detail})", "the earlier wave “{path}” is no run that can be compared ({detail})",
        "waves: 里写 evalkit run 写出的文件夹(含 run.json 和 tables);旧版本写出的请重新运行",
        "under waves: name a folder that evalkit run wrote (with run.json and tables); run again what an older version wrote",
    ),
    "EK414": Finding(
        "error", "前一轮的表 “{path}” 在运行之后被改动过,未采用", "the table “{path}” of the earlier wave was changed after the run and is not used",
        "请恢复原来的结果文件夹,或重新运行那一轮", "put the folder back as it was, or run that wave again",
    ),
    "EK415": Finding(
        "warning",
        "与 {wave} 相比,指标体系变了({then} → {now}):{nodes} 的得分不能直接比较,改为只按共同的 {count} 个指标比较",
        "since {wave} the indicator set has changed ({then} → {now}): the scores of {nodes} are compared on the common indicators only, {count} of them",
        "ranks 表的 basis 列写明了每一行的比较口径;evalkit indicators diff 说明改了什么",
        "the column basis of the table ranks says what each row compares; evalkit indicators diff says what changed",
    ),
    "EK416": Finding(
        "warning", "与 {wave} 相比没有共同的指标,{nodes} 不作比较", "{nodes} has no indicator in common with {wave}; no change is given",
        "evalkit indicators diff 说明两版的差别", "evalkit indicators diff says how the two differ",
    ),
    "EK417": Finding(
        "warning", "单位 {unit} 在 {wave} 是“{then}”,现在这个名称属于 {other};未与前一轮比较", "unit {unit} was “{then}” in {wave}, a name that now belongs to {other}; it is not compared",
        "单位编号不应换给别的单位;请让两轮的编号一致", "an id should not pass to another unit; use the same ids in both waves",
    ),
    "EK418": Finding(
        "note", "与 {wave} 相比:新增单位 {new},不再参加 {gone}", "since {wave}: units that are new {new}, units that left {gone}",
    ),
    "EK419": Finding(
        "warning", "指标 {nodes} 按相对方法计分,得分的变化也受其他单位影响", "indicators {nodes} are scored relative to the field: their change depends on the other units too",
        "要看绝对进步,请用 goalposts", "use goalposts to see progress by itself",
    ),
    "EK420": Finding(
        "warning", "问卷与 {wave} 不同({then} → {now}),按题目代码比较", "the questionnaire differs from that of {wave} ({then} → {now}); questions are compared by their codes",
        "请核对题目和选项是否同义", "see that questions and options still mean the same",
    ),
    "EK421": Finding(
        "warning", "waves: 里 “{wave}” 出现不止一次,或与本轮相同", "the wave “{wave}” stands more than once, or is that of this study",
        "每一轮写一次,按时间先后;本轮在 wave: 里写", "name each wave once, from the oldest on; this one is said by wave:",
    ),
    "EK422": Finding(
        "error", "插件 {name}({path})没有算出结果:{error}", "the plug-in {name} ({path}) gave no result: {error}",
        "请改正代码;它应为每个单位返回一个数,没有值时为 NaN", "mend the code; it returns one number a unit, NaN where there is no value",
    ),
    "EK423": Finding(
        "error", "插件 {name}({kind})没有加载", "the plug-in {name} ({kind}) was not loaded",
        "请在 plugins: 中写明文件,并加 --allow-plugins", "name its file under plugins: and add --allow-plugins",
    ),
    "EK424": Finding(
        "note", "单位 {second}(“{second_name}”)与 {first}(“{first_name}”)同属一地,名称相近,或为同一机构",
        "units {second} (“{second_name}”) and {first} (“{first_name}”) are of one place and alike in name; they may be one body",
        "若是同一机构,请在名册中只留一行,另一个名称写入 aliases", "if they are one, keep one row of the register and put the other name into its aliases",
    ),
    "EK425": Finding(
        "error", "插件 {name}({path})给 {node} 的下级的权重不能用:{weights}", "the weights that the plug-in {name} ({path}) gave below {node} cannot be used: {weights}",
        "权重应为有限的非负数,至少一个大于 0", "weights are finite, none negative, at least one above zero",
    ),
    "EK426": Finding(
        "warning", "“{column}” 已由 “{first}” 给出,这里的值未采用", "“{column}” is given by “{first}” already; the value here was not used",
        "请让每个单位的每一列只由一个文件给出", "let one file give each unit's value of a column",
    ),
    "EK427": Finding(
        "error", "没有任何读取程序给出数据列 “{column}”", "no reader gives the column “{column}”",
        "请检查 data: read: 的文件,以及函数返回的列名", "check the files under data: read: and the names that the function returns",
    ),
}  # fmt: skip
