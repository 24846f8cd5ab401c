"""The 34 provinces as tiles, and the names that a unit register may give them."""

from __future__ import annotations

import re
from collections.abc import Mapping

TILES: Mapping[str, tuple[str, int, int]] = {
    "黑龙江": ("Heilongjiang", 0, 7),
    "内蒙古": ("Inner Mongolia", 1, 4), "吉林": ("Jilin", 1, 7),
    "新疆": ("Xinjiang", 2, 0), "甘肃": ("Gansu", 2, 1), "宁夏": ("Ningxia", 2, 2), "山西": ("Shanxi", 2, 3),
    "河北": ("Hebei", 2, 4), "北京": ("Beijing", 2, 5), "天津": ("Tianjin", 2, 6), "辽宁": ("Liaoning", 2, 7),
    "西藏": ("Tibet", 3, 0), "青海": ("Qinghai", 3, 1), "陕西": ("Shaanxi", 3, 2), "河南": ("Henan", 3, 3),
    "山东": ("Shandong", 3, 4),
    "四川": ("Sichuan", 4, 1), "重庆": ("Chongqing", 4, 2), "湖北": ("Hubei", 4, 3), "安徽": ("Anhui", 4, 4),
    "江苏": ("Jiangsu", 4, 5), "上海": ("Shanghai", 4, 6),
    "云南": ("Yunnan", 5, 1), "贵州": ("Guizhou", 5, 2), "湖南": ("Hunan", 5, 3), "江西": ("Jiangxi", 5, 4),
    "浙江": ("Zhejiang", 5, 5),
    "广西": ("Guangxi", 6, 2), "广东": ("Guangdong", 6, 3), "福建": ("Fujian", 6, 4), "台湾": ("Taiwan", 6, 6),
    "海南": ("Hainan", 7, 2), "澳门": ("Macao", 7, 3), "香港": ("Hong Kong", 7, 4),
}  # fmt: skip
"""Short name -> English name, row and column of the tile; neighbours stand beside each other where a grid allows."""
_SUFFIX = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_ENGLISH = {english.casefold(): chinese for chinese, (english, _, _) in TILES.items()}


def short_name(text: str) -> str:
    """Return a place's name without spaces and without what follows it (省, 市, 自治区 …), to compare names by.

    An English name of a province gives the Chinese one. A name that is nothing but a suffix stays.
    """
    name = "".join(text.split())
    return _ENGLISH.get(text.strip().casefold()) or _SUFFIX.sub("", name) or name
