"use strict";
/* The ranked table: sorting, searching, filtering. `page` holds what the other scripts need of it. */
var page = (function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var table = document.getElementById("ranking-table"), body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows), places = rows.map(function (_, index) { return index; });

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
  function byId(id) { return document.getElementById(id); }
  function each(selector, action, root) { Array.prototype.forEach.call((root || document).querySelectorAll(selector), action); }

  /* Sorting: a button in the head; equal values keep the order of the ranking. */
  function keyOf(row, column) {
    var cell = row.cells[column], value = cell.getAttribute("data-value");
    return value === null ? cell.textContent.trim() : value === "" ? null : Number(value);
  }
  function sortBy(column, descending) {
    var sign = descending ? -1 : 1;
    var keyed = rows.map(function (row, index) { return [keyOf(row, column), index]; });
    keyed.sort(function (a, b) {
      if (a[0] === null || b[0] === null) { return (a[0] === null) - (b[0] === null) || a[1] - b[1]; }
      var order = typeof a[0] === "number" ? a[0] - b[0] : a[0].localeCompare(b[0], "zh-CN");
      return sign * order || a[1] - b[1];
    });
    arrange(keyed.map(function (item) { return item[1]; }));
  }
  /* Put the rows, named by their number, in this order. Moving a row is what costs time, so as many as can stay where
     they are: a longest increasing subsequence of their present places (Fredman, Discrete Mathematics 11, 1975, 29-35). */
  function arrange(order) {
    var stays = staying(order.map(function (index) { return places[index]; })), next = null, at;
    for (at = order.length - 1; at >= 0; at -= 1) {
      if (!stays[at]) { body.insertBefore(rows[order[at]], next); }
      next = rows[order[at]];
      places[order[at]] = at;
    }
  }
  function staying(present) {
    var ends = [], before = [], stays = present.map(function () { return false; });
    present.forEach(function (place, index) {
      var low = 0, high = ends.length, middle;
      while (low < high) {
        middle = (low + high) >> 1;
        if (present[ends[middle]] < place) { low = middle + 1; } else { high = middle; }
      }
      before[index] = low > 0 ? ends[low - 1] : -1;
      ends[low] = index;
    });
    for (var at = ends.length ? ends[ends.length - 1] : -1; at >= 0; at = before[at]) { stays[at] = true; }
    return stays;
  }
  function markSorted(head, direction) {
    each("th[aria-sort]", function (other) { other.setAttribute("aria-sort", "none"); }, table);
    head.setAttribute("aria-sort", direction);
  }
  each("th", function (head) {
    var button = head.querySelector("button");
    if (!button) { return; }
    button.disabled = false;
    button.addEventListener("click", function () {
      var before = head.getAttribute("aria-sort"), first = head.getAttribute("data-first") || "ascending";
      var next = before === null || before === "none" ? first : before === "ascending" ? "descending" : "ascending";
      markSorted(head, next);
      sortBy(head.cellIndex, next === "descending");
    });
  }, table);

  /* Searching and filtering. */
  var search = byId("search"), filters = Array.prototype.slice.call(document.querySelectorAll("select[data-filter]"));
  function matches(row) {
    var text = search.value.trim().toLowerCase();
    if (text && row.getAttribute("data-search").toLowerCase().indexOf(text) < 0) { return false; }
    return filters.every(function (filter) {
      if (filter.selectedIndex === 0) { return true; }
      var own = JSON.parse(row.getAttribute("data-" + filter.getAttribute("data-filter")));
      return filter.value === "" ? own.length === 0 : own.indexOf(filter.value) >= 0;
    });
  }
  function show() {
    var shown = 0;
    rows.forEach(function (row) {
      var hidden = !matches(row);
      if (row.hidden !== hidden) { row.hidden = hidden; }
      shown += hidden ? 0 : 1;
    });
    byId("shown").textContent = fill(data.words.page_shown, { shown: shown, all: rows.length });
  }
  search.addEventListener("input", show);
  filters.forEach(function (filter) { filter.addEventListener("change", show); });
  byId("controls").hidden = false;
  show();

  return {
    data: data, table: table, rows: rows, fill: fill, byId: byId, each: each, show: show,
    sortByRank: function () { markSorted(table.tHead.querySelector("th"), "ascending"); sortBy(0, false); }
  };
}());
