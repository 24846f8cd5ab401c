"""How much a template may do: steps are counted while it is rendered, so that one that never ends is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import Environment, nodes, pass_environment, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as OF_JINJA
from jinja2.nodes import EvalContext

MOST_STEPS = 2_000_000
"""A step is a node of the template that is evaluated in a loop, or an element or letter that a filter goes through."""
MOST_LETTERS = 32_000_000
"""Letters of the XML of a document."""
LONGEST_TEXT = 50_000
"""Letters of a text that a template puts together."""
_PICTURE_STEPS = 1_000
_MOST_DECIMALS = 15
_LARGEST_BITS = 1_024
_OF_ONE_VALUE = frozenset({"abs", "float", "int", "lower", "round", "string", "title", "trim", "upper"})
COUNTED = "counted"
"""Name of the filter of loops, which no template may name."""
_SIZED = (str, list, tuple, dict)


class TooMuchError(SecurityError):
    """A template asks for more than it may."""


class Work:
    """What is left of the steps of one document, and the filters and operators that take of it."""

    def __init__(self) -> None:
        """Begin with all."""
        self.left, self.letters = MOST_STEPS, MOST_LETTERS

    def take(self, steps: int) -> None:
        """Take steps. Raises TooMuchError where too few are left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchError("steps")

    def text(self, text: str) -> str:
        """Return a text that was put together. Raises TooMuchError where it is too long."""
        self.take(len(text))
        if len(text) > LONGEST_TEXT:
            raise TooMuchError("text")
        return text

    def counted(self, loop: Iterable[Any], steps: int) -> Iterator[Any]:
        """Yield the elements of a loop, each for the steps of its body."""
        for element in loop:
            self.take(steps)
            yield element

    def joined(self, parts: Iterable[str]) -> str:
        """Return a part of the document. Raises TooMuchError where the document becomes too long."""
        kept = []
        for part in parts:
            kept.append(part)
            self.letters -= len(part)
            if self.letters < 0:
                raise TooMuchError("letters")
        return "".join(kept)

    def printed(self, value: Any) -> None:  # noqa: ANN401 - any value of a template
        """Take the steps of printing a value; a list or mapping is not printed."""
        if isinstance(value, list | tuple | dict):
            raise SecurityError("list")
        self.take(_PICTURE_STEPS if hasattr(value, "__html__") and not isinstance(value, str) else 1)

    def added(self, left: Any, right: Any) -> Any:  # noqa: ANN401 - as above
        """Return the sum of two numbers or texts. Raises SecurityError for lists."""
        if isinstance(left, list | tuple) or isinstance(right, list | tuple):
            raise SecurityError("+")
        total = left + right
        return self.text(total) if isinstance(total, str) else total

    def multiplied(self, left: Any, right: Any) -> Any:  # noqa: ANN401 - as above
        """Return the product of two numbers; a text times a number fills the memory, and so do great numbers."""
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError("*")
        if sum(each.bit_length() for each in (left, right) if isinstance(each, int)) > _LARGEST_BITS:
            raise TooMuchError("number")
        return left * right

    def filters(self, names: Iterable[str]) -> dict[str, Callable[..., Any]]:
        """Return these filters of Jinja2, taking steps, and the one that :func:`with_counted_loops` puts in."""
        own = {"round": _rounded, "sum": _summed}
        made = {name: self._taking(name, own.get(name, OF_JINJA[name])) for name in names}
        return made | {"join": self._join(), COUNTED: self.counted}

    def _taking(self, name: str, apply: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(apply)
        def taking(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the filter takes
            if name in _OF_ONE_VALUE and any(isinstance(each, list | tuple | dict) for each in given):
                raise SecurityError(name)
            self.take(1 + sum(len(each) for each in given if isinstance(each, _SIZED)))
            found = apply(*given, **named)
            self.take(len(found) if isinstance(found, list) else 0)
            return self.text(found) if isinstance(found, str) else found

        return taking

    def _join(self) -> Callable[..., Any]:
        @pass_eval_context
        def join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | None = None) -> Any:  # noqa: ANN401 - as Jinja2 has it
            parts = list(value)
            self.take(len(parts) * (1 + len(str(d))))
            if attribute is None and any(isinstance(each, list | tuple | dict) for each in parts):
                raise SecurityError("join")
            return self.text(OF_JINJA["join"](context, parts, d, attribute))

        return join


def _rounded(value: float, precision: int = 0, method: str = "common") -> float:
    if abs(precision) > _MOST_DECIMALS:
        raise TooMuchError("round")
    rounded: float = OF_JINJA["round"](value, precision, method)
    return rounded


@pass_environment
def _summed(environment: Environment, values: Iterable[Any], attribute: str | None = None, start: float = 0) -> Any:  # noqa: ANN401 - as Jinja2 has it
    """Sum numbers; lists put together would grow."""
    if not isinstance(start, int | float):
        raise SecurityError("sum")
    return OF_JINJA["sum"](environment, values, attribute, start)


def with_counted_loops(tree: nodes.Template) -> nodes.Template:
    """Return the template with every loop counted, and texts put together by “~” joined by the filter that counts."""
    for loop in list(tree.find_all(nodes.For)):
        steps = 1 + _size(loop.body) + (_size([loop.test]) if loop.test else 0)
        loop.iter = _filtered(loop.iter, COUNTED, nodes.Const(steps))
    for parent in reversed([tree, *tree.find_all(nodes.Node)]):  # what is within comes first
        for name, value in parent.iter_fields():
            setattr(parent, name, [_joining(each) for each in value] if isinstance(value, list) else _joining(value))
    return tree


def _size(body: Iterable[nodes.Node]) -> int:
    """Return the number of nodes, without those within loops, which count themselves."""
    return sum(1 + (0 if isinstance(each, nodes.For) else _size(each.iter_child_nodes())) for each in body)


def _joining(node: Any) -> Any:  # noqa: ANN401 - a node, or what else is a field of one
    if not isinstance(node, nodes.Concat):
        return node
    return _filtered(nodes.List(node.nodes, lineno=node.lineno, environment=node.environment), "join")


def _filtered(node: nodes.Node, name: str, *given: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(given), [], None, None, lineno=node.lineno, environment=node.environment)
