"""The environment in which a template is rendered: plain values, few filters, no calls, nothing that can grow."""

from __future__ import annotations

from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

FILTERS = frozenset({
    "abs", "default", "d", "first", "float", "int", "join", "last", "length", "count", "list", "lower", "max", "min",
    "rejectattr", "reverse", "round", "selectattr", "sort", "string", "sum", "title", "trim", "unique", "upper",
})  # fmt: skip
"""What a template may use behind a “|”."""


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, narrower: nothing can be called, and products are of numbers only.

    A template is a text from outside; what it may do is to choose, to loop and to print.
    """

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        """Escape everything, load nothing."""
        super().__init__(autoescape=True, finalize=_printed)
        self.globals.clear()
        self.filters = {name: each for name, each in self.filters.items() if name in FILTERS}

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401, ARG002 - as Jinja2 has it
        """Refuse all calls."""
        return False

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as above
        """Multiply numbers only; a text times a number fills the memory."""
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


def _printed(value: Any) -> Any:  # noqa: ANN401 - any value of a template
    """Return a number with two decimals, a whole one with none, and nothing for no value."""
    if value is None or isinstance(value, Undefined):
        return ""
    return f"{value:.2f}" if isinstance(value, float) else value
