"""Pictures of every section of the page, for people to look at.

``python tests/reports/page/screenshots.py OUT [RUN …]`` opens the page of a made-up study that has every part, of the
example of mystery calls and of each finished run named, in Chinese and English, and writes PNG files to OUT: each
section on a desk and on a phone, the page while other weights are tried, and the pages of the printed version (PDF).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

import evalkit
from evalkit.evaluate import Evaluation
from evalkit.messages import Language
from evalkit.reports.page import page_html
from tests.reports.page.browser import browser
from tests.reports.page.whole_study import whole_study

VIEWS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 800}}
LANGUAGES: tuple[Language, ...] = ("zh", "en")
PIXELS = """() => document.querySelectorAll(".tall").forEach(each => { each.style.maxHeight = "640px"; })"""
"""Heights that do not depend on the window, which is as tall as the page while a picture of all of it is taken."""


def pictures(started: Any, name: str, evaluation: Evaluation, out: Path) -> None:  # noqa: ANN401 - of playwright
    """Write the pictures of a run."""
    for language in LANGUAGES:
        source = out / f"{name}-{language}.html"
        source.write_text(page_html(evaluation, language), encoding="utf-8")
        for view, size in VIEWS.items():
            page = started.new_page(viewport=size, reduced_motion="reduce")
            page.goto(source.as_uri())
            page.screenshot(path=str(out / f"{name}-{language}-{view}-top.png"))
            page.evaluate(PIXELS)
            for part in page.locator("section.part").all():
                anchor = part.get_attribute("aria-labelledby")
                part.screenshot(path=str(out / f"{name}-{language}-{view}-{anchor}.png"))
            if page.locator("#weights").is_visible():
                page.locator("#weights").evaluate("element => { element.open = true; }")
                page.locator("input[data-node]").first.fill("0")
                page.locator("section.part").first.screenshot(path=str(out / f"{name}-{language}-{view}-tried.png"))
            page.close()
        page = started.new_page()
        page.goto(source.as_uri())
        page.pdf(path=str(out / f"{name}-{language}.pdf"), prefer_css_page_size=True)
        page.close()


def main(arguments: list[str]) -> None:
    """Write the pictures of the made-up study, of the mystery calls and of the runs named."""
    out, *runs = (Path(each) for each in arguments)
    out.mkdir(parents=True, exist_ok=True)
    with browser() as started, tempfile.TemporaryDirectory() as folder:
        pictures(started, "whole", whole_study(Path(folder)), out)
        pictures(started, "calls", evalkit.load("examples/audit349/study.yaml").run(), out)
        for run in runs:
            pictures(started, run.name, evalkit.read(run), out)


if __name__ == "__main__":
    main(sys.argv[1:])
