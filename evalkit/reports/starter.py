"""The files that ``evalkit init`` starts a study with, explained in the language of whoever will work with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evalkit.messages import Language, word
from evalkit.sources.ledger import COLUMNS

README = "README.txt"
"""Name of the file that says what to do in which order."""

_STUDY = (
    ("study: {name}", ""),
    ("name: {{zh: 政务热线数字化转型评估, en: Hotline digital transformation}}", ""),
    ("indicators: builtin:digital-transformation", "indicators"),
    ("units: units.csv", "units"),
    ("questionnaire: builtin:digital-transformation", "questionnaire"),
    ("awards: [awards.yaml]", "awards"),
    ('wave: "{wave}"', "wave"),
    ("data:", ""),
    ("  survey: responses/*.xlsx", "survey"),
    ("  # exports: [{{file: export.xlsx, profile: builtin:wjx-text, unit: 您所在的城市}}]", "exports"),
    ("  # values: values.csv", "values"),
    ("corrections: corrections.csv", "corrections"),
    ("# waves: [earlier-results]", "waves"),
    ("# notice: {{zh: 内部资料, en: Confidential}}", "notice"),
    ("recipe:", ""),
    ("  ties: min", "ties"),
    ("  peer_groups: [class]", "peer_groups"),
)
"""Lines of the study file, with the key of the comment behind each."""
_CHINESE_UNITS = """\
unit,name,class,region,aliases
U01,示例甲市,地级市,华东,甲市政务热线
U02,示例乙市,地级市,华南,
U03,示例丙市,副省级市,西南,
"""
_ENGLISH_UNITS = """\
unit,name,class,region,aliases
U01,Example City A,prefecture,East,City A Hotline
U02,Example City B,prefecture,South,
U03,Example City C,sub-provincial,Southwest,
"""
_AWARDS = """\
id: awards
version: "1"
name: {{zh: 示例奖项, en: Example awards}}
source: {source}
one_rung: true          # {ladder}
awards:
  - id: top-ten
    name: {{zh: 十佳, en: Top ten}}
    rule: {{method: top, count: 10, ties: share}}
    attestation: placeholder, to be set by the organiser
  - id: pioneer
    name: {{zh: 先锋, en: Pioneer}}
    rule: {{method: band, low: 80}}
    attestation: placeholder, to be set by the organiser
"""
_COMMENT_COLUMN = 46


def write_study(folder: Path, wave: str = "2026", *, language: Language = "both") -> None:
    """Write study.yaml, units.csv, awards.yaml, corrections.csv, :data:`README` and the empty folder ``responses``.

    Comments, headers and the example units speak ``language``; where both do, names and headers are Chinese. Raises
    ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in folder.resolve().name)
    filled = {"name": name.strip("-.") or "study", "wave": wave}
    lines = [(text.format(**filled), key) for text, key in _STUDY]
    first = f"# {word('starter_study', language)}: evalkit indicators schema study > study.schema.json\n"
    _write(folder / "study.yaml", first + "".join(_commented(lines, language)))
    source, ladder = word("starter_awards_source", language), word("starter_ladder", language)
    _write(folder / "awards.yaml", _AWARDS.format(source=source, ladder=ladder))
    side = int(language != "en")
    header = ",".join(spellings[-1] if side else spellings[0] for spellings in COLUMNS.values())
    _write(folder / "units.csv", _CHINESE_UNITS if side else _ENGLISH_UNITS, encoding="utf-8-sig")
    _write(folder / "corrections.csv", f"{header}\n", encoding="utf-8-sig")
    sides: tuple[Language, ...] = ("zh", "en") if language == "both" else (language,)
    readme = "\n".join(word("starter_readme", each) for each in sides)
    _write(folder / README, readme, encoding="utf-8-sig")
    (folder / "responses").mkdir(exist_ok=True)


def _commented(lines: Sequence[tuple[str, str]], language: Language) -> list[str]:
    """Return the lines with their comments, which begin in one column."""
    return [
        f"{text.ljust(_COMMENT_COLUMN)} # {word(f'starter_{key}', language)}\n" if key else f"{text}\n"
        for text, key in lines
    ]


def _write(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.write_text(text, encoding=encoding, newline="\n")
