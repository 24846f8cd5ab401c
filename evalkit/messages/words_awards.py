"""Reasons of awards and words about publishing tiers: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

AWARD_WORDS: Mapping[str, tuple[str, str]] = {
    "reason_band": ("{name} {score},在 {interval} 内", "{name} {score}, within {interval}"),
    "reason_top": (
        "{name} {score},在 {count} 个符合条件的单位中排第 {rank},取前 {places} 名",
        "{name} {score}, rank {rank} of {count} eligible units; places: {places}",
    ),
    "reason_top_group": (
        "{name} {score},在“{group}”的 {count} 个符合条件的单位中排第 {rank},取前 {places} 名",
        "{name} {score}, rank {rank} of {count} eligible units in “{group}”; places: {places}",
    ),
    "reason_held": (
        "另有 {held} 个单位已获更高一级,不占名额",
        "left out, since they hold a higher rung: {held}",
    ),
    "reason_tied": ("与 {tied} 个单位并列", "units tied with it: {tied}"),
    "reason_tie_break": (
        "另有 {parted} 个单位得分相同,按 {nodes} 的得分分先后",
        "units with the same score, told apart by {nodes}: {parted}",
    ),
    "reason_minimum": ("{name}得分 {score},不低于 {minimum}", "{name} scores {score}, at least {minimum}"),
    "reason_places": (
        "{name} {score},在 {count} 个符合条件的单位中排第 {rank},本档为第 {first} 至 {last} 名",
        "{name} {score}, rank {rank} of {count} eligible units; this block is ranks {first} to {last}",
    ),
    "reason_breaks": (
        "{name} {score},按自然断点分为 {blocks} 档,本档 {size} 个单位,得分 {low} 至 {high}",
        "{name} {score}; natural breaks make {blocks} blocks, this one of {size} units scoring {low} to {high}",
    ),
    "reason_in_group": ("在“{group}”内比较", "compared within “{group}”"),
    "reason_veto": ("单项否决:{veto}", "veto: {veto}"),
    "reason_growth": ("{wave} 得分 {before},本期 {now}", "{before} in {wave}, {now} in this wave"),
    "reason_waves": ("有 {waves} 期得分,共 {all} 期", "waves with a score: {waves} of {all}"),
    "reason_submission": ("申报:{title},有效评分 {forms} 份", "submission: {title}; valid forms: {forms}"),
    "reason_people": ("{people} 名个人获奖", "persons awarded: {people}"),
    "reason_nominated": ("提名 {nominated} 名", "nominated: {nominated}"),
    "reason_decided": ("评审委员会决定:{reason}", "decided by the committee: {reason}"),
    "peer_group": ("同类组", "Peer group"),
    "reason_tier_only": ("属于这一档;得分和名次不公布", "in this tier; scores and ranks are not published"),
    "ties_share": ("并列者都获奖", "all of them get it"),
    "ties_leave": ("并列者都不获奖", "none of them gets it"),
    "blocks_ties_up": ("都归入上一档", "they all go to the block above"),
    "blocks_ties_down": ("都归入下一档", "they all go to the block below"),
    "note_unordered": ("{scheme}:排名不分先后", "{scheme}: listed in no order"),
    "note_tiers_only": (
        "只公布分档,不公布得分和名次;各档内按单位代码排列",
        "tiers only: no scores and no ranks are published; within a tier units stand by their codes",
    ),
    "withheld": (
        "有 {count} 条提示涉及得分或名次,未列出;见 --private 写出的内部结果",
        "findings that speak of scores or ranks and are not shown: {count}; see the internal results of --private",
    ),
    "private_apart": (
        "内部结果要写到另一个文件夹,不能与公开的结果放在一起",
        "internal results go to a folder of their own, apart from the public ones",
    ),
    "private_written": (
        "内部结果(含得分、名次和个人姓名,请勿公开)已写入 {path}",
        "internal results (with scores, ranks and names of persons; not for publication) written to {path}",
    ),
}
