"""EK345 to EK369: indicator sets that extend another, and plug-ins."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK345": Finding(
        "error", "指标体系兜了一圈又扩展到自己:{chain}", "the indicator set extends itself: {chain}",
        "请改 extends:,使它最终指向一个不再扩展别的体系的文件", "change extends: so that it leads to a set that extends no other",
    ),
    "EK346": Finding(
        "error", "extends 一环接一环,超过 {limit} 个文件", "extends leads through more than {limit} files",
        "请把中间的几层合并成一个文件", "join some of the files between into one",
    ),
    "EK347": Finding(
        "error", "补丁 {patch} 不能用于根节点 “{node}”", "the patch {patch} cannot be made at the root “{node}”",
        "请对它下面的节点打补丁;另立一棵树就不要写 extends", "patch the nodes below it; for another tree, do not extend this one",
    ),
    "EK348": Finding(
        "error", "“{node}” 是指标(有 measure),下面不能再有节点", "“{node}” is an indicator (it has a measure) and can have no children",
        "请先用 replace 把它换成一组节点", "first replace it by a group",
    ),
    "EK349": Finding(
        "error", "编号 “{id}” 已经用于 {first}", "the id “{id}” is taken already, at {first}",
        "请换一个编号;要改这个节点,请用 replace", "use another id; to change that node, use replace",
    ),
    "EK350": Finding(
        "error", "“{node}” 不能移到它自己下面的 “{under}” 中", "“{node}” cannot be moved under “{under}”, which is below it",
        "请移到别的节点下面", "move it elsewhere",
    ),
    "EK351": Finding(
        "error", "打完补丁后 “{node}” 下面没有节点了", "after the patches nothing is left below “{node}”",
        "请连 “{node}” 一起 drop,或用 add 补上节点", "drop “{node}” too, or add a node below it",
    ),
    "EK352": Finding(
        "error", "“{node}” 不在 “{under}” 的直接下级之中", "“{node}” is no child of “{under}”",
        "before 和 after 要写同一个上级下面的节点", "before and after name a node below the same parent",
    ),
    "EK353": Finding(
        "warning", "指标 {node} 有占位的设定,尚未决定", "a setting of indicator {node} is a placeholder and still to be set",
        "看它的 attestation 和 source;在 study.yaml 的 recipe: nodes: {node}: 下写明,或用 extends 另立体系来 replace",
        "see its attestation and source; decide under recipe: nodes: {node}: in study.yaml, or replace it in a set that extends this one",
    ),
    "EK354": Finding(
        "error", "“{path}” 已存在,未改动", "“{path}” exists; it was left as it is",
        "请换一个文件名,或先移走旧文件", "choose another name, or move the old file away first",
    ),
    "EK355": Finding(
        "error", "没有插件 “{name}”{suggestion_zh}", "there is no plug-in “{name}”{suggestion_en}",
        "可用:{allowed};插件来自已安装的包(入口点 {group})或 study.yaml 的 plugins:", "there are: {allowed}; plug-ins come from installed packages (entry point {group}) or from plugins: in study.yaml",
    ),
    "EK356": Finding(
        "error", "“{name}”({path})不能作插件:应有 {count} 个位置参数,其余为关键字参数,类型为 float、int、bool 或 str({detail})",
        "“{name}” ({path}) is no plug-in: positional arguments expected {count}, all others keywords of type float, int, bool or str ({detail})",
        "例如 def capped(answers, *, cap: float = 100): …", "as in def capped(answers, *, cap: float = 100): …",
    ),
    "EK357": Finding(
        "error", "研究要运行 “{path}” 里的代码,未允许,没有运行", "the study asks to run the code in “{path}”, which was not allowed; it was not run",
        "看过代码并信任它之后,再加 --allow-plugins", "read the code, and add --allow-plugins if you trust it",
    ),
    "EK358": Finding(
        "error", "插件 “{path}” 无法加载:{error}", "the plug-in “{path}” cannot be loaded: {error}",
        "请改正代码,或从 plugins: 中去掉", "mend the code, or take it out of plugins:",
    ),
    "EK359": Finding(
        "error", "插件 “{name}” 有两个,来自 {first} 和 {second}", "there are two plug-ins “{name}”, from {first} and {second}",
        "请给其中一个改名", "give one of them another name",
    ),
    "EK360": Finding(
        "warning", "“{path}” 里没有列出任何函数", "“{path}” lists no function",
        "请在文件末尾写 RULES = (函数,),可用的名称:{allowed}", "end it with RULES = (function,); the names are {allowed}",
    ),
    "EK361": Finding(
        "warning", "指标 {node} 越低越好,但插件 {name} 没有参数 higher_is_better,方向要由它自己处理", "indicator {node} is better when lower, but the plug-in {name} takes no higher_is_better; it must see to the direction itself",
        "请给函数加上关键字参数 higher_is_better,或确认它本来就是越低越高分", "give the function the keyword higher_is_better, or make sure that it scores low values high",
    ),
}  # fmt: skip
