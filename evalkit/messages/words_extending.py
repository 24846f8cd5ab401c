"""Words of indicator sets that extend, differ and are drawn, and of earlier waves."""

from __future__ import annotations

from collections.abc import Mapping

EXTENDING_WORDS: Mapping[str, tuple[str, str]] = {
    "source_extends": ("在 {reference}({id} {version})基础上修改", "extends {reference} ({id} {version})"),
    "plug_ins_taken": (
        "插件(plugin)给出的得分按原样采用,没有重新计算",
        "scores that a plug-in gave are taken as they are and were not computed again",
    ),
    "change_since": ("较 {wave}", "since {wave}"),
    "rank_then": ("{wave} 名次", "Rank in {wave}"),
    "rank_change": ("名次上升", "Places climbed"),
    "score_change": ("得分变化", "Score change"),
    "note_waves": (
        "名次上升、得分变化:与 {wave} 相比,{basis_zh};正数为进步",
        "places climbed and score change: since {wave}, {basis_en}; progress is positive",
    ),
    "basis_whole": ("两轮指标体系相同", "by the same indicators"),
    "basis_common": ("两轮都只按共同的指标计算", "both computed from the common indicators only"),
    "name_the_set": (
        "在 study.yaml 写 indicators: {path}(相对于 study.yaml)",
        "in study.yaml write indicators: {path} (relative to study.yaml)",
    ),
    "change": ("变化", "Change"),
    "before": ("变化前", "Before"),
    "after": ("变化后", "After"),
    "effective_before": ("有效权重(前)", "Effective before"),
    "effective_after": ("有效权重(后)", "Effective after"),
    "change_added": ("新增", "added"),
    "change_dropped": ("删去", "dropped"),
    "change_moved": ("换了上级", "moved"),
    "change_reweighted": ("同级占比", "re-weighted"),
    "change_renamed": ("改名", "renamed"),
    "change_method": ("方法", "method"),
    "change_measure": ("数据来源", "measure"),
    "no_change": ("树、权重和方法都没有变化", "no change of tree, weights or methods"),
    "all_comparable": ("两版的得分全部可比({count} 个节点)", "all scores of the two are comparable ({count} nodes)"),
    "not_comparable": ("得分不再可比的节点", "Scores that are no longer comparable"),
    "still_comparable": ("仍然可比({count}):{nodes}", "still comparable ({count}): {nodes}"),
    "lost_children": ("下级的构成变了", "other children"),
    "lost_weights": ("下级的权重变了", "other weights of its children"),
    "lost_method": ("方法变了", "another method"),
    "lost_measure": ("数据来源变了", "another measure"),
    "lost_below": ("下级不可比:{nodes}", "not comparable below: {nodes}"),
}
