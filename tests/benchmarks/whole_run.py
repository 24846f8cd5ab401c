"""The whole run at 79, 333 and 3,330 units: ``python tests/benchmarks/whole_run.py``.

Prints CPU per unit, which should not grow with the number of units. The workbooks are blank forms of the shipped
questionnaire filled with the answers of twenty cities of the example, known by their file names.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import evalkit
from evalkit.definitions.questionnaire import Questionnaire
from evalkit.reports.template import write_form

EXAMPLE = Path(__file__).parents[2] / "examples" / "cities79" / "study.yaml"
SIZES = (79, 333, 3330)
PATTERNS = 20
STUDY = """\
study: scale
indicators: builtin:digital-transformation
questionnaire: builtin:digital-transformation
units: units.csv
data: {survey: responses/*.xlsx}
recipe: {peer_groups: [class]}
"""


def patterns(folder: Path) -> list[Path]:
    """Write the twenty filled forms."""
    project = evalkit.load(EXAMPLE)
    observations = project.run()["observations"]
    if project.bundle.questionnaire is None:
        raise ValueError("the example has a questionnaire")
    questionnaire: Questionnaire = project.bundle.questionnaire[0]
    paths = []
    for unit in observations["unit"].unique()[:PATTERNS]:
        rows = observations[(observations["unit"] == unit) & (observations["raw"] != "")]
        answers = {row.question + (f".{row.item}" if row.item else ""): row.raw for row in rows.itertuples()}
        paths.append(folder / f"{unit}.xlsx")
        write_form(questionnaire, paths[-1], answers=answers)
    return paths


def make_study(folder: Path, forms: list[Path], units: int) -> Path:
    """Lay out a study of so many units."""
    (folder / "responses").mkdir(parents=True)
    lines = ["unit,name,class"]
    for number in range(units):
        lines.append(f"S{number:05d},Unit {number},{'ABC'[number % 3]}")
        shutil.copy(forms[number % len(forms)], folder / "responses" / f"S{number:05d}.xlsx")
    (folder / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    return folder / "study.yaml"


def main() -> None:
    """Run each size once and print CPU, total and by unit."""
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        forms = patterns(base)
        for units in SIZES if len(sys.argv) == 1 else [int(text) for text in sys.argv[1:]]:
            study = make_study(base / str(units), forms, units)
            start = time.process_time()
            evaluation = evalkit.load(study).run()
            evaluated = time.process_time()
            evalkit.write(evaluation, base / f"out{units}")
            written = time.process_time()
            print(
                f"{units:5d} units: evaluated {evaluated - start:6.2f} s, written {written - evaluated:6.2f} s CPU; "
                f"{1000 * (written - start) / units:.1f} ms a unit"
            )


if __name__ == "__main__":
    main()
