"""EK0xx: files, folders and the machine."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK001": Finding(
        "error", "找不到文件 “{path}”", "file “{path}” not found",
        "请检查路径;路径相对于 study.yaml 所在文件夹;内置的定义写作 builtin:名称", "check the path; it is relative to the folder of study.yaml; what is built in is called builtin:NAME",
    ),
    "EK002": Finding(
        "error", "无法读取 “{path}”:{reason}", "cannot read “{path}”: {reason}",
        "请确认文件未被其他程序占用且有读取权限", "see that no other program holds the file and that you may read it",
    ),
    "EK003": Finding(
        "error", "路径 “{path}” 超出研究文件夹", "the path “{path}” leads out of the study folder",
        "请把文件放进 study.yaml 所在文件夹,或使用 builtin:名称", "put the file under the folder of study.yaml, or use builtin:NAME",
    ),
    "EK004": Finding(
        "error", "没有内置的 “{name}”{suggestion_zh}", "there is no built-in “{name}”{suggestion_en}",
        "evalkit indicators list 列出全部内置定义", "evalkit indicators list shows all that are built in",
    ),
    "EK005": Finding(
        "error", "无法写入 “{path}”:{reason}", "cannot write “{path}”: {reason}",
        "请关闭已打开的结果文件(Excel/WPS),或换一个输出文件夹", "close the result if Excel or WPS has it open, or choose another folder",
    ),
    "EK006": Finding(
        "error", "“{path}” 不是 evalkit 的运行结果:{reason}", "“{path}” is not a finished run of evalkit: {reason}",
        "先运行 evalkit run STUDY.yaml --out 文件夹", "first do evalkit run STUDY.yaml --out DIR",
    ),
    "EK007": Finding(
        "error", "输出文件夹 “{path}” 已有其他文件,未改动", "the output folder “{path}” holds other files; it was left as it is",
        "请换一个空文件夹,或先移走其中的文件", "choose an empty folder, or move those files away first",
    ),
    "EK008": Finding(
        "warning", "“{path}” 已存在,未覆盖(其中可能已有答案)", "“{path}” exists and was not overwritten (it may hold answers)",
        "如需重新生成,请先移走旧文件", "move the old file away to make it anew",
    ),
    "EK009": Finding(
        "error", "写 “{path}” 需要附加组件 {extra}", "writing “{path}” needs the extra “{extra}”",
        '安装附加组件:pip install "hotline-evalkit[{extra}]"', 'install it: pip install "hotline-evalkit[{extra}]"',
    ),
    "EK010": Finding(
        "warning", "没有为 “{path}” 生成批注副本:{reason_zh}", "no annotated copy of “{path}” was made: {reason_en}",
        "请按 problems.xlsx 告知该单位", "tell the unit what problems.xlsx says",
    ),
    "EK011": Finding(
        "error", "“{path}” 是文件夹,这里要的是文件", "“{path}” is a folder where a file is wanted",
        "请写到文件,例如 “{example}”;evalkit run 写出的结果文件夹供 rank、explain、report、verify、diff 使用", "name the file, such as “{example}”; a folder of results is for rank, explain, report, verify and diff",
    ),
    "EK012": Finding(
        "error", "“{path}” 的结果表与 run.json 不符,在运行后被改动、截断或删除过:{tables}", "tables of “{path}” are not those that run.json states, they were changed, cut short or deleted: {tables}",
        "请放回原来的文件或重新运行;evalkit verify 给出详情", "put the files back as they were, or run again; evalkit verify says more",
    ),
    "EK013": Finding(
        "error", "结果表已改动,得分和名次无法重新计算", "the tables were changed so that scores and ranks cannot be computed again",
        "请放回上面列出的表,或重新运行", "put back the tables named above, or run again",
    ),
}  # fmt: skip
