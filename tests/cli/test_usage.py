"""Wrong usage is said in the language asked for."""

from __future__ import annotations

import pytest

from tests.cli.terminal import evalkit


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("run",), "缺少参数 STUDY", "missing argument STUDY"),
        (("template", "s.yaml"), "缺少选项 --out", "missing option --out"),
        (
            ("run", "s.yaml", "--outt", "x"),
            "没有选项 --outt,是不是 “--out”?",
            "there is no option --outt; did you mean “--out”?",
        ),
        (("rank", "r", "--top", "x"), "--top 的值不合用:应为 >= 1 的整数", "--top: it is a whole number >= 1"),
        (("rank", "r", "--format", "xml"), "只能是 text, json, csv", "it is one of text, json, csv"),
        (("plan", "s.yaml", "--auditors", "a", "--out", "x", "--margin", "0"), "> 0 的数", "it is a number > 0"),
    ],
)
def test_what_is_wrong_is_said_with_the_way_to_help(arguments: tuple[str, ...], zh: str, en: str) -> None:
    chinese, english, both = (evalkit("--lang", each, *arguments) for each in ("zh", "en", "both"))
    assert (chinese.code, english.code, both.code, english.out) == (2, 2, 2, "")
    assert zh in chinese.err
    assert en in english.err
    assert zh in both.err
    assert chinese.err.startswith(f"用法: evalkit {arguments[0]} ")
    assert f"evalkit {arguments[0]} --help" in english.err


def test_an_option_without_its_value_is_named() -> None:
    assert evalkit("--lang", "zh", "run", "s.yaml", "--out").err == "选项 --out 后面要写值\n"


def test_a_message_that_only_click_knows_stands_as_it_is() -> None:
    done = evalkit("run", "a.yaml", "b.yaml", "--format", "json")
    assert done.code == 2
    assert "b.yaml" in done.json["error"]
    assert done.json["error"] in done.err


def test_a_file_where_a_folder_is_wanted() -> None:
    assert "--out" in evalkit("run", "a.yaml", "--out", __file__, "--lang", "zh").err
