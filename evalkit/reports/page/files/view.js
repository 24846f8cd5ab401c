"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = data.words, official = data.nodes.map(function (node) { return node.share; });
  var table = document.getElementById("ranking-table"), body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var PARITY = 1e-9;

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
  function byId(id) { return document.getElementById(id); }
  function each(selector, action, root) { Array.prototype.forEach.call((root || document).querySelectorAll(selector), action); }
  function fixed(value) { return value === null ? "–" : value.toFixed(2); }

  /* Sorting: a button in the head; equal values keep the order of the ranking. */
  function keyOf(row, column) {
    var cell = row.cells[column], value = cell.getAttribute("data-value");
    return value === null ? cell.textContent.trim() : value === "" ? null : Number(value);
  }
  function sortBy(column, descending) {
    var sign = descending ? -1 : 1;
    var keyed = rows.map(function (row, index) { return [keyOf(row, column), index, row]; });
    keyed.sort(function (a, b) {
      if (a[0] === null || b[0] === null) { return (a[0] === null) - (b[0] === null) || a[1] - b[1]; }
      var order = typeof a[0] === "number" ? a[0] - b[0] : a[0].localeCompare(b[0], "zh-CN");
      return sign * order || a[1] - b[1];
    });
    var sorted = document.createDocumentFragment();
    keyed.forEach(function (item) { sorted.appendChild(item[2]); });
    body.appendChild(sorted);
  }
  each("th", function (head) {
    var button = head.querySelector("button");
    if (!button) { return; }
    button.disabled = false;
    button.addEventListener("click", function () {
      var before = head.getAttribute("aria-sort"), first = head.getAttribute("data-first") || "ascending";
      var next = before === null || before === "none" ? first : before === "ascending" ? "descending" : "ascending";
      each("th[aria-sort]", function (other) { other.setAttribute("aria-sort", "none"); }, table);
      head.setAttribute("aria-sort", next);
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
      row.hidden = !matches(row);
      shown += row.hidden ? 0 : 1;
    });
    byId("shown").textContent = fill(words.page_shown, { shown: shown, all: rows.length });
  }
  search.addEventListener("input", show);
  filters.forEach(function (filter) { filter.addEventListener("change", show); });
  byId("controls").hidden = false;
  show();

  /* Other weights. */
  var sliders = Array.prototype.slice.call(document.querySelectorAll("input[data-node]"));
  var method = byId("method"), state = byId("state"), latest = null;
  function weightsOf() {
    var weights = official.slice();
    sliders.forEach(function (slider) { weights[Number(slider.getAttribute("data-node"))] = Number(slider.value); });
    return weights;
  }
  function untouched(slider) { return Number(slider.value) === Number(slider.getAttribute("data-official")); }
  function isOfficial() { return method.value === "" && sliders.every(untouched); }
  function weightsToUse() {
    /* An untouched family keeps its exact weights: the steps of the sliders are coarser. */
    var weights = weightsOf(), touched = {};
    sliders.forEach(function (slider) {
      var node = data.nodes[Number(slider.getAttribute("data-node"))];
      if (!untouched(slider)) { touched[node.parent] = true; }
    });
    return weights.map(function (weight, index) { return touched[data.nodes[index].parent] ? weight : official[index]; });
  }
  function compute(weights, chosen) {
    var result = engine.scoreTree(data, weights, chosen);
    return { index: result.scores[0], scores: result.scores, children: result.children,
      ranks: engine.rank(result.scores[0], data.ties, data.tolerance), weights: weights };
  }
  function label(weights, children) {
    sliders.forEach(function (slider) {
      var node = Number(slider.getAttribute("data-node")), total = 0;
      children[data.nodes[node].parent].forEach(function (sibling) { total += weights[sibling]; });
      var share = total > 0 ? weights[node] / total : 0;
      byId("share-" + node).textContent = (100 * share).toFixed(1) + "%";
    });
  }
  function empty(weights, children) {
    return children.some(function (family) {
      return family.length > 0 && family.every(function (child) { return weights[child] <= 0; });
    });
  }
  function paintBar(row, unit, result) {
    var parts = row.querySelectorAll("rect[data-part]"), widths = [], total = 0, start = 0;
    result.children[0].forEach(function (child, part) {
      var score = result.scores[child][unit];
      widths[part] = score === null ? 0 : Math.max(0, result.weights[child] * score);
      total += widths[part];
    });
    var index = result.index[unit], full = Number(table.getAttribute("data-widest"));
    Array.prototype.forEach.call(parts, function (rect, part) {
      var width = index > 0 && total > 0 ? widths[part] / total * index * 100 / full : 0;
      rect.setAttribute("x", start.toFixed(3));
      rect.setAttribute("width", width.toFixed(3));
      start += width;
    });
  }
  function moveOf(unit, ranks) {
    var before = data.ranks[unit], now = ranks[unit];
    return before === null || now === null ? 0 : before - now;
  }
  function paint(result) {
    var own = isOfficial();
    rows.forEach(function (row) {
      var unit = Number(row.getAttribute("data-unit")), rank = result.ranks[unit], move = moveOf(unit, result.ranks);
      var cells = { rank: row.querySelector(".rank"), move: row.querySelector(".move"), score: row.querySelector(".index") };
      cells.rank.textContent = rank === null ? "–" : String(rank);
      cells.rank.setAttribute("data-value", rank === null ? "" : rank);
      cells.move.textContent = own || move === 0 ? "" : (move > 0 ? "▲" : "▼") + Math.abs(move);
      cells.move.setAttribute("data-value", own ? 0 : move);
      cells.move.className = "move number " + (move > 0 ? "up" : "down");
      cells.score.textContent = fixed(result.index[unit]);
      cells.score.setAttribute("data-value", result.index[unit] === null ? "" : result.index[unit]);
      paintBar(row, unit, result);
    });
  }
  function summary(result) {
    var moves = result.ranks.map(function (_, unit) { return Math.abs(moveOf(unit, result.ranks)); });
    var tau = engine.tau(data.ranks, result.ranks);
    return fill(words.page_changes, {
      moved: moves.filter(function (move) { return move > 0; }).length,
      most: Math.max.apply(null, moves.concat([0])),
      tau: tau === null ? "–" : tau.toFixed(3)
    });
  }
  function update() {
    var own = isOfficial(), weights = weightsToUse(), result = compute(weights, method.value);
    label(weights, result.children);
    document.body.classList.toggle("unofficial", !own);
    if (empty(weights, result.children)) { state.textContent = words.page_no_weight; return; }
    latest = result;
    paint(result);
    each("th[aria-sort]", function (head) { head.setAttribute("aria-sort", "none"); }, table);
    table.tHead.querySelector("th").setAttribute("aria-sort", "ascending");
    sortBy(0, false);
    state.textContent = own ? words.page_official_state : words.page_unofficial + " · " + summary(result);
  }
  function setAll(value) {
    sliders.forEach(function (slider) { slider.value = value(slider); });
    method.value = "";
    update();
  }

  /* A link carries the weights behind "#w=", one a slider; whatever else stands there is left alone. */
  function fromLink() {
    var found = /^#w=([a-z]*):([0-9.,]+)$/.exec(location.hash);
    if (!found) { return; }
    var values = found[2].split(",");
    if (values.length !== sliders.length) { return; }
    sliders.forEach(function (slider, index) { slider.value = values[index]; });
    method.value = found[1];
    if (method.selectedIndex < 0) { method.value = ""; }
  }
  function link() {
    return location.href.split("#")[0] + "#w=" + method.value + ":" + sliders.map(function (slider) { return slider.value; }).join(",");
  }
  function csv() {
    var lines = [[words.rank, words.unit, words.name, words.score]];
    data.units.map(function (_, unit) { return unit; })
      .sort(function (a, b) { return (latest.ranks[a] || Infinity) - (latest.ranks[b] || Infinity) || a - b; })
      .forEach(function (unit) {
        lines.push([latest.ranks[unit], data.units[unit], data.names[unit], latest.index[unit]]);
      });
    if (!isOfficial()) { lines.push([words.page_unofficial]); }
    return "\ufeff" + lines.map(function (line) {
      return line.map(function (value) {
        var text = value === null ? "" : String(value);
        if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) { text = "'" + text; }
        return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
      }).join(",");
    }).join("\r\n") + "\r\n";
  }
  function download() {
    var anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv" }));
    anchor.download = data.study + (isOfficial() ? "" : "-unofficial") + ".csv";
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  }

  function agrees(result) {
    return result.ranks.every(function (rank, unit) { return rank === data.ranks[unit]; }) &&
      result.index.every(function (score, unit) {
        var other = data.index[unit];
        return score === null || other === null ? score === other : Math.abs(score - other) <= PARITY * Math.max(1, Math.abs(other));
      });
  }
  if (!data.replayable) {
    document.body.setAttribute("data-self-check", "none");
    return;
  }
  latest = compute(official, "");
  if (!agrees(latest)) {
    byId("self-check").hidden = false;
    document.body.setAttribute("data-self-check", "failed");
    return;
  }
  document.body.setAttribute("data-self-check", "passed");
  byId("weights").hidden = false;
  sliders.forEach(function (slider) { slider.addEventListener("input", update); });
  method.addEventListener("change", update);
  byId("official").addEventListener("click", function () {
    setAll(function (slider) { return slider.getAttribute("data-official"); });
  });
  byId("equal").addEventListener("click", function () { setAll(function () { return "50"; }); });
  byId("download").addEventListener("click", download);
  byId("link").addEventListener("click", function () {
    location.hash = link().split("#")[1];
    if (navigator.clipboard) { navigator.clipboard.writeText(link()).then(function () { state.textContent = words.page_link_copied; }, function () {}); }
  });
  fromLink();
  if (!isOfficial()) { byId("weights").open = true; update(); } else { label(official, latest.children); }
}());
