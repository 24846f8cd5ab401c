"""A small study of mystery calls: its protocol, its indicators, and call sheets from plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evalkit.definitions.protocol import Protocol
from evalkit.sources.register import Register, read_register
from tests.small_studies import REGISTER, write_study, write_table, write_yaml

PROTOCOL: dict[str, Any] = {
    "id": "calls",
    "kind": "protocol",
    "version": "1",
    "name": {"zh": "小方案", "en": "Small protocol"},
    "channels": [{"code": "phone", "name": "电话"}, {"code": "web", "name": "网站"}],
    "slots": [{"code": "day", "name": "白天", "start": "09:00", "end": "17:00"}],
    "bases": [{"code": "tried", "name": "全部"}, {"code": "reached", "name": "接通"}],
    "outcomes": [
        {"code": "good", "name": {"zh": "答复正确", "en": "right"}, "reached": True, "bases": ["tried", "reached"]},
        {"code": "wrong", "name": {"zh": "答复错误", "en": "wrong"}, "reached": True, "bases": ["tried", "reached"]},
        {"code": "silent", "name": {"zh": "无人接听", "en": "no answer"}, "reached": False, "bases": ["tried"]},
    ],
    "unreached": "left_out",
    "attempts": {"most": 3, "minutes_apart": 30, "counts": "reached"},
    "double_scoring": {"share": 0.1},
    "scenarios": [
        {"code": "S1", "name": "咨询", "channels": ["phone"], "weight": 3, "script": "问", "expected": "答"},
        {"code": "S2", "name": "投诉", "channels": ["phone", "web"], "weight": 1, "script": "问", "expected": "答"},
    ],
    "items": [
        {
            "code": "G1",
            "text": "是否接通",
            "type": "outcome",
            "base": "tried",
            "points": {"good": 100, "wrong": 100, "silent": 0},
        },
        {"code": "G2", "text": {"zh": "礼貌", "en": "Polite"}, "type": "yesno", "base": "reached", "weight": 3},
        {
            "code": "G3",
            "text": "清楚",
            "type": "scale",
            "base": "reached",
            "not_applicable": True,
            "steps": [{"code": code, "name": code} for code in ("clear", "fair", "unclear")],
        },
        {
            "code": "G4",
            "text": "等待",
            "type": "seconds",
            "base": "reached",
            "channels": ["phone"],
            "best": 15,
            "worst": 65,
        },
        {
            "code": "G5",
            "text": "推诿",
            "type": "count",
            "role": "deduction",
            "base": "reached",
            "deduct_each": 10,
            "deduct_most": 25,
        },
        {"code": "G6", "text": "辱骂", "type": "yesno", "role": "veto", "base": "reached", "when": ["yes"]},
        {"code": "G7", "text": "记录", "type": "text", "role": "descriptive", "base": "tried"},
    ],
}
TREE: dict[str, Any] = {
    "id": "ROOT",
    "name": {"zh": "总指数", "en": "Index"},
    "children": [
        {"id": "A1", "name": "接通", "measure": {"item": "G1", "rule": {"method": "call_rate"}}},
        {"id": "A2", "name": "规范", "measure": {"item": ["G2", "G3", "G5", "G6"]}},
        {
            "id": "A3",
            "name": "等待",
            "direction": "lower",
            "normalise": {"method": "goalposts", "low": 15, "high": 65},
            "measure": {"item": "G4", "rule": {"method": "call_quantile"}},
        },
    ],
}
FIELDS = ("call", "unit", "scenario", "auditor", "outcome", "G2", "G3", "G4", "G5", "G6", "G7")
ANSWERS = {"G2": "yes", "G3": "clear", "G4": "15", "G5": "0", "G6": "no"}


def protocol(**changes: Any) -> Protocol:  # noqa: ANN401 - keys of a protocol
    """Return the protocol, some keys changed."""
    return Protocol.model_validate(PROTOCOL | changes)


def row(call: str, unit: str = "U1", scenario: str = "S1", outcome: str = "good", **more: str) -> dict[str, str]:
    """Return a rating as a row of a sheet: all answers at their best where the call was reached."""
    about = {"call": call, "unit": unit, "scenario": scenario, "auditor": "A1", "outcome": outcome}
    return about | (ANSWERS if outcome in {"good", "wrong"} else {}) | more


def write_sheet(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write a call sheet as CSV, with the columns that any row has."""
    names = list(dict.fromkeys([*FIELDS, *(name for each in rows for name in each)]))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_table(path, [names, *([each.get(name, "") for name in names] for each in rows)])


def register(folder: Path) -> Register:
    """Return the register of the small studies."""
    write_table(folder / "units.csv", REGISTER)
    found, problems = read_register(folder / "units.csv", "units.csv")
    assert problems == []
    assert found is not None
    return found


def calls_study(
    folder: Path,
    rows: Sequence[Mapping[str, str]],
    tree: Mapping[str, Any] = TREE,
    **keys: Any,  # noqa: ANN401 - keys of a study
) -> Path:
    """Write a study whose call sheet has these rows."""
    keys = {"protocol": "protocol.yaml", "data": {"audit": "calls/*.csv"}} | keys
    defaults = {"normalise": {"method": "none"}}
    path = write_study(folder, tree, defaults=defaults, **keys)
    write_yaml(folder / "protocol.yaml", PROTOCOL)
    write_sheet(folder / "calls" / "a.csv", rows)
    return path
