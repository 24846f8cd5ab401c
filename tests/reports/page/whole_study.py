"""A made-up study that fills every part of the page: provinces, classes, sampling errors, an earlier wave, awards."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.uncertainty.assessment import run as evaluate
from tests.small_studies import write_study, write_yaml

PROVINCES = (
    "北京市", "天津", "河北省", "山西", "内蒙古自治区", "辽宁省", "吉林", "黑龙江", "上海", "江苏省", "浙江",
    "安徽", "福建", "江西", "山东省", "河南", "湖北", "湖南", "广东省", "广西壮族自治区", "海南", "重庆", "四川",
    "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏回族自治区", "新疆",
)  # fmt: skip
DIMENSIONS = {"能力": ("接通", "时限", "渠道"), "质量": ("解答", "态度", "规范", "满意"), "效能": ("办结", "解决")}
ENGLISH = {"能力": "Capacity", "质量": "Quality", "效能": "Results"}
AWARDS = {
    "id": "stars", "version": "1", "name": {"zh": "星级评定", "en": "Stars"}, "one_rung": True,
    "awards": [
        {"id": "five", "name": {"zh": "五星热线", "en": "Five stars"}, "rule": {"method": "top", "count": 6}},
        {"id": "four", "name": {"zh": "四星热线", "en": "Four stars"}, "rule": {"method": "band", "low": 70}},
        {"id": "three", "name": {"zh": "三星热线", "en": "Three stars"}, "rule": {"method": "band", "low": 60}},
    ],
}  # fmt: skip
NOTICE = {"zh": "合成数据:名称和得分均为虚构。", "en": "Synthetic data: names and scores are made up."}


def whole_study(folder: Path, units: int = 62) -> Evaluation:
    """Evaluate two waves of the study, the earlier in ``earlier``, and return the later one."""
    rng = np.random.default_rng(20201101)
    level = rng.normal(66, 9, units)
    then = _wave(folder / "earlier", rng, level, wave="2024", waves=[])
    evalkit.write(then, folder / "study" / "earlier", excel=False, page=False)
    return _wave(folder / "study", rng, level + rng.normal(2, 3, units), wave="2025", waves=["earlier"])


def _wave(folder: Path, rng: np.random.Generator, level: np.ndarray, *, wave: str, waves: list[str]) -> Evaluation:
    names = [leaf for leaves in DIMENSIONS.values() for leaf in leaves]
    children = [
        {
            "id": f"D{number}",
            "name": {"zh": dimension, "en": ENGLISH[dimension]},
            "weight": [3, 4, 3][number],
            "children": [
                {"id": f"{dimension}-{leaf}", "name": leaf, "measure": {"column": leaf, "se": f"{leaf}_se"}}
                for leaf in leaves
            ],
        }
        for number, (dimension, leaves) in enumerate(DIMENSIONS.items())
    ]
    units = len(level)
    register = [
        ("unit", "name", "province", "class"),
        *(
            (f"H{u:02}", f"示例{u:02}市", PROVINCES[u % 31], ["地级市", "副省级", "直辖市"][u % 7 % 3])
            for u in range(units)
        ),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    write_yaml(folder / "awards.yaml", AWARDS)
    path = write_study(
        folder,
        {"id": "HQ", "name": {"zh": "热线质量指数", "en": "Hotline quality index"}, "children": children},
        register=register,
        name={"zh": "热线质量评估(示例)", "en": "Quality of hotlines (example)"},
        notice=NOTICE,
        wave=wave,
        waves=waves,
        awards=["awards.yaml"],
        data={"values": "values.csv"},
        defaults={"normalise": {"method": "none"}, "missing": {"min_coverage": 0.3}},
        recipe={"peer_groups": ["class"]},
        uncertainty={"seed": 20201101, "replicates": 200},
    )
    values = np.clip(level[:, None] + rng.normal(0, 8, (units, len(names))), 0, 100).round(2)
    cells = np.where(rng.random(values.shape) < 0.03, "", values.astype(str))
    with (folder / "values.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", *names, *(f"{name}_se" for name in names)])
        writer.writerows(
            [f"H{u:02}", *cells[u], *["" if cell == "" else "4" for cell in cells[u]]] for u in range(units)
        )
    return evaluate(evalkit.load(path))
