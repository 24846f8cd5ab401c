from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.definitions.bundle import load_bundle
from evalkit.definitions.protocol import Protocol
from evalkit.definitions.validation import load_definition

RIGHT = Path(__file__).parent / "right_calls"


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    loaded, problems = load_definition(RIGHT / "protocol.yaml", "protocol.yaml", Protocol)
    assert problems == []
    assert loaded is not None
    return loaded[0]


def test_codes_lead_to_what_they_name(protocol: Protocol) -> None:
    assert list(protocol.item_by_code) == ["G1", "G2", "G3", "G4", "G5", "G6"]
    assert protocol.outcome_by_code["none"].bases == ("tried",)
    assert protocol.scenario_by_code["S1"].channels == ("phone",)


def test_an_item_is_judged_where_its_channels_and_scenarios_say(protocol: Protocol) -> None:
    scenario, item = protocol.scenarios[0], protocol.items[1]
    assert protocol.asks(item, scenario, "phone")
    assert not protocol.asks(item.model_copy(update={"channels": ("web",)}), scenario, "phone")
    assert protocol.asks(item.model_copy(update={"scenarios": ("S1",)}), scenario, "phone")
    assert not protocol.asks(item.model_copy(update={"scenarios": ("S2",)}), scenario, "phone")


def test_rules_that_a_result_depends_on_must_be_declared(tmp_path: Path) -> None:
    text = (RIGHT / "protocol.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("unreached", "attempts", "double_scoring"))]
    (tmp_path / "p.yaml").write_text("\n".join(lines), encoding="utf-8")
    _, problems = load_definition(tmp_path / "p.yaml", "p.yaml", Protocol)
    assert {(each.code, dict(each.params)["key"]) for each in problems} == {
        ("EK103", "unreached"), ("EK103", "attempts"), ("EK103", "double_scoring"),
    }  # fmt: skip


def test_items_need_a_protocol(tmp_path: Path) -> None:
    for name in ("indicators.yaml", "questionnaire.yaml"):
        (tmp_path / name).write_bytes((RIGHT / name).read_bytes())
    study = "study: s\nindicators: indicators.yaml\nunits: units.csv\nquestionnaire: questionnaire.yaml\n"
    (tmp_path / "study.yaml").write_text(study, encoding="utf-8")
    _, problems = load_bundle(tmp_path / "study.yaml")
    assert [(each.code, each.place.line) for each in problems] == [("EK376", 10)]


def test_a_broken_protocol_is_not_called_absent(tmp_path: Path) -> None:
    for path in RIGHT.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "protocol.yaml").write_text("id: small\n", encoding="utf-8")
    bundle, problems = load_bundle(tmp_path / "study.yaml")
    assert bundle is not None
    assert not bundle.whole
    assert {each.code for each in problems} == {"EK103"}
