import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop>
</item>
</oor:items>
"""


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
