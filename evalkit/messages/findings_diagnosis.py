"""EK430 to EK439: the diagnosis of units."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK430": Finding(
        "error",
        "diagnosis: 提到的 “{code}” 既不是问卷的题目,也不是指标所用的数据列{suggestion_zh}",
        "diagnosis: names “{code}”, which is no question of the form and no column of an indicator{suggestion_en}",
        "可用的有:{allowed}",
        "there are: {allowed}",
    ),
    "EK431": Finding(
        "warning",
        "没有计算各单位的最省改进方案:节点 {node} 的得分不是下级的平均({reason})",
        "no least changes were computed: the score of node {node} is no mean of its children ({reason})",
        "方案只对 arithmetic、geometric、harmonic 三种平均计算;请去掉 diagnosis:,或改用其中一种",
        "they are computed for arithmetic, geometric and harmonic means; take out diagnosis:, or use one of those",
    ),
    "EK432": Finding(
        "warning",
        "单位 {unit} 可改答案的组合过多,没有计算最省改进方案",
        "unit {unit} has too many combinations of changes; no least changes were computed",
        "请在 diagnosis: fixed 里写明不能改变的题目",
        "name the questions that cannot change under diagnosis: fixed",
    ),
    "EK433": Finding(
        "warning",
        "没有计算最省改进方案:指标没有用到单位自己可以改变的答案(如全部来自拨测、受访者或工单话务记录)",
        "no least changes were computed: no indicator reads an answer that a unit could change (as where all come from calls, respondents or records)",
        "请去掉 diagnosis:,或检查 fixed 是否写得过多",
        "take out diagnosis:, or see whether fixed names too much",
    ),
}
