"""EK070 to EK073: boundaries given for the map of a page."""

from __future__ import annotations

from evalkit.messages.entry import Finding

FINDINGS = {
    "EK070": Finding(
        "error", "边界文件读不了:{reason}", "the boundaries cannot be read: {reason}",
        "请核对 --map 的路径和权限", "check the path given to --map and its permissions",
    ),
    "EK071": Finding(
        "error", "边界文件用不了:{reason_zh}", "the boundaries cannot be used: {reason_en}",
        "请给出经纬度坐标的 GeoJSON(FeatureCollection,Polygon 或 MultiPolygon,properties 中有 name)",
        "give a GeoJSON FeatureCollection of Polygon or MultiPolygon features in degrees, with a name in properties",
    ),
    "EK072": Finding(
        "warning", "边界文件中有 {count} 个区域与单位登记表对不上:{areas}", "areas of the boundaries that match no unit: {count}: {areas}",
        "名称须与登记表某一列的值相同(省、自治区、市等后缀可以省去)",
        "names must be values of a column of the register (suffixes of provinces may be left out)",
    ),
    "EK073": Finding(
        "note", "边界文件中有 {count} 个要素没有名称或不是多边形,没有画出",
        "features without a name or a polygon that were not drawn: {count}",
    ),
}  # fmt: skip
