"""What the pages share: their files, the environment of their templates, and their content security policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from evalkit.messages import Language, word

_FILES = "evalkit.reports.page"


def fill(template: str, language: Language, scripts: Sequence[str] = (), **content: object) -> str:
    """Return a page from a template, with ``page.css`` and the script files named.

    All text is escaped. The policy allows no style and no script but these, and nothing to be loaded.
    """
    style, code = packaged("page.css"), [packaged(name) for name in scripts]
    allowed = " ".join(map(_hash, code)) or "'none'"
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {allowed}; base-uri 'none'; form-action 'none'"

    def say(key: str, **params: Any) -> str:  # noqa: ANN401 - whatever fills the words
        return word(key, language, **params)

    common = _environment().get_template("macros.html.j2").make_module()
    return (
        _environment()
        .get_template(template)
        .render(
            language="en" if language == "en" else "zh-CN",
            policy=policy,
            style=Markup(style),  # noqa: S704 - our own file
            scripts=[Markup(each) for each in code],  # noqa: S704 - our own files
            word=say,
            common=common,
            **content,
        )
    )


@cache
def _environment() -> Environment:
    """Return the environment of all templates, which keeps them compiled for the many pages that they make."""
    return Environment(
        loader=FunctionLoader(packaged),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def packaged(name: str) -> str:
    """Return the text of a file of the pages."""
    return (resources.files(_FILES) / "files" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
