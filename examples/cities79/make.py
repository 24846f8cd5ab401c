"""Make the 79 filled questionnaires of this example: ``python examples/cities79/make.py``.

No city's answers were ever published, so these are synthetic. Seeded draws decide who answers what; the counts are set
so that shares and means equal the published national figures. ``figures.csv`` has the counts that follow from the
figures, ``filled_in.csv`` those that no figure tells; where the two contradict each other, the script stops.
"""

from __future__ import annotations

import csv
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import evalkit
from evalkit.definitions.expression import names
from evalkit.definitions.expression_values import evaluate
from evalkit.definitions.options import option_position
from evalkit.definitions.questionnaire import CHOICE_TYPES, Question, Questionnaire
from evalkit.reports.template import write_form

HERE = Path(__file__).parent
SEED = 20201101
CLASS_LEAD = {"直辖市": 0.9, "副省级": 0.5, "地级市": 0.0}
FEWER_IS_BETTER = {"Q33"}
NOT_APPLICABLE = {"Q18": 5, "Q22": 4}  # so many of those without an answer say that the question does not apply
PLAIN_CHINESE = 9  # every ninth city types the Chinese label instead of choosing from the list
FULL_WIDTH = ("U05", "U41")  # these cities type volumes in full-width digits,
GROUPED = ("U18", "U66")  # these with separators, as text
BLANK_FORMS = {"U07": "华东七市", "U60": "西南03"}  # these filled the form without a unit; an alias names the file

Answer = str | float
Floats = NDArray[np.float64]
Key = tuple[str, str]
"""Question and option, part, or nothing."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What the answers must add up to, by question and option or part."""

    bases: dict[Key, int] = field(default_factory=dict)
    counts: dict[Key, int] = field(default_factory=dict)
    totals: dict[Key, int] = field(default_factory=dict)
    listed: dict[Key, list[float]] = field(default_factory=dict)

    def base(self, code: str) -> int:
        """How many answer a question; single options may apply to fewer."""
        return max(base for (question, _), base in self.bases.items() if question == code)


@dataclass(slots=True)
class Survey:
    """The answers while they are drawn: by answer key, then by the row of the city in the register."""

    questionnaire: Questionnaire
    targets: Targets
    units: list[dict[str, str]]
    maturity: dict[str, Floats]
    diligence: Floats
    answers: dict[str, dict[int, Answer]] = field(default_factory=dict)
    chosen: dict[str, Floats] = field(default_factory=dict)
    """position of the option chosen in yes/no, single and scale questions, NaN = none"""


def main(folder: Path) -> None:
    """Write one workbook a city into ``folder``."""
    study = evalkit.load(HERE / "study.yaml").bundle
    if study.questionnaire is None or study.study.notice is None:
        raise ValueError("the study needs its questionnaire and its notice")
    questionnaire, notice = study.questionnaire[0], study.study.notice.say("both")
    folder.mkdir(parents=True, exist_ok=True)
    for unit, name, answers in filled_forms(questionnaire):
        target = folder / f"{BLANK_FORMS.get(unit, name)}.xlsx"
        stamped = ("", "") if unit in BLANK_FORMS else (unit, name)
        write_form(questionnaire, target, unit=stamped[0], unit_name=stamped[1], notice=notice, answers=answers)


def filled_forms(questionnaire: Questionnaire) -> Iterator[tuple[str, str, dict[str, Answer]]]:
    """Yield unit, name and answers of each city, as typed into its workbook."""
    survey = draw_survey(questionnaire)
    for row, unit in enumerate(survey.units):
        answers = {key: given[row] for key, given in survey.answers.items() if row in given}
        yield unit["unit"], unit["name"], {key: as_typed(each, unit["unit"], row) for key, each in answers.items()}


def as_typed(answer: Answer, unit: str, row: int) -> Answer:
    """Return an answer as this city types it: labels in Chinese only, numbers as text with separators or full width."""
    if isinstance(answer, str):
        return answer.partition(" / ")[0] if row % PLAIN_CHINESE == 0 else answer
    large = answer >= 10_000  # noqa: PLR2004 - volumes only
    if unit in GROUPED and large:
        return f"{answer:,}"
    if unit in FULL_WIDTH and large:
        return "".join(chr(ord("\uff10") + int(digit)) for digit in str(answer))
    return answer


def read_targets(questionnaire: Questionnaire) -> Targets:
    """Read both tables; a share of the first options together leaves to its last option what the others do not take."""
    targets = Targets()
    for row in read_rows("filled_in.csv"):
        key = row["question"], row["option"]
        if not row["value"]:
            targets.counts[key] = int(row["n"])
        elif key[0] == "Q04":
            targets.totals[key] = int(row["value"]) * int(row["n"])
        else:
            targets.listed.setdefault(key, []).extend([float(row["value"])] * int(row["n"]))
    for row in read_rows("figures.csv"):
        key, base = (row["question"], row["option"]), int(row["base"])
        question = questionnaire.questions[key[0]]
        if row["statistic"] == "ratio":
            add_volumes(targets, question, key[1], int(row["n"]), base)
            continue
        targets.bases[key] = base
        if row["statistic"] == "mean":
            agree(targets.totals, key, int(row["published"]) * base)
        elif row["statistic"] != "median":
            codes = [option.code for option in question.choices]
            better = codes[: codes.index(key[1])] if row["statistic"] == "cumulative_share" else []
            agree(targets.counts, key, int(row["n"]) - sum(targets.counts[key[0], code] for code in better))
    return targets


def add_volumes(targets: Targets, question: Question, part: str, over: int, under: int) -> None:
    """Turn a published share of volumes into the two sums behind it."""
    quotient = next(each for each in question.parts if each.code == part)
    for name, volume in ((quotient.numerator, over), (quotient.denominator, under)):
        code, _, option = (name or "").partition(".")
        agree(targets.totals, (code, option), volume)


def agree(known: dict[Key, int], key: Key, value: int) -> None:
    """Keep a value; raise ValueError where another source says something else."""
    if known.setdefault(key, value) != value:
        raise ValueError(f"{key}: {known[key]} or {value}?")


def read_rows(name: str) -> list[dict[str, str]]:
    """Read a table beside this script."""
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def draw_survey(questionnaire: Questionnaire) -> Survey:
    """Draw the answers to all questions, in the order of the form."""
    units = read_rows("units.csv")
    regions = list(dict.fromkeys(unit["region"] for unit in units))
    region_lead = dict(zip(regions, 0.3 * noise("region", len(regions)), strict=True))
    leads = np.array([CLASS_LEAD[unit["class"]] + region_lead[unit["region"]] for unit in units])
    general = leads + noise("general", len(units))
    maturity = {
        section.id: 0.8 * general + 0.6 * noise(f"maturity {section.id}", len(units))
        for section in questionnaire.sections
    }
    diligence = 0.4 * general + noise("diligence", len(units))
    survey = Survey(questionnaire, read_targets(questionnaire), units, maturity, diligence)
    for section in questionnaire.sections:
        for question in section.questions:
            if question.is_asked:
                draw_question(survey, section.id, question)
    return survey


def draw_question(survey: Survey, section: str, question: Question) -> None:
    """Draw who answers a question, then what."""
    everyone = len(survey.units)
    rows = respondents(survey, section, question)
    leaning = survey.maturity[section]
    if question.role == "descriptive":
        leaning = np.zeros(everyone)
    if question.type in CHOICE_TYPES:
        choose(survey, question, rows, leaning)
    elif question.type == "multiple":
        tick(survey, question, rows, leaning)
    elif question.code == "Q04":
        count_volumes(survey, rows, leaning)
    else:
        count(survey, question, rows, leaning)
    silent = [row for row in range(everyone) if row not in rows]
    for row in silent[: NOT_APPLICABLE.get(question.code, 0)]:
        survey.answers[question.code][row] = "不适用"


def respondents(survey: Survey, section: str, question: Question) -> NDArray[np.intp]:
    """Return the rows of those who answer; questions of a section with one base are answered by the same."""
    everyone, base = len(survey.units), survey.targets.base(question.code)
    asked = np.ones(everyone, dtype=bool)
    if question.condition is not None:
        known = {name.key: survey.chosen[name.question] for name in names(question.condition)}
        asked = evaluate(question.condition, known, option_position(survey.questionnaire)).values > 0
    if base > asked.sum():
        raise ValueError(f"{question.code}: {base} answers from {asked.sum()} who are asked")
    eagerness = survey.diligence + noise(f"answers {section} {base}", everyone)
    return np.sort(np.argsort(np.where(asked, -eagerness, np.inf), kind="stable")[:base])


def choose(survey: Survey, question: Question, rows: NDArray[np.intp], leaning: Floats) -> None:
    """Hand out the options from the best down to the cities from the most mature down."""
    counts = {option.code: survey.targets.counts.get((question.code, option.code), 0) for option in question.choices}
    if question.type == "yesno":
        counts["no"] = len(rows) - counts["yes"]
    options = [position for position, count in enumerate(counts.values()) for _ in range(count)]
    order = rows[np.argsort(-draw(question.code, leaning)[rows], kind="stable")]
    labels = [option.name.say("both") for option in question.choices]
    survey.chosen[question.code] = np.full(len(survey.units), np.nan)
    survey.chosen[question.code][order] = options
    survey.answers[question.code] = {int(row): labels[option] for row, option in zip(order, options, strict=True)}


def tick(survey: Survey, question: Question, rows: NDArray[np.intp], leaning: Floats) -> None:
    """Tick each option for the cities that lean to it most, at least one option a city."""
    options = list(zip(question.keys, question.options, strict=True))
    inclination = np.column_stack([draw(key, leaning * (option.code != "other")) for key, option in options])
    ticks = np.zeros(inclination.shape, dtype=bool)
    for column, (_, option) in enumerate(options):
        count = survey.targets.counts.get((question.code, option.code), 0)
        ticks[rows[np.argsort(-inclination[rows, column], kind="stable")[:count]], column] = True
    pass_on_ticks(ticks, inclination, rows)
    for column, (key, option) in enumerate(options):
        survey.answers[key] = {int(row): "√" for row in np.flatnonzero(ticks[:, column])}
        spared = len(rows) - survey.targets.bases.get((question.code, option.code), len(rows))
        without = [int(row) for row in rows[np.argsort(inclination[rows, column])] if not ticks[row, column]]
        survey.answers[key] |= dict.fromkeys(without[:spared], "不适用")


def pass_on_ticks(ticks: NDArray[np.bool_], inclination: Floats, rows: NDArray[np.intp]) -> None:
    """Give each city without a tick one that costs least from a city with several, in place; counts stay."""
    for row in rows[~ticks[rows].any(axis=1)]:
        can_give = ticks & (ticks.sum(axis=1, keepdims=True) > 1)
        cost = np.where(can_give, inclination - inclination[row], np.inf)
        giver, column = np.unravel_index(np.argmin(cost), cost.shape)
        ticks[giver, column], ticks[row, column] = False, True


def count(survey: Survey, question: Question, rows: NDArray[np.intp], leaning: Floats) -> None:
    """Hand out the listed values, or share out a total unevenly, the most to the most mature."""
    sign = -1 if question.code in FEWER_IS_BETTER else 1
    for key, part in zip(question.keys, question.parts or (None,), strict=True):
        target = question.code, part.code if part else ""
        inclination = draw(key, leaning)[rows]
        if target in survey.targets.listed:
            values = np.sort(survey.targets.listed[target])[::-sign]
            ranked = rows[np.argsort(-inclination, kind="stable")]
            numbers = dict(zip(ranked.tolist(), values.tolist(), strict=True))
        else:
            shared = share_out(survey.targets.totals[target], np.exp(0.6 * inclination))
            numbers = dict(zip(rows.tolist(), shared.tolist(), strict=True))
        survey.answers[key] = {row: int(value) if value == int(value) else value for row, value in numbers.items()}


def count_volumes(survey: Survey, rows: NDArray[np.intp], leaning: Floats) -> None:
    """Share out each channel's volume by population among the cities that have it open; the total is their sum."""
    population = np.array([float(survey.units[row]["population"]) for row in rows])
    total = np.zeros(len(rows), dtype=np.int64)
    for part in survey.questionnaire.questions["Q04"].parts[:-1]:
        is_open = np.array([survey.answers[f"Q01.{part.code}"].get(int(row)) == "√" for row in rows])
        if part.code == "other":
            is_open[:] = True
        weight = population * np.exp(0.3 * leaning + 0.5 * noise(f"Q04 {part.code}", len(leaning)))[rows] * is_open
        volumes = share_out(survey.targets.totals["Q04", part.code], weight)
        survey.answers[f"Q04.{part.code}"] = dict(zip(rows.tolist(), volumes.tolist(), strict=True))
        total += volumes
    if total.sum() != survey.targets.totals["Q04", "total"]:
        raise ValueError(f"the channels add up to {total.sum()}")
    survey.answers["Q04.total"] = dict(zip(rows.tolist(), total.tolist(), strict=True))


def share_out(total: int, weights: Floats) -> NDArray[np.int64]:
    """Split a total into whole numbers in proportion to weights; the largest remainders get what is left over."""
    exact = total * weights / weights.sum()
    whole: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    whole[np.argsort(whole - exact, kind="stable")[: total - whole.sum()]] += 1
    return whole


def draw(purpose: str, leaning: Floats) -> Floats:
    """Return how much each city inclines to an answer: its maturity and chance."""
    return leaning + 0.8 * noise(purpose, len(leaning))


def noise(purpose: str, size: int) -> Floats:
    """Return standard normal draws that depend on the seed and the purpose alone, not on the order of calls."""
    return np.random.default_rng([SEED, zlib.crc32(purpose.encode())]).standard_normal(size)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "responses")
