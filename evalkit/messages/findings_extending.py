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
}  # fmt: skip
