import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evalkit.evaluate import Evaluation, load
from evalkit.reports.folder import write
from evalkit.uncertainty import assessment
from tests.small_studies import TREE, VALUES, values_study

_CHINESE = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "wqy-microhei.ttc", "msyh.ttc", "simhei.ttf")
_PLACES = (Path("/usr/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop>
</item>
</oor:items>
"""


@pytest.fixture
def office_pdf(tmp_path: Path) -> Callable[[Path], str]:
    """Print a document to PDF by headless LibreOffice, beside it, and return the text of the PDF in its layout."""
    program, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if program is None or reader is None:
        pytest.skip("LibreOffice or poppler is not installed")

    def printed(document: Path) -> str:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(document.parent),
            str(document),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        command = [reader, "-layout", str(document.with_suffix(".pdf")), "-"]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()

    return printed


@pytest.fixture
def office(tmp_path: Path) -> Callable[[Path], Path]:
    """Open a workbook in headless LibreOffice, compute all formulas anew, and save it elsewhere as .xlsx."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_RECALCULATE, encoding="utf-8")
    out = tmp_path / "saved"

    def save(workbook: Path) -> Path:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(workbook)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return out / workbook.name

    return save


def _with_errors(node: dict[str, Any]) -> dict[str, Any]:
    """The tree with a column of standard errors beside each measure."""
    if "measure" in node:
        column = node["measure"]["column"]
        return node | {"measure": {"column": column, "se": f"{column}_se"}}
    return node | {"children": [_with_errors(child) for child in node["children"]]}


@pytest.fixture(scope="session")
def two_waves(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """The study of values with rank intervals and an earlier wave, in which U1 was first and U2 had no value yet."""
    folder, tree = tmp_path_factory.mktemp("waves"), _with_errors(TREE)
    errors = [("a1_se", "a2_se", "b1_se"), *[("4", "4", "4")] * 4]
    now = [(*row, *more) for row, more in zip(VALUES, errors, strict=True)]
    then = [now[0], ("U1", "99", "99", "99", *errors[1]), ("U2", "", "", "", *errors[1]), *now[3:]]
    choices: dict[str, Any] = {"uncertainty": {"seed": 1, "replicates": 200}, "recipe": {"peer_groups": ["class"]}}
    first = values_study(folder / "first", then, tree=tree, wave="2024", **choices)
    second = values_study(folder / "second", now, tree=tree, wave="2025", waves=["earlier"], **choices)
    write(assessment.run(load(first)), folder / "second" / "earlier", excel=False, page=False)
    return assessment.run(load(second))


@pytest.fixture(scope="session")
def chinese_font() -> Path:
    """A font file with Chinese letters."""
    for place in _PLACES:
        for name in _CHINESE:
            for path in place.rglob(name):
                return path
    pytest.skip("no Chinese font is installed")
