"""The file that ``evalkit indicators new`` starts an indicator set with."""

from __future__ import annotations

import json
import os
from pathlib import Path

from evalkit import library

_HEAD = """\
# 编辑器补全 / editors: evalkit indicators schema indicators > indicators.schema.json
id: {id}
kind: indicators
version: "1"
name: {{zh: 我的指标体系, en: My indicators}}
"""
_WHOLE = """\
source: 起始文件中的示例,请改写 / an example to start from, to be rewritten

defaults:
  normalise: {method: goalposts, low: 0, high: 100}   # 0 至 100 原样计分 / from 0 to 100 as they are
  aggregate: arithmetic                               # 或 / or geometric, harmonic
  missing: {rule: rescale, min_coverage: 0.5}         # 缺项由同级分担 / siblings make up for what lacks

tree:
  id: INDEX
  name: {zh: 总指数, en: Index}
  children:
    - id: ACCESS
      name: {zh: 接通能力, en: Access}
      weight: 40
      children:
        - id: ACCESS-1
          name: {zh: 接通率, en: Connection rate}
          unit: "%"
          measure: {column: connection_rate}          # data: values: 文件的列 / a column of that file
        - id: ACCESS-2
          name: {zh: 平均等待时长, en: Average wait}
          unit: 秒
          direction: lower                            # 越低越好 / lower is better
          normalise: {method: goalposts, low: 5, high: 60}
          measure: {column: average_wait}
    - id: RESULT
      name: {zh: 办理成效, en: Results}
      weight: 60
      children:
        - id: RESULT-1
          name: {zh: 满意率, en: Satisfaction rate}
          unit: "%"
          measure: {column: satisfaction_rate}
"""
_EXTENDING = """\
extends: {base}
source: 本地的修改,请写明依据 / changes of your own; say where they come from

patches: []
# 按顺序逐条修改,例如 / changes made one after another, such as
#   - {{drop: {node}}}
#   - {{reweight: {node}, weight: 2}}
#   - {{move: {node}, under: {group}}}
#   - add: {{id: NEW-1, name: {{zh: 新指标, en: New}}, weight: 1, measure: {{column: new_1}}}}
#     after: {node}
#   - replace: {node}
#     by: {{id: NEW-2, name: {{zh: 替换, en: Instead}}, measure: {{column: new_2}}}}
"""


def write_indicators(path: Path) -> None:
    """Write a small set measured by ready-made values. Raises OSError; an existing file is not overwritten."""
    _write(path, _WHOLE)


def write_extension(path: Path, reference: str, *, node: str, group: str) -> None:
    """Write a set that extends ``reference``; ``node`` and ``group`` of that set stand in the examples.

    A path is written relative to the new file. Raises OSError; an existing file is not overwritten.
    """
    if not reference.startswith(library.PREFIX):
        reference = Path(os.path.relpath(reference, path.parent)).as_posix()
    _write(path, _EXTENDING.format(base=json.dumps(reference, ensure_ascii=False), node=node, group=group))


def _write(path: Path, body: str) -> None:
    name = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in path.stem).strip("-.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD.format(id=json.dumps(name or "indicators", ensure_ascii=False)) + body)
