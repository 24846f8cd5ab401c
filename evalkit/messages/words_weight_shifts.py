"""Words about how little weight turns a rank: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

WEIGHT_SHIFT_WORDS: Mapping[str, tuple[str, str]] = {
    "robustness_turns": ("翻转名次所需移动的维度权重", "weight to move between dimensions"),
    "robustness_all_levels": ("追平上一名所需改动的各级权重", "weights at all levels, to reach the one above"),
    "overtake_shift": ("追平上一名", "to reach the one above"),
    "fall_shift": ("被下一名追平", "for the one below to reach it"),
    "cut_shift": ("到达最近分数线", "to come to the nearest cut"),
    "cut": ("分数线", "Cut"),
    "overtake_all": ("至少移动", "at least"),
    "overtake_one": ("只改一个权重", "by one weight alone"),
    "one_change": ("{node}:{share} → {needed}", "{node}: {share} → {needed}"),
    "level_already": ("已与上一名持平", "level already"),
    "never_level": ("任何权重都不能追平", "no weights do it"),
    "no_one_weight": ("须同时改动几个", "takes more than one"),
    "note_shifts": (
        "移动的权重:从一些维度移给另一些维度的最小份额;空白表示无论怎样移动都不会翻转,或无法计算",
        "weight to move: the least share taken from some dimensions and given to others; blank where none turns the order",
    ),
    "note_all_levels": (
        (
            "各级权重:至少移动 = 各级权重可以一起改动时,总指数中易手的最小份额;只改一个权重 = 改动最小的那个节点在同级中的权重,"
            "同级其余节点保持比例;{asked} 个相邻名次中,{few} 个移动不到 {share} 即追平,{never} 个无论怎样改动权重都不能追平"
        ),
        (
            "weights at all levels: at least = the least share of the index that changes hands where all weights may move;"
            " by one weight alone = the node whose share among its siblings has to move least, the others in proportion;"
            " of {asked} neighbours {few} are level when less than {share} moves, {never} whatever the weights never are"
        ),
    ),
}
