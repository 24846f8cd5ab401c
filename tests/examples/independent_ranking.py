"""The ranking of cities79 by an independent straightforward script: openpyxl, plain Python, no evalkit.

It reads the same workbooks cell by cell and spells out the 29 indicators by hand, so that an error in the toolkit's
reader, rules, normalisation, weighting or ranking shows as a difference.
"""

from __future__ import annotations

import csv
import unicodedata
import warnings
from collections.abc import Mapping
from pathlib import Path

import openpyxl

STUDY = Path(__file__).parents[2] / "examples" / "cities79"
Answers = Mapping[str, str]
Points = float | None

SCALES = {
    "Q10": ["非常便利", "比较便利", "一般", "不太便利", "很不便利"],
    "Q18": ["很高", "比较高", "一般", "比较低", "很低"],
    "Q29": ["很好", "比较好", "一般", "比较差", "很差"],
    "Q30": ["很好", "比较好", "一般", "比较差", "很差"],
    "Q31": ["很好", "比较好", "一般", "比较差", "很差"],
    "Q34": ["非常便捷", "比较便捷", "一般", "不太便捷", "很不便捷"],
    "Q43": ["很好", "比较好", "一般", "比较差", "很差"],
    "Q44": ["很好", "比较好", "一般", "比较差", "很差"],
}
OPENED = {"2011年及之前": 100.0, "2012-2014年": 75.0, "2015-2017年": 50.0, "2018-2020年": 25.0}
REPORTS = ["annual", "quarterly", "monthly", "weekly", "daily", "special"]


def read_workbook(path: Path) -> tuple[str, dict[str, str]]:
    """Return the unit and its answers by code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl drops conditional formats it does not know
        book = openpyxl.load_workbook(path, data_only=True)
    meta = {row[0]: row[1] for row in book["_meta"].iter_rows(values_only=True)}
    answers: dict[str, str] = {}
    for sheet in book.worksheets:
        code_column = answer_column = None
        for row in sheet.iter_rows(values_only=True):
            texts = ["" if value is None else str(value) for value in row]
            if code_column is None:
                if "代码 Code" in texts and "答案 Answer" in texts:
                    code_column, answer_column = texts.index("代码 Code"), texts.index("答案 Answer")
            elif answer_column is not None and texts[code_column].startswith("Q"):
                answers[texts[code_column]] = unicodedata.normalize("NFKC", texts[answer_column]).strip()
    return str(meta["unit"] or aliases()[path.stem]), answers


def aliases() -> dict[str, str]:
    """Unit by alias: a form that was filled without a unit is known by its file's name."""
    with (STUDY / "units.csv").open(encoding="utf-8-sig") as register:
        return {alias: row["unit"] for row in csv.DictReader(register) for alias in row["aliases"].split("|")}


def chosen(answers: Answers, code: str, labels: list[str]) -> int | None:
    """Position of the option chosen; labels may be followed by their English."""
    text = answers.get(code, "").split(" / ")[0].strip()
    return labels.index(text) if text in labels else None


def yes(answers: Answers, code: str) -> Points:
    position = chosen(answers, code, ["是", "否"])
    return None if position is None else 100.0 * (1 - position)


def scale(answers: Answers, code: str) -> Points:
    position = chosen(answers, code, SCALES[code])
    return None if position is None else 100.0 * (4 - position) / 4


def number(answers: Answers, code: str) -> Points:
    text = answers.get(code, "").replace(",", "")
    return float(text) if text and text != "不适用" else None


def ticked_share(answers: Answers, question: str) -> Points:
    rows = {code.split(".")[1]: text for code, text in answers.items() if code.startswith(question + ".")}
    if not any(text and text != "不适用" for text in rows.values()):
        return None
    named = {option: text for option, text in rows.items() if option != "other" and text != "不适用"}
    return 100.0 * sum(bool(text) for text in named.values()) / len(named)


def mean(*points: Points) -> Points:
    known = [each for each in points if each is not None]
    return sum(known) / len(known) if known else None


def days(answers: Answers) -> Points:
    fastest = number(answers, "Q33")
    if fastest is None:
        return None
    return next((points for limit, points in ((1, 100.0), (3, 75.0), (7, 50.0), (30, 25.0)) if fastest <= limit), 0.0)


def uptake(answers: Answers) -> Points:
    counts = [number(answers, f"Q35.{name}") for name in ("instructions", "uses", "releases")]
    if any(count is None for count in counts):
        return None
    norms = (11, 13, 24)
    return 100.0 * sum(min((count or 0) / norm, 1) for count, norm in zip(counts, norms, strict=True)) / 3


def opening(answers: Answers) -> Points:
    began = answers.get("Q24", "").split(" / ")[0].replace("—", "-")
    return mean(yes(answers, "Q23"), OPENED.get(began))


def indicators(answers: Answers) -> dict[str, Points]:
    """The raw value of each of the 29 indicators."""
    opens = answers.get("Q23", "").startswith("是")
    has_tools = not answers.get("Q38", "").startswith("否")
    online = [number(answers, f"Q04.{name}") for name in ("website", "app", "wechat", "mini_program")]
    total = number(answers, "Q04.total")
    volume = None if None in online else sum(each or 0 for each in online)
    reports = [count for count in (number(answers, f"Q27.{name}") for name in REPORTS) if count is not None]

    def if_tools(points: Points) -> Points:
        return points if has_tools else 0.0

    values: dict[str, Points] = {
        "NET-1-1": ticked_share(answers, "Q01"),
        "NET-1-2": yes(answers, "Q02"),
        "NET-1-3": yes(answers, "Q03"),
        "NET-2-1": volume,
        "NET-2-2": None if volume is None or not total else 100.0 * volume / total,
        "DAT-1-1": yes(answers, "Q06"),
        "DAT-2-1": mean(yes(answers, "Q07"), yes(answers, "Q09"), scale(answers, "Q10")),
        "DAT-3-1": mean(yes(answers, "Q16"), yes(answers, "Q17")),
        "DAT-3-2": mean(scale(answers, "Q18"), yes(answers, "Q19"), yes(answers, "Q20")),
        "DAT-3-3": mean(yes(answers, "Q21"), yes(answers, "Q22")),
        "DAT-3-4": opening(answers),
        "DAT-3-5": yes(answers, "Q25") if opens else 0.0,
        "DAT-4-1": ticked_share(answers, "Q26"),
        "DAT-4-2": sum(reports) if reports else None,
        "DAT-4-3": mean(
            ticked_share(answers, "Q28"), scale(answers, "Q29"), scale(answers, "Q30"), scale(answers, "Q31")
        ),
        "DAT-4-4": mean(yes(answers, "Q32"), days(answers), scale(answers, "Q34"), uptake(answers)),
        "DAT-5-1": yes(answers, "Q36"),
        "DAT-5-2": yes(answers, "Q37"),
        "INT-1-1": yes(answers, "Q38"),
        "INT-1-2": mean(if_tools(yes(answers, "Q39")), if_tools(yes(answers, "Q40"))),
        "INT-2-1": if_tools(ticked_share(answers, "Q41")),
        "INT-2-2": ticked_share(answers, "Q42"),
        "INT-3-1": if_tools(scale(answers, "Q43")),
        "INT-3-2": if_tools(scale(answers, "Q44")),
    }
    values |= {f"DAT-2-{index}": yes(answers, f"Q{index + 9}") for index in range(2, 7)}
    return values


def percentile_ranks(values: dict[str, Points]) -> dict[str, Points]:
    """(units below + half of those equal) / units, in percent."""
    known = [value for value in values.values() if value is not None]
    return {
        unit: None
        if value is None
        else 100.0 * (sum(o < value for o in known) + 0.5 * sum(o == value for o in known)) / len(known)
        for unit, value in values.items()
    }


def average(children: list[tuple[Points, float]]) -> tuple[Points, float]:
    """Equal-weight mean over the children that have a score; none under half of coverage."""
    coverage = sum(cover for score, cover in children if score is not None) / len(children)
    if coverage < 0.5:
        return None, coverage
    return mean(*(score for score, _ in children)), coverage


def index_scores(folder: Path = STUDY) -> dict[str, dict[str, Points]]:
    """Scores of every unit at every node."""
    raw = dict(read_workbook(path) for path in sorted((folder / "responses").glob("*.xlsx")))
    values = {unit: indicators(answers) for unit, answers in raw.items()}
    for relative in ("NET-2-1", "NET-2-2", "DAT-4-2"):
        ranked = percentile_ranks({unit: each[relative] for unit, each in values.items()})
        for unit, score in ranked.items():
            values[unit][relative] = score
    result: dict[str, dict[str, Points]] = {}
    for unit, leaves in values.items():
        level: dict[str, tuple[Points, float]] = {
            leaf: (score, float(score is not None)) for leaf, score in leaves.items()
        }
        scores = dict(leaves)
        while len(level) > 1:
            parents: dict[str, list[tuple[Points, float]]] = {}
            for node, each in level.items():
                parents.setdefault(node.rpartition("-")[0] or "DT", []).append(each)
            level = {parent: average(children) for parent, children in parents.items()}
            scores |= {parent: score for parent, (score, _) in level.items()}
        result[unit] = scores
    return result


def ranking(folder: Path = STUDY) -> dict[str, int]:
    """Rank of every unit that has an index: one more than the number of units that are better."""
    index = {unit: scores["DT"] for unit, scores in index_scores(folder).items()}
    known = {unit: score for unit, score in index.items() if score is not None}
    return {unit: 1 + sum(other > score + 1e-9 for other in known.values()) for unit, score in known.items()}


if __name__ == "__main__":
    with (STUDY / "units.csv").open(encoding="utf-8-sig") as register:
        names = {row["unit"]: row["name"] for row in csv.DictReader(register)}
    for place_of, place in sorted(ranking().items(), key=lambda item: item[1]):
        print(place, place_of, names[place_of])
