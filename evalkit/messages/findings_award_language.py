"""EK335 to EK344: what award schemes and adjustments say. EK505 to EK539: what giving awards finds."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.messages.entry import Finding

FINDINGS: Mapping[str, Finding] = {
    "EK335": Finding(
        "warning", "奖项 {award} 的规则或分界从未公布,尚待设定:{unset}", "the rule or cut-off of award {award} was never published and is still to be set: {unset}",
        "请按主办方的规则写明;在定下来之前,相应的单位不获此奖。内置方案可复制为研究文件夹中的同名文件再改", "write it down as the organiser decides; until then the units concerned get nothing. A built-in scheme can be copied to a file of its name in the study's folder and changed there",
    ),
    "EK336": Finding(
        "error", "{node} 的 adjust 引用了 “{child}”,它不是 {node} 的下级", "adjust of {node} names “{child}”, which is not one of its children",
        "{node} 的下级:{allowed}", "children of {node}: {allowed}",
    ),
    "EK337": Finding(
        "warning", "奖项 {award} 要与往期比较,但研究没有给出往期得分", "award {award} compares with earlier waves, but the study names none",
        "请在 study.yaml 的 waves: 下给出往期的结果文件夹或得分表", "name their results, or tables of their scores, under waves: in study.yaml",
    ),
    "EK338": Finding(
        "warning", "奖项 {award} 要有{what_zh},但研究没有给出", "award {award} needs {what_en}, which the study does not name",
        "请在 study.yaml 的 nominations: 下写 {keys}", "name {keys} under nominations: in study.yaml",
    ),
    "EK339": Finding(
        "error", "by: {by} 的分档里不能写 {key}", "{key} does not go with by: {by}",
        "by: {by} 可用的键:{allowed}", "keys that go with by: {by}: {allowed}",
    ),
    "EK340": Finding(
        "error", "分界 {value} 不低于上一档的分界 {before}", "the cut {value} is not below that of the block above, {before}",
        "各档从高到低排列", "blocks stand from the best down",
    ),
    "EK341": Finding(
        "error", "各档的比例加到这里是 {total}%,超过 100%", "the shares of the blocks add up to {total} % here, over 100 %",
        "最后一档可以不写比例,它取其余的单位", "the last block may go without a share: it takes the rest",
    ),
    "EK342": Finding(
        "error", "没有 “{block}” 这一档", "there is no block “{block}”",
        "可用:{allowed}", "one of: {allowed}",
    ),
    "EK343": Finding(
        "error", "奖项 {award} 发给个人,但没有人选:只有评审(compare: jury)或委员会决定(rule: decision)能给出,且不能分档", "award {award} is for persons, but nobody names them: only a jury (compare: jury) or a decision (rule: decision) does, and not in blocks",
        "请改用其中之一,或删去 to: person", "use one of the two, or take out to: person",
    ),
    "EK344": Finding(
        "error", "评审标准 “{id}” 重复", "the criterion “{id}” stands twice",
        "每个编号只能用一次", "each id may be used once",
    ),
    "EK505": Finding(
        "note", "单位 {unit} 因单项否决“{veto_zh}”不参加 {award}", "unit {unit} is barred from {award} by the veto “{veto_en}”",
    ),
    "EK506": Finding(
        "note", "单位 {unit} 的样本量 {found} 少于 {minimum},不参加 {award}", "unit {unit} has a sample of {found}, fewer than {minimum}, and does not compete for {award}",
    ),
    "EK507": Finding(
        "warning", "奖项 {award}(组:{group})只有 {found} 个单位符合条件,少于 {least},不颁发", "award {award} (group: {group}) is not given: {found} eligible units, fewer than {least}",
        "见该奖项的 least_units:", "the number is the award's least_units:",
    ),
    "EK508": Finding(
        "warning", "{award} 中 {blocks} 的分界尚未设定,有 {count} 个单位无法归档", "in {award} the cut of {blocks} is not set; units that cannot be placed: {count}",
        "请写明这些分界", "set these cuts",
    ),
    "EK509": Finding(
        "note", "{award}(组:{group})共 {total} 个单位:{sizes_zh}", "{award} (group: {group}), {total} units: {sizes_en}",
    ),
    "EK510": Finding(
        "warning", "{award} 要分 {blocks} 档,但只有 {found} 个不同的得分,未分档", "{award} asks for {blocks} blocks, but there are {found} distinct scores; nothing was divided",
        "请减少档数,或改用固定分界", "ask for fewer blocks, or use fixed cuts",
    ),
    "EK512": Finding(
        "warning", "奖项 {award} 需要往期 {wave} 的得分,但没有", "award {award} needs the scores of the earlier wave {wave}, which are not there",
        "请在 study.yaml 的 waves: 下给出;“-” 表示没有任何往期,“-2” 表示缺倒数第二期", "name them under waves: in study.yaml; “-” means that there is no earlier wave at all, “-2” that the one before the last lacks",
    ),
    "EK513": Finding(
        "warning", "往期 {wave} 用的是另一套指标体系,奖项 {award} 不与它比较", "the wave {wave} was of another indicator set, so award {award} does not compare with it",
        "若两套得分确可比较,请在 waves: 的这一期写 comparable: true,或在奖项写 across_frameworks: true", "if the scores can be compared after all, say comparable: true of that wave under waves:, or across_frameworks: true in the award",
    ),
    "EK514": Finding(
        "warning", "往期 {wave} 用的是另一套指标体系,奖项 {award} 仍与它比较", "the wave {wave} was of another indicator set; award {award} compares with it all the same",
        "公布时请说明;若不应比较,请删去 across_frameworks: true", "say so when you publish; if they should not be compared, take out across_frameworks: true",
    ),
    "EK515": Finding(
        "note", "单位 {unit} 的加减分项 {child} 没有数据,{node} 未作此项调整", "unit {unit} has no value of {child}, so {node} was not adjusted by it",
    ),
    "EK516": Finding(
        "note", "{award} 的评委一致性:评委 {judges} 人,肯德尔和谐系数 W = {w}(全体评委都评了的申报 {complete} 份),两两等级相关均值 {rho}", "agreement of the jury of {award}: {judges} judges, Kendall's W = {w} (submissions that all of them marked: {complete}), mean rank correlation of pairs {rho}",
    ),
    "EK517": Finding(
        "note", "此评分表的评委与申报 {submission} 同属单位 {unit},已回避,{award} 不计此表", "the judge of this form belongs to unit {unit}, as does submission {submission}; recused, the form does not count for {award}",
    ),
    "EK518": Finding(
        "warning", "{award} 的申报 {submission} 只有 {found} 份有效评分,少于 {fewest},没有评审得分", "submission {submission} for {award} has {found} valid forms, fewer than {fewest}, and no score",
        "请补充评分,或改 fewest_judges:", "have more judges mark it, or change fewest_judges:",
    ),
    "EK519": Finding(
        "warning", "申报 {submission} 的这份评分表缺少评分:{criteria};{award} 不计此表", "this form for submission {submission} lacks marks: {criteria}; it does not count for {award}",
        "请补填", "fill them in",
    ),
    "EK520": Finding(
        "error", "委员会给 {unit} 的决定没有写理由,未采用", "the decision for {unit} has no reason and was not used",
        "请在 reason 列写明理由", "write the reason in the column reason",
    ),
    "EK521": Finding(
        "error", "没有奖项 “{award}”{suggestion_zh}", "there is no award “{award}”{suggestion_en}",
        "写 方案/奖项,或只写奖项的编号:{allowed}", "write SCHEME/AWARD, or the award's id alone: {allowed}",
    ),
    "EK522": Finding(
        "error", "委员会决定 {award} 给 {unit},但它不符合条件,未采用", "the committee decided on {unit} for {award}, but it does not qualify; not used",
        "请核对奖项的条件(eligible、minimum、veto、sample)和决定", "check the award's gates (eligible, minimum, veto, sample) and the decision",
    ),
    "EK523": Finding(
        "warning", "{award} 有 {found} 项决定,名额是 {places}", "decisions for {award}: {found}; places: {places}",
        "请核对决定表和奖项的 count:", "check the decisions and the award's count:",
    ),
    "EK524": Finding(
        "error", "没有申报 “{submission}”{suggestion_zh}", "there is no submission “{submission}”{suggestion_en}",
        "申报编号见申报表的 submission 列", "the ids are in the column submission of the submissions",
    ),
    "EK525": Finding(
        "error", "{award} 对 {unit} 有两项决定,只采用第一项", "there are two decisions for {unit} on {award}; the first was used",
        "请删去一项", "take one out",
    ),
    "EK526": Finding(
        "error", "这项研究只公布分档,不显示得分和名次", "this study publishes tiers only: scores and ranks are not shown",
        "evalkit run … --private 文件夹 另存一份内部结果,再对那个文件夹用本命令", "evalkit run … --private FOLDER writes the internal results too; use this command on that folder",
    ),
    "EK527": Finding(
        "warning", "{award} 在分界处得分相同:{units};按规则{ties_zh}", "{award}: units tied at a cut: {units}; by its rule {ties_en}",
        "并列规则见 ties:", "the rule for ties is its ties:",
    ),
    "EK528": Finding(
        "note", "奖项 {award}:有 {count} 个单位得分提高,但往期得分低于 {minimum},不参加", "award {award}: units that grew but had an earlier score below {minimum}, so do not compete: {count}",
    ),
    "EK529": Finding(
        "note", "奖项 {award} 还没有规则,未颁发", "award {award} has no rule yet and was not given",
    ),
    "EK530": Finding(
        "error", "申报 {submission} 的这份评分表有评分不在 0 与满分之间:{criteria};{award} 不计此表", "this form for submission {submission} has marks below 0 or above the highest: {criteria}; it does not count for {award}",
        "请改正评分,满分见奖项的 criteria:", "correct the marks; the highest are in the award's criteria:",
    ),
    "EK531": Finding(
        "error", "编号 “{id}” 在申报表中重复,后一份未采用", "the submission “{id}” stands twice; the later one was not used",
        "每份申报一个编号", "give each submission its own id",
    ),
    "EK532": Finding(
        "error", "同一评委对申报 {submission} 评了两次,后一次未采用", "one judge marked submission {submission} twice; the later form was not used",
        "请删去一份", "take one out",
    ),
    "EK534": Finding(
        "error", "单位 {unit} 在节点 {node} 有两个往期得分,都未采用", "unit {unit} has two earlier scores at node {node}; neither was used",
        "每个单位在每个节点只应有一行", "there should be one row a unit and node",
    ),
}  # fmt: skip
