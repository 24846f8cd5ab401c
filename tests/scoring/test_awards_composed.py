"""Gates, comparisons, rules and exclusions in any combination: laws that hold whatever is put together."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.award_fields import NAN, awards, field

NAMES = ("first", "second", "third")
SCORES = st.one_of(st.just(NAN), st.integers(0, 5).map(lambda each: 20.0 * each))
RULES = st.one_of(
    st.builds(
        lambda low, closed: {"method": "band", "low": low, "closed": closed},
        st.integers(0, 99), st.sampled_from(["left", "both"]),
    ),
    st.builds(
        lambda count, ties, within: {"method": "top", "count": count, "ties": ties, "within": within},
        st.integers(1, 4), st.sampled_from(["share", "leave"]), st.sampled_from([None, "region"]),
    ),
    st.builds(
        lambda by, ties, within, vetoed: {
            "method": "blocks", "by": by, "ties": ties, "within": within, "vetoed": vetoed,
        },
        st.sampled_from(["score", "share", "places", "natural_breaks"]),
        st.sampled_from(["up", "down"]), st.sampled_from([None, "region"]), st.booleans(),
    ),
)  # fmt: skip
CUTS: dict[str, list[dict[str, Any]]] = {
    "score": [{"above": 60}, {"at_least": 20}, {}],
    "share": [{"percent": 30}, {"percent": 33.3}, {}],
    "places": [{"count": 1}, {}, {}],
    "natural_breaks": [{}, {}, {}],
}
COMPARE: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"method": "score"},
        {"method": "improvement", "minimum_base": 20},
        {"method": "improvement", "measure": "percent", "across_frameworks": True},
        {"method": "waves", "last": 2, "least_waves": 1, "combine": "mean"},
    ]
)
GATES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "eligible": st.just({"region": ("east", "west")}),
        "minimum": st.just({"B": 30}),
        "veto": st.just([{"name": "v", "column": "veto", "values": ["yes"]}]),
        "sample": st.just({"minimum": 2, "node": "ROOT"}),
        "least_units": st.integers(2, 4),
    },
)


def declared(
    number: int, rule: dict[str, Any], compare: dict[str, Any], gates: dict[str, Any], keys: dict[str, Any]
) -> dict[str, Any]:
    if rule["method"] == "blocks":
        blocks = [
            {"id": f"{number}-{name}", "name": name, **cut} for name, cut in zip(NAMES, CUTS[rule["by"]], strict=True)
        ]
        rule = rule | {"blocks": blocks, "vetoed": blocks[2]["id"] if rule["vetoed"] else None}
    return {"rule": rule, "compare": compare, **gates, **keys}


@given(st.data())
def test_whatever_is_put_together_gives_whole_reasons_and_breaks_no_gate(data: st.DataObject) -> None:
    units = data.draw(st.integers(1, 8))

    def column(each: st.SearchStrategy[Any]) -> list[Any]:
        return data.draw(st.lists(each, min_size=units, max_size=units))

    where = field(
        column(SCORES),
        nodes={"B": column(SCORES)},
        columns={
            "region": column(st.sampled_from(["east", "west", "north", ""])),
            "veto": column(st.sampled_from(["yes", "no"])),
        },
        sizes={"ROOT": column(st.integers(0, 3))},
        earlier={"2022": column(SCORES), "2023": column(SCORES)},
        comparable=data.draw(st.booleans()),
    )
    one_rung = data.draw(st.booleans())
    exclusive = st.fixed_dictionaries({}, optional={"exclusive": st.just("x")})
    chosen = data.draw(st.lists(st.tuples(RULES, COMPARE, GATES, exclusive), min_size=1, max_size=3))
    listed = [
        declared(number, rule, compare, gates, keys) for number, (rule, compare, gates, keys) in enumerate(chosen)
    ]
    found = awards(where, listed, one_rung=one_rung, unordered=data.draw(st.booleans()))
    for each in found.given:
        assert each.reason
        assert not {"{", "}"} & set(each.reason + each.basis)
        assert "nan" not in each.reason
    for problem in found.problems:
        assert "{" not in problem.message("both") + problem.hint("both")
    holders: dict[str, Counter[str]] = {}
    for award, keys in zip((f"a{number}" for number in range(1, 4)), listed, strict=False):
        gives = [block["id"] for block in keys["rule"].get("blocks", ())] or [award]
        got = [each for each in found.given if each.award in gives]
        assert max(Counter(each.unit for each in got).values(), default=1) == 1
        for each in got:
            row = where.units.index(each.unit)
            barred = "veto" in keys and where.columns["veto"][row] == "yes"
            assert not barred or each.basis.startswith("veto=")
            assert "eligible" not in keys or where.columns["region"][row] in {"east", "west"}
            assert "minimum" not in keys or where.scores["B"][row] >= 30
            assert "sample" not in keys or where.sizes["ROOT"][row] >= 2
        group = keys.get("exclusive", "" if one_rung else None)
        if group is not None:
            holders.setdefault(group, Counter()).update(each.unit for each in got)
    assert all(count == 1 for held in holders.values() for count in held.values())


@given(
    scores=st.lists(SCORES, min_size=1, max_size=8),
    rule=RULES,
    compare=COMPARE,
    gates=GATES,
    data=st.data(),
)
def test_the_order_of_the_register_changes_no_award(
    scores: list[float], rule: dict[str, Any], compare: dict[str, Any], gates: dict[str, Any], data: st.DataObject
) -> None:
    count = len(scores)
    regions = data.draw(st.lists(st.sampled_from(["east", "west"]), min_size=count, max_size=count))
    vetoes = data.draw(st.lists(st.sampled_from(["yes", "no"]), min_size=count, max_size=count))
    where = field(
        scores,
        nodes={"B": scores[::-1]},
        columns={"region": regions, "veto": vetoes},
        sizes={"ROOT": [number % 4 for number in range(count)]},
        earlier={"2022": scores[::-1], "2023": [score / 2 for score in scores]},
    )
    order = data.draw(st.permutations(range(count)))
    listed = [declared(0, rule, compare, gates, {})]
    one, other = awards(where, listed), awards(where.take(order), listed)
    assert {gives: sorted(units) for gives, units in one.winners.items()} == {
        gives: sorted(units) for gives, units in other.winners.items()
    }
    assert sorted((each.unit, each.basis, each.reason) for each in one.given) == sorted(
        (each.unit, each.basis, each.reason) for each in other.given
    )
