"""Draw the exports of the example: work orders and calls of 24 made-up cities, from three platforms.

``python examples/records24/make.py`` writes ``units.csv``, ``orders/`` and ``calls/`` anew, the same every time.
Nothing in them is of a real hotline. A few cells are left open, written wrongly or exported twice, as happens.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SEED = 20240331
ORDERS, CALLS = 300, 250
TO_AGENTS = 0.92
FIRST = dt.datetime.fromisoformat("2024-01-01")
QUARTER = 91 * 86_400
DEPARTMENTS = ("住建局", "城管局", "人社局", "公安局", "交通局", "市场监管局", "卫健委", "教育局")
POLICIES = ("社会保障", "物业管理", "市容环境", "交通出行", "消费维权", "教育医疗")
SATISFACTION = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")


@dataclass(frozen=True, slots=True)
class Platform:
    """An export: its cities, headings that are its own, and how it writes times and deadlines."""

    name: str
    region: str
    headings: dict[str, str]
    time: Callable[[dt.datetime], str]
    deadline: Callable[[dt.datetime], str]


def _iso(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _slashes(moment: dt.datetime) -> str:
    return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02}"


def _chinese(moment: dt.datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}时{moment.minute}分"


def _day(moment: dt.datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"


PLATFORMS = (
    Platform("东部平台", "东部", {}, _iso, _iso),
    Platform("中部平台", "中部", {"受理时间": "创建时间", "受理城市": "所属城市"}, _slashes, _slashes),
    Platform("西部平台", "西部", {"办结时限": "截止日期"}, _chinese, _day),
)
HEADINGS = (
    "工单编号", "受理城市", "受理时间", "办结时限", "办结时间", "承办单位", "诉求类别", "直接答复", "退单", "重办",
    "应回访", "有效回访", "是否解决", "满意度",
)  # fmt: skip


def cities() -> list[tuple[str, str, str]]:
    """Return unit, name and region of every city."""
    names = [(f"{platform.region}{number:02}市", platform.region) for platform in PLATFORMS for number in range(1, 9)]
    return [(f"R{number:02}", name, region) for number, (name, region) in enumerate(names, start=1)]


def orders(platform: Platform, dice: random.Random) -> Iterator[list[str]]:
    """Yield the work orders of a platform, each city with a pace and a quality of its own."""
    for unit, name, region in cities():
        if region != platform.region:
            continue
        pace, quality = dice.uniform(0.6, 1.05), dice.uniform(0.55, 0.95)
        for number in range(1, ORDERS + dice.randrange(-20, 21) + 1):
            yield _order(platform, dice, f"{unit}-{number:04}", name, pace=pace, quality=quality)


def _order(
    platform: Platform, dice: random.Random, number: str, city: str, *, pace: float, quality: float
) -> list[str]:
    def happens(share: float) -> bool:
        return dice.random() < share

    received = (FIRST + dt.timedelta(seconds=dice.randrange(QUARTER))).replace(second=dice.randrange(60))
    due = received + dt.timedelta(days=dice.choice((3, 5, 10)))
    direct = happens(0.5 + quality / 4)
    taken = 0.01 if direct else min(dice.lognormvariate(-0.6, 0.5) / quality * pace, 3.0)
    closed = received + (due - received) * taken
    is_open = closed > FIRST + dt.timedelta(seconds=QUARTER)
    visit_due = not is_open and happens(0.9)
    visited = visit_due and happens(0.7 + quality / 5)
    resolved = happens(quality)
    liked = min(4, max(0, int(dice.gauss(4.2 - 4 * quality + (0 if resolved else 1.5), 0.8))))
    yes_no = ("否", "是")
    return [
        number,
        city,
        platform.time(received),
        platform.deadline(due) if happens(0.99) else "",
        "" if is_open else platform.time(closed) if happens(0.998) else "系统迁移",
        dice.choice(DEPARTMENTS),
        dice.choice(POLICIES) if happens(0.97) else "",
        yes_no[direct],
        yes_no[not direct and happens(0.16 - quality / 10)],
        yes_no[not is_open and happens(0.12 - quality / 12)],
        yes_no[visit_due],
        yes_no[visited],
        ("未解决", "已解决")[resolved] if visited else "-",
        SATISFACTION[liked] if visited else "NULL",
    ]


def calls(region: str, dice: random.Random) -> Iterator[list[str]]:
    """Yield the calls of a region."""
    for _, name, where in cities():
        if where != region:
            continue
        connects, patience = dice.uniform(0.85, 0.995), dice.uniform(4, 16)
        for _ in range(CALLS + dice.randrange(-20, 21)):
            to_agent = dice.random() < TO_AGENTS
            answered = to_agent and dice.random() < connects
            wait = f"{min(int(dice.expovariate(1 / patience)), 180)}" if to_agent else ""
            yield [name, "是" if to_agent else "否", "是" if answered else "否", wait]


def write(path: Path, rows: list[list[str]], encoding: str = "gb18030") -> None:
    """Write a table as the platforms export it: GBK and CRLF."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)


def main(folder: Path = HERE) -> None:
    """Write all files of the example but the study."""
    dice = random.Random(SEED)  # noqa: S311 - made-up data, no secret
    register = [["unit", "name", "region"], *map(list, cities())]
    write(folder / "units.csv", register, "utf-8-sig")
    for platform in PLATFORMS:
        rows = list(orders(platform, dice))
        rows += rows[-5:]  # the last rows stand twice, as where two exports overlap
        head = [platform.headings.get(heading, heading) for heading in HEADINGS]
        write(folder / "orders" / f"{platform.name}.csv", [head, *rows])
        write(
            folder / "calls" / f"{platform.name}.csv",
            [["城市", "转人工", "接通", "等待秒数"], *calls(platform.region, dice)],
        )


if __name__ == "__main__":
    main()
