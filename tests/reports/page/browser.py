"""Pages opened in Debian's Chromium, whatever they say or ask for kept; skipped where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def browser() -> Iterator[Any]:
    """Start the browser, once a module: it takes a second."""
    program = shutil.which("chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    if program is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield launched
        launched.close()


@contextmanager
def opened(browser: Any, html: str, folder: Path, *, hash_part: str = "", **context: Any) -> Iterator[Any]:  # noqa: ANN401 - of playwright, which may be absent
    """Open a page from a file; no error, no warning and no request for anything else may have come up by the end."""
    path = folder / "page.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_context(**context).new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{path.as_uri()}{hash_part}")
    yield page
    page.context.close()
    assert said == []
    assert {url.split("#")[0] for url in asked} == {path.as_uri()}
