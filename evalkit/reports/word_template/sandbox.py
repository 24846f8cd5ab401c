"""The environment in which a template is rendered: plain values, few filters, no calls, counted steps."""

from __future__ import annotations

from typing import Any

from jinja2 import Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from evalkit.reports.word_template.work import Work, with_counted_loops

FILTERS = frozenset({
    "abs", "default", "d", "first", "float", "int", "join", "last", "length", "count", "list", "lower", "max", "min",
    "rejectattr", "reverse", "round", "selectattr", "sort", "string", "sum", "title", "trim", "unique", "upper",
})  # fmt: skip
"""What a template may use behind a “|”."""


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, narrower: nothing can be called, products are of numbers only, and what is done is counted.

    A template is a text from outside; what it may do is to choose, to loop and to print. One environment is for one
    document: its ``work`` is used up by it (:class:`~evalkit.reports.word_template.work.Work`).
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self) -> None:
        """Escape everything, load nothing."""
        self.work = Work()
        super().__init__(autoescape=True, finalize=self._printed)
        self.globals.clear()
        self.filters = self.work.filters(FILTERS)
        self.concat = self.work.joined  # type: ignore[method-assign]

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401, ARG002 - as Jinja2 has it
        """Refuse all calls."""
        return False

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as above
        """Add and multiply within limits; no power, and no text with ``%`` in it is filled."""
        if operator == "+":
            return self.work.added(left, right)
        if operator == "*":
            return self.work.multiplied(left, right)
        if operator == "**" or not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        return super()._generate(with_counted_loops(source), name, filename, defer_init)

    def _printed(self, value: Any) -> Any:  # noqa: ANN401 - any value of a template
        """Return a number with two decimals, a whole one with none, and nothing for no value."""
        self.work.printed(value)
        if value is None or isinstance(value, Undefined):
            return ""
        return f"{value:.2f}" if isinstance(value, float) else value
