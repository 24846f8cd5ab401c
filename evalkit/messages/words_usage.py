"""What is said of wrong usage: key -> (Chinese, English)."""

from __future__ import annotations

USAGE_WORDS = {
    "usage": ("用法", "Usage"),
    "usage_help": ("用 {command} 查看说明", "Try {command} for help"),
    "usage_missing_argument": ("缺少参数 {name}", "missing argument {name}"),
    "usage_missing_option": ("缺少选项 {name}", "missing option {name}"),
    "usage_no_such_option": ("没有选项 {name}{suggestion_zh}", "there is no option {name}{suggestion_en}"),
    "usage_needs_value": ("选项 {name} 后面要写值", "option {name} needs a value"),
    "usage_bad_value": ("{name} 的值不合用:{detail}", "invalid value for {name}: {detail}"),
    "usage_one_of": ("只能是 {allowed}", "it is one of {allowed}"),
    "usage_number": ("应为 {limits} 的数", "it is a number {limits}"),
    "usage_whole_number": ("应为 {limits} 的整数", "it is a whole number {limits}"),
}
