"""The 34 provinces and their names."""

from __future__ import annotations

import pytest

from evalkit.reports.page.provinces import TILES, short_name


def test_every_province_has_a_tile_of_its_own() -> None:
    assert len(TILES) == len({(down, across) for _, down, across in TILES.values()}) == 34
    assert len({english for english, _, _ in TILES.values()}) == 34


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("广东省", "广东"), ("贵州", "贵州"), ("贵州省", "贵州"), ("北京市", "北京"), ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"), ("宁夏回族自治区", "宁夏"), ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"), ("Inner Mongolia", "内蒙古"), ("shaanxi", "陕西"),
        (" 海 南 省 ", "海南"), ("市", "市"), ("", ""),
    ],
)  # fmt: skip
def test_names_lose_what_follows_them(given: str, name: str) -> None:
    assert short_name(given) == name
