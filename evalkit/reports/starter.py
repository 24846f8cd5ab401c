"""The files that ``evalkit init`` starts a study with."""

from __future__ import annotations

from pathlib import Path

_STUDY = """\
# 研究定义 / the study. 编辑器补全 / editors: evalkit indicators schema study > study.schema.json
study: {name}
name: {{zh: 政务热线数字化转型评估, en: Hotline digital transformation}}
indicators: builtin:digital-transformation   # 或自己的文件 / or a file of your own
units: units.csv                             # 被评单位名册 / who is evaluated
questionnaire: builtin:digital-transformation
awards: [awards.yaml]
wave: "{wave}"
data:
  survey: responses/*.xlsx                   # 收回的问卷放这里 / put returned questionnaires here
recipe:
  ties: min                                  # 同分同名次 / equal scores share the best rank
  peer_groups: [class]                       # 另按类别排名 / rank within classes too
"""
_UNITS = """\
unit,name,class,region,aliases
U01,示例甲市,地级市,华东,甲市政务热线
U02,示例乙市,地级市,华南,
U03,示例丙市,副省级市,西南,
"""
_AWARDS = """\
id: awards
version: "1"
name: {zh: 示例奖项, en: Example awards}
source: 起始文件中的示例;请按主办方的规则改写 / an example to start from; set the rules as the organiser decides
one_rung: true          # 阶梯:从高到低,每个单位只得一级 / a ladder: from the top, one rung a unit
awards:
  - id: top-ten
    name: {zh: 十佳, en: Top ten}
    rule: {method: top, count: 10, ties: share}
    attestation: placeholder, to be set by the organiser
  - id: pioneer
    name: {zh: 先锋, en: Pioneer}
    rule: {method: band, low: 80}
    attestation: placeholder, to be set by the organiser
"""


def write_study(folder: Path, wave: str = "2026") -> None:
    """Write study.yaml, units.csv, awards.yaml and the empty folder ``responses`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in folder.resolve().name)
    (folder / "study.yaml").write_text(_STUDY.format(name=name.strip("-.") or "study", wave=wave), encoding="utf-8")
    (folder / "units.csv").write_text(_UNITS, encoding="utf-8-sig")
    (folder / "awards.yaml").write_text(_AWARDS, encoding="utf-8")
    (folder / "responses").mkdir(exist_ok=True)
