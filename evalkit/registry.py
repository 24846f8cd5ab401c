"""Plug-ins: readers, scoring rules, normalisations, weightings and means of one's own, each a plain function.

A package offers functions by entry points of the groups in :data:`GROUPS`; a file names them in the tuples of
:data:`LISTS`. A file of a study is run only where the caller allows it: it can do whatever Python can.

- a reader: ``(path) -> rows``, each a mapping with ``unit`` and ready-made values by column
- a rule: ``(answers) -> points``; ``answers`` (units, cells of the question) has numbers, positions of chosen options
  from 0, or ticks 1 and 0; ``points`` (units,)
- a normalisation: ``(values) -> scores``, both (units,); a keyword ``higher_is_better`` is filled in where it is asked
- a weighting: ``(scores) -> weights``; ``scores`` (units, children), ``weights`` (children,), none negative
- an aggregation: ``(scores, weights) -> score``; both (units, children), the weights of a row sum to one; (units,)

NaN is “no value” everywhere. Further parameters are keywords, and are the settings that a definition may give.
"""

from __future__ import annotations

import inspect
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata, util
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from evalkit.problems import Place, Problem, problem
from evalkit.provenance import sha256

Kind = Literal["readers", "rules", "normalisations", "weightings", "aggregations"]
KINDS: tuple[Kind, ...] = ("readers", "rules", "normalisations", "weightings", "aggregations")
GROUPS: Mapping[Kind, str] = {kind: f"evalkit.{kind}" for kind in KINDS}
"""Groups of entry points."""
LISTS: Mapping[Kind, str] = {
    "readers": "READERS",
    "rules": "RULES",
    "normalisations": "NORMALISATIONS",
    "weightings": "WEIGHTINGS",
    "aggregations": "AGGREGATIONS",
}
"""Names in a file that hold its functions."""
SettingType = Literal["float", "int", "bool", "str"]

_POSITIONAL: Mapping[Kind, int] = {
    "readers": 1, "rules": 1, "normalisations": 1, "weightings": 1, "aggregations": 2,
}  # fmt: skip
_TYPES: Mapping[str, SettingType] = {"float": "float", "int": "int", "bool": "bool", "str": "str"}
_FILLED_IN = "higher_is_better"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of a plug-in, with the type of its values; without a default it must be given."""

    name: str
    type: SettingType
    required: bool


@dataclass(frozen=True, slots=True)
class PlugIn:
    """A function with its name, its settings, the first line of what it says of itself, and where it is from."""

    kind: Kind
    name: str
    function: Callable[..., Any]
    settings: tuple[Setting, ...]
    summary: str
    origin: str
    wants_direction: bool = False


@dataclass(frozen=True, slots=True)
class Registry:
    """The plug-ins that definitions may name; ``incomplete`` where some that are asked for were not allowed to load."""

    plug_ins: Mapping[tuple[Kind, str], PlugIn] = field(default_factory=dict)
    incomplete: bool = False

    def of(self, kind: Kind) -> list[PlugIn]:
        """Return the plug-ins of a kind, by name."""
        return sorted((each for each in self.plug_ins.values() if each.kind == kind), key=lambda each: each.name)

    def find(self, kind: Kind, name: str) -> PlugIn | None:
        """Return a plug-in."""
        return self.plug_ins.get((kind, name))


NO_PLUG_INS = Registry()


def gathered(found: Iterable[PlugIn], place: Place, *, incomplete: bool = False) -> tuple[Registry, list[Problem]]:
    """Return the registry of plug-ins; a name that stands twice is a finding (``EK359``)."""
    plug_ins: dict[tuple[Kind, str], PlugIn] = {}
    problems = []
    for each in found:
        first = plug_ins.setdefault((each.kind, each.name), each)
        if first is not each:
            about = {"name": each.name, "first": first.origin, "second": each.origin}
            problems.append(problem("EK359", place, **about))
    return Registry(plug_ins, incomplete), problems


def installed(place: Place) -> tuple[list[PlugIn], list[Problem]]:
    """Load the plug-ins that installed packages offer by entry points."""
    offered: list[tuple[Kind, str, Any, str]] = []
    problems: list[Problem] = []
    for kind in KINDS:
        for entry in sorted(metadata.entry_points(group=GROUPS[kind]), key=lambda each: each.name):
            origin = entry.dist.name if entry.dist is not None else entry.value
            try:
                offered.append((kind, entry.name, entry.load(), origin))
            except Exception as error:  # noqa: BLE001 - whatever the code of others does
                problems.append(problem("EK358", place, path=origin, error=f"{type(error).__name__}: {error}"))
    found, more = _sorted_out(offered, place)
    return found, [*problems, *more]


def from_file(path: Path, shown_as: str) -> tuple[list[PlugIn], list[Problem]]:
    """Run a file and return the plug-ins that it lists; its own errors become findings (``EK358``)."""
    place = Place(file=shown_as)
    try:
        module = _run(path)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the code of others does
        place = place.at(line=_line(error, path))
        return [], [problem("EK358", place, path=shown_as, error=f"{type(error).__name__}: {error}")]
    offered = [(kind, getattr(each, "__name__", str(each)), each, shown_as) for kind, each in _listed(module)]
    if not offered:
        return [], [problem("EK360", place, path=shown_as, allowed=", ".join(LISTS.values()))]
    return _sorted_out(offered, place)


def _run(path: Path) -> ModuleType:
    """Run a file as a module of its own; no bytecode is left beside it."""
    spec = util.spec_from_file_location(f"evalkit_plug_in_{sha256(str(path).encode())[:16]}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path.name)
    module = util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def _line(error: BaseException, path: Path) -> int | None:
    if isinstance(error, SyntaxError):
        return error.lineno
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename == str(path)]
    return frames[-1].lineno if frames else None


def _listed(module: ModuleType) -> Iterator[tuple[Kind, Any]]:
    for kind in KINDS:
        functions = getattr(module, LISTS[kind], ())
        for function in functions if isinstance(functions, list | tuple) else (functions,):
            yield kind, function


def _plug_in(kind: Kind, name: str, function: Callable[..., Any], origin: str) -> PlugIn:
    """Return a function as a plug-in. Raises TypeError or ValueError where its parameters are not those of one."""
    parameters = list(inspect.signature(function).parameters.values())
    positional = [each for each in parameters if each.kind in {each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD}]
    keywords = [each for each in parameters if each.kind is each.KEYWORD_ONLY]
    if len(positional) != _POSITIONAL[kind] or len(positional) + len(keywords) != len(parameters):
        raise TypeError(", ".join(str(each) for each in parameters))
    wants_direction = kind == "normalisations" and any(each.name == _FILLED_IN for each in keywords)
    settings = tuple(_setting(each) for each in keywords if not (wants_direction and each.name == _FILLED_IN))
    summary = (inspect.getdoc(function) or "").partition("\n")[0]
    return PlugIn(kind, name, function, settings, summary, origin, wants_direction)


def _sorted_out(offered: Iterable[tuple[Kind, str, Any, str]], place: Place) -> tuple[list[PlugIn], list[Problem]]:
    """Part what can be a plug-in from what cannot (``EK356``)."""
    found: list[PlugIn] = []
    problems: list[Problem] = []
    for kind, name, function, origin in offered:
        try:
            found.append(_plug_in(kind, name, function, origin))
        except (TypeError, ValueError) as error:
            about = {"name": name, "path": origin, "count": _POSITIONAL[kind], "detail": str(error)}
            problems.append(problem("EK356", place, **about))
    return found, problems


def _setting(parameter: inspect.Parameter) -> Setting:
    annotation = parameter.annotation
    if annotation is parameter.empty:
        annotation = float if parameter.default is parameter.empty else type(parameter.default)
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    if name not in _TYPES:
        raise TypeError(f"{parameter.name}: {name}")
    return Setting(parameter.name, _TYPES[name], parameter.default is parameter.empty)
