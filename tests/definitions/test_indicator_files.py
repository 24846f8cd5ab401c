"""Indicator sets that extend others: the result is as if written whole, and every finding is in the right file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evalkit.definitions.bundle import load_bundle
from evalkit.definitions.indicator_files import LONGEST_CHAIN, LoadedIndicators, load_indicators, open_indicators
from evalkit.definitions.indicators import IndicatorSet
from evalkit.definitions.patching import MOST_LEVELS
from evalkit.definitions.recipe import resolve
from evalkit.definitions.study import RecipeOverrides
from evalkit.evaluate.evaluation import TABLES
from tests.small_studies import TREE, run, values_study, write_yaml

HEAD = {"id": "mine", "version": "2", "name": "mine"}
BASE = {"id": "base", "version": "1", "name": "base", "source": "a report", "tree": TREE}
Patches = list[dict[str, Any]]


def write(folder: Path, patches: Patches, **keys: Any) -> Path:  # noqa: ANN401 - any key of the file
    write_yaml(folder / "base.yaml", BASE)
    write_yaml(folder / "mine.yaml", HEAD | {"extends": "base.yaml", "patches": patches} | keys)
    return folder / "mine.yaml"


def extended(folder: Path, patches: Patches, **keys: Any) -> LoadedIndicators:  # noqa: ANN401 - as above
    loaded, problems = load_indicators(write(folder, patches, **keys), "mine.yaml", folder)
    assert problems == []
    assert loaded is not None
    return loaded


def outline(indicators: IndicatorSet) -> list[tuple[int, str, float | None]]:
    return [(branch.level, branch.node.id, branch.node.weight) for branch in indicators.walk()]


def leaf(name: str, column: str, **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of a node
    return {"id": name, "name": name, "measure": {"column": column}} | keys


def test_without_patches_the_tree_is_that_of_the_base(tmp_path: Path) -> None:
    loaded = extended(tmp_path, [])
    assert loaded.indicators.tree == IndicatorSet.model_validate(BASE).tree
    assert (loaded.indicators.id, loaded.indicators.version) == ("mine", "2")
    assert loaded.files == {"base.yaml": tmp_path / "base.yaml"}


@pytest.mark.parametrize(
    ("patches", "expected"),
    [
        ([{"drop": "A2"}], [(1, "A", 3), (2, "A1", 1), (1, "B", 1), (2, "B1", None)]),
        ([{"reweight": "B", "weight": 4}], [(1, "A", 3), (2, "A1", 1), (2, "A2", 1), (1, "B", 4), (2, "B1", None)]),
        (
            [{"add": leaf("N", "a1", weight=2), "before": "A2"}],
            [(1, "A", 3), (2, "A1", 1), (2, "N", 2), (2, "A2", 1), (1, "B", 1), (2, "B1", None)],
        ),
        (
            [{"add": leaf("N", "a1"), "under": "B"}],
            [(1, "A", 3), (2, "A1", 1), (2, "A2", 1), (1, "B", 1), (2, "B1", None), (2, "N", None)],
        ),
        ([{"replace": "A", "by": leaf("N", "a1")}], [(1, "N", 3), (1, "B", 1), (2, "B1", None)]),
        (
            [{"replace": "A1", "by": leaf("A1", "b1", weight=5)}],
            [(1, "A", 3), (2, "A1", 5), (2, "A2", 1), (1, "B", 1), (2, "B1", None)],
        ),
        ([{"move": "A2", "before": "A1"}], [(1, "A", 3), (2, "A2", 1), (2, "A1", 1), (1, "B", 1), (2, "B1", None)]),
        (
            [{"move": "B1", "after": "A1", "weight": 7}, {"drop": "B"}],
            [(1, "A", 3), (2, "A1", 1), (2, "B1", 7), (2, "A2", 1)],
        ),
        (
            [{"move": "B", "under": "A", "weight": 1}],
            [(1, "A", 3), (2, "A1", 1), (2, "A2", 1), (2, "B", 1), (3, "B1", None)],
        ),
        (
            [{"add": leaf("N", "a1", weight=1), "under": "A"}, {"move": "A1", "after": "N"}, {"drop": "A2"}],
            [(1, "A", 3), (2, "N", 1), (2, "A1", 1), (1, "B", 1), (2, "B1", None)],
        ),
    ],
    ids=[
        "drop",
        "reweight",
        "before",
        "under",
        "group",
        "in place",
        "in the group",
        "out of it",
        "with it",
        "in order",
    ],
)
def test_a_patch_does_what_it_says(tmp_path: Path, patches: Patches, expected: list[tuple[int, str, float]]) -> None:
    assert outline(extended(tmp_path, patches).indicators)[1:] == expected


@pytest.mark.parametrize(
    "patch", [{"reweight": "B1", "weight": 3}, {"move": "A1", "under": "B", "weight": 3}], ids=["reweight", "move"]
)
def test_siblings_without_weights_count_one_each_beside_the_first_weight(tmp_path: Path, patch: dict[str, Any]) -> None:
    patches = [{"add": leaf("N", "a1"), "under": "B"}, patch]
    nodes = resolve(extended(tmp_path, patches).indicators, RecipeOverrides()).nodes
    weights = {node.id: node.weight for node in nodes if node.parent == "B"}
    heavy = patch.get("reweight") or patch.get("move")
    assert weights == {node: 3 if node == heavy else 1 for node in weights}
    assert len(weights) >= 2


def test_defaults_are_replaced_key_by_key(tmp_path: Path) -> None:
    path = write(tmp_path, [], defaults={"aggregate": "geometric"})
    defaults = {"aggregate": "harmonic", "missing": {"min_coverage": 0.25}}
    write_yaml(tmp_path / "base.yaml", BASE | {"defaults": defaults})
    loaded, _ = load_indicators(path, "mine.yaml", tmp_path)
    assert loaded is not None
    found = loaded.indicators.defaults
    assert (found.aggregate, found.missing.min_coverage) == ("geometric", 0.25)


def test_the_source_says_what_it_extends(tmp_path: Path) -> None:
    source = extended(tmp_path, [], source="our changes").indicators.source
    assert source == "our changes; 在 base.yaml(base 1)基础上修改 / extends base.yaml (base 1); a report"


def test_a_run_is_the_same_as_of_the_set_written_whole(tmp_path: Path) -> None:
    patches: Patches = [
        {"reweight": "B", "weight": 4},
        {"drop": "A1"},
        {"add": leaf("N", "a1", weight=2, normalise={"method": "minmax"}), "under": "A"},
    ]
    defaults = {"aggregate": "geometric"}
    whole = {
        "id": "ROOT",
        "name": {"zh": "总指数", "en": "Index"},
        "children": [
            {
                "id": "A",
                "name": {"zh": "甲维度", "en": "Dimension A"},
                "weight": 3,
                "children": [
                    TREE["children"][0]["children"][1],
                    leaf("N", "a1", weight=2, normalise={"method": "minmax"}),
                ],
            },
            TREE["children"][1] | {"weight": 4},
        ],
    }
    one = values_study(tmp_path / "one", tree=whole, defaults=defaults)
    other = values_study(tmp_path / "other", defaults=defaults)
    write(other.parent, patches, id="set", version="1", defaults=defaults)
    text = other.read_text(encoding="utf-8")
    other.write_text(text.replace("set.yaml", "mine.yaml"), encoding="utf-8")
    first, second = run(one), run(other)
    for name in TABLES:
        pd.testing.assert_frame_equal(first[name], second[name], check_exact=True)
    assert first.manifest["recipe"] == second.manifest["recipe"]
    assert first.manifest["indicators"]["sha256"] == second.manifest["indicators"]["sha256"]
    assert set(second.manifest["inputs"]) - set(first.manifest["inputs"]) == {"base.yaml", "mine.yaml"}


def test_the_hash_differs_where_the_tree_does(tmp_path: Path) -> None:
    one = extended(tmp_path, []).indicators.fingerprint
    assert one == extended(tmp_path, [], source="elsewhere").indicators.fingerprint
    assert one != extended(tmp_path, [{"reweight": "B", "weight": 4}]).indicators.fingerprint


def places(folder: Path) -> list[tuple[str, str | None, int | None]]:
    _, problems = load_indicators(folder / "mine.yaml", "mine.yaml", folder)
    return [(each.code, each.place.file, each.place.line) for each in problems]


def test_faults_of_both_files_are_found_together_each_in_its_own(tmp_path: Path) -> None:
    path = write(tmp_path, [])
    path.write_text("id: mine\nverzion: 2\nname: x\nextends: base.yaml\npatches:\n  - {dorp: A}\n", encoding="utf-8")
    (tmp_path / "base.yaml").write_text("id: base\nversion: 1\nname: x\ntre: {}\n", encoding="utf-8")
    assert places(tmp_path) == [
        ("EK103", "mine.yaml", 1),
        ("EK102", "mine.yaml", 2),
        ("EK102", "mine.yaml", 6),
        ("EK103", "base.yaml", 1),
        ("EK102", "base.yaml", 4),
    ]


def test_later_findings_lead_to_the_file_that_the_part_came_from(tmp_path: Path) -> None:
    study = values_study(tmp_path)
    write(tmp_path, [{"replace": "A2", "by": leaf("A2", "a2", direction="lower")}, {"reweight": "B", "weight": 0}])
    base = (tmp_path / "base.yaml").read_text(encoding="utf-8")
    (tmp_path / "base.yaml").write_text(base.replace("column: b1", "question: Q9"), encoding="utf-8")
    study.write_text(study.read_text(encoding="utf-8").replace("set.yaml", "mine.yaml"), encoding="utf-8")
    _, problems = load_bundle(study)
    assert [(each.code, each.place.file) for each in problems] == [("EK103", "base.yaml")]
    (tmp_path / "base.yaml").write_text(base.replace("column: b1", "formula: Q9"), encoding="utf-8")
    _, problems = load_bundle(study)
    assert {(each.code, each.place.file) for each in problems} == {("EK321", "mine.yaml"), ("EK312", "base.yaml")}


def test_a_chain_of_files_is_read_to_its_end_and_not_beyond_the_limit(tmp_path: Path) -> None:
    write_yaml(tmp_path / "0.yaml", BASE)
    for number in range(1, LONGEST_CHAIN + 1):
        patch = {"add": leaf(f"N{number}", "a1"), "under": "B"}
        write_yaml(tmp_path / f"{number}.yaml", HEAD | {"extends": f"{number - 1}.yaml", "patches": [patch]})
    name = f"{LONGEST_CHAIN - 1}.yaml"
    loaded, problems = load_indicators(tmp_path / name, name, tmp_path)
    assert problems == []
    assert loaded is not None
    assert len(loaded.indicators.indicators()) == 3 + LONGEST_CHAIN - 1
    assert list(loaded.files) == [f"{number}.yaml" for number in reversed(range(LONGEST_CHAIN - 1))]
    name = f"{LONGEST_CHAIN}.yaml"
    loaded, (found,) = load_indicators(tmp_path / name, name, tmp_path)
    assert loaded is None
    assert (found.code, found.place.file) == ("EK346", "1.yaml")


def test_a_circle_of_files_is_refused(tmp_path: Path) -> None:
    write_yaml(tmp_path / "a.yaml", HEAD | {"extends": "b.yaml"})
    write_yaml(tmp_path / "b.yaml", HEAD | {"extends": "a.yaml"})
    loaded, (found,) = load_indicators(tmp_path / "a.yaml", "a.yaml", tmp_path)
    assert loaded is None
    assert (found.code, found.place.file) == ("EK345", "b.yaml")
    assert dict(found.params)["chain"] == "a.yaml → b.yaml → a.yaml"


def test_a_file_may_extend_the_built_in_of_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_yaml(tmp_path / "digital-transformation.yaml", HEAD | {"extends": "builtin:digital-transformation"})
    loaded, problems = open_indicators("builtin:digital-transformation")
    assert problems == []
    assert loaded is not None
    assert loaded.indicators.id == "mine"
    assert len(loaded.indicators.indicators()) == 29


def test_a_path_is_relative_to_the_file_that_says_it_and_stays_in_the_study(tmp_path: Path) -> None:
    (tmp_path / "sets").mkdir()
    write_yaml(tmp_path / "base.yaml", BASE)
    write_yaml(tmp_path / "sets" / "mine.yaml", HEAD | {"extends": "../base.yaml"})
    assert load_indicators(tmp_path / "sets" / "mine.yaml", "sets/mine.yaml", tmp_path)[1] == []
    _, (found,) = load_indicators(tmp_path / "sets" / "mine.yaml", "mine.yaml", tmp_path / "sets")
    assert (found.code, found.place.line) == ("EK003", 1)


@pytest.mark.parametrize(
    ("patch", "code"),
    [
        ({"move": "A1", "before": "A1"}, "EK350"),
        ({"move": "A", "after": "A1"}, "EK350"),
        ({"move": "A1", "before": "ROOT"}, "EK347"),
        ({"add": leaf("N", "a1"), "after": "ROOT"}, "EK347"),
        ({"move": "A1", "after": "B1", "under": "A"}, "EK352"),
        ({"add": leaf("N", "a1"), "under": "A1"}, "EK348"),
    ],
)
def test_a_place_that_cannot_be_is_refused_once(tmp_path: Path, patch: dict[str, Any], code: str) -> None:
    loaded, (found,) = load_indicators(write(tmp_path, [patch]), "mine.yaml", tmp_path)
    assert loaded is None
    assert found.code == code


def test_patches_cannot_pile_up_more_levels_than_a_file_may_have(tmp_path: Path) -> None:
    patches: Patches = [{"add": {"id": "N0", "name": "x", "children": [leaf("L0", "a1")]}, "under": "B"}]
    for level in range(1, MOST_LEVELS):
        inner = {"id": f"N{level}", "name": "x", "children": [leaf(f"L{level}", "a1")]}
        patches.append({"add": inner, "under": f"N{level - 1}"})
    loaded, problems = load_indicators(write(tmp_path, patches), "mine.yaml", tmp_path)
    assert loaded is None
    assert problems[0].code == "EK108"
    assert {each.code for each in problems} == {"EK108", "EK307"}


@pytest.mark.parametrize(
    "text", ["extends: base.yaml", "[extends]", "extends: [a]\nid: x", "extends:\n", "extends: ''"]
)
def test_a_broken_extension_is_a_finding(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, [])
    path.write_text(text, encoding="utf-8")
    loaded, problems = load_indicators(path, "mine.yaml", tmp_path)
    assert loaded is None
    assert problems
    assert all(each.place.file == "mine.yaml" for each in problems)
