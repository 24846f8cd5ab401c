"""``evalkit doctor``: whether the installation is whole and this machine will do."""

from __future__ import annotations

import io
import platform
import sys
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import get_args

import click

from evalkit import library
from evalkit.cli.command import EvalkitCommand, format_option, language, language_option
from evalkit.cli.main import DONE, FINDINGS
from evalkit.cli.output import print_json
from evalkit.messages import word
from evalkit.provenance import package_versions, version

Check = Callable[[], str]


@click.command(cls=EvalkitCommand, key="doctor")
@format_option("text", "json")
@language_option
def doctor(output_format: str) -> None:
    """Check the installation and this machine."""
    chosen = language()
    results: list[dict[str, str | bool]] = []
    for name, check in CHECKS.items():
        try:
            results.append({"check": name, "fine": True, "detail": check()})
        except Exception as error:  # noqa: BLE001 - whatever is broken is the finding
            results.append({"check": name, "fine": False, "detail": f"{type(error).__name__}: {error}"})
    fine = all(each["fine"] for each in results)
    if output_format == "json":
        print_json({"evalkit": version(), "fine": fine, "checks": results}, [], chosen)
    else:
        click.echo(f"evalkit {version()}")
        for each in results:
            state = word("doctor_fine" if each["fine"] else "doctor_wrong", chosen)
            click.echo(f"[{state}] {word('doctor_' + str(each['check']), chosen)}: {each['detail']}")
    sys.exit(DONE if fine else FINDINGS)


def _python() -> str:
    return f"{platform.python_version()} ({platform.system()} {platform.machine()})"


def _packages() -> str:
    lacking = [name for name, found in package_versions().items() if not found]
    if lacking:
        raise metadata.PackageNotFoundError(", ".join(lacking))
    return ", ".join(f"{name} {found}" for name, found in package_versions().items())


def _builtins() -> str:
    counts = {kind: len(list(library.builtins(kind))) for kind in get_args(library.Kind)}
    if not counts["indicators"] or not counts["questionnaire"]:
        raise FileNotFoundError(str(library.root()))
    return ", ".join(f"{kind} {count}" for kind, count in counts.items())


def _encoding() -> str:
    return f"{sys.stdout.encoding} (errors={sys.stdout.errors})"


def _temporary() -> str:
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "测试.txt"
        probe.write_text("测试", encoding="utf-8")
        return str(Path(folder).parent)


def _excel() -> str:
    import xlsxwriter  # noqa: PLC0415 - late: only this check needs it

    from evalkit.problems import NOWHERE  # noqa: PLC0415 - beside the others
    from evalkit.sources import workbook  # noqa: PLC0415 - late, as above

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("测试").write_string(0, 0, "=1+1")
    read, problems = workbook.read(buffer.getvalue(), NOWHERE)
    if read is None or read.sheets[0].rows[0][0] != "=1+1":
        raise ValueError("; ".join(each.message("en") for each in problems) or "the text came back changed")
    return "XlsxWriter, python-calamine"


CHECKS: dict[str, Check] = {
    "python": _python,
    "packages": _packages,
    "builtins": _builtins,
    "encoding": _encoding,
    "temporary": _temporary,
    "excel": _excel,
}
