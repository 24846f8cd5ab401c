"use strict";
/* Other weights tried on the page: the sliders, the ranks and awards that follow, the link and the CSV file. */
(function () {
  var data = page.data, words = data.words, byId = page.byId, table = page.table, rows = page.rows;
  var official = data.nodes.map(function (node) { return node.share; });
  var PARITY = 1e-9, HALF = 50;

  var sliders = Array.prototype.slice.call(document.querySelectorAll("input[data-node]"));
  var method = byId("method"), emphasis = byId("emphasis"), state = byId("state"), latest = null, schemes = [];
  var shown = rows.map(function (row) {
    return { unit: Number(row.getAttribute("data-unit")), rank: row.querySelector(".rank"), move: row.querySelector(".move"),
      score: row.querySelector(".index"), parts: Array.prototype.slice.call(row.querySelectorAll("rect[data-part]")) };
  });

  function nodeOf(slider) { return Number(slider.getAttribute("data-node")); }
  function fixed(value) { return value === null ? "–" : value.toFixed(2); }
  function untouched(slider) { return Number(slider.value) === Number(slider.getAttribute("data-official")); }
  function isOfficial() { return method.value === "" && sliders.every(untouched); }
  function weightsToUse() {
    /* An untouched family keeps its exact weights: the steps of the sliders are coarser. */
    var weights = official.slice(), touched = {};
    sliders.forEach(function (slider) {
      weights[nodeOf(slider)] = Number(slider.value);
      if (!untouched(slider)) { touched[data.nodes[nodeOf(slider)].parent] = true; }
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
      var node = nodeOf(slider), total = 0;
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

  /* Painting; only what differs from what is shown is touched. */
  function write(cell, text, value) {
    if (cell.textContent !== text) { cell.textContent = text; }
    cell.setAttribute("data-value", value === null ? "" : value);
  }
  function paintBar(parts, unit, result) {
    var widths = [], total = 0, start = 0;
    result.children[0].forEach(function (child, part) {
      var score = result.scores[child][unit];
      widths[part] = score === null ? 0 : Math.max(0, result.weights[child] * score);
      total += widths[part];
    });
    var index = result.index[unit], full = Number(table.getAttribute("data-widest"));
    parts.forEach(function (rect, part) {
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
  function paint(result, own) {
    shown.forEach(function (row) {
      var rank = result.ranks[row.unit], move = own ? 0 : moveOf(row.unit, result.ranks);
      write(row.rank, rank === null ? "–" : String(rank), rank);
      write(row.move, move === 0 ? "" : (move > 0 ? "▲" : "▼") + Math.abs(move), move);
      row.move.className = "move number " + (move > 0 ? "up" : "down");
      write(row.score, fixed(result.index[row.unit]), result.index[row.unit]);
      paintBar(row.parts, row.unit, result);
    });
  }
  function summary(result, changed) {
    var moves = result.ranks.map(function (_, unit) { return Math.abs(moveOf(unit, result.ranks)); });
    var tau = engine.tau(data.ranks, result.ranks);
    var said = page.fill(words.page_tried, {
      moved: moves.filter(function (move) { return move > 0; }).length,
      most: Math.max.apply(null, moves.concat([0])),
      tau: tau === null ? "–" : tau.toFixed(3)
    });
    return schemes.length ? said + " · " + page.fill(words.page_award_changes, { changed: changed }) : said;
  }
  function update() {
    var own = isOfficial(), weights = weightsToUse(), result = compute(weights, method.value);
    label(weights, result.children);
    document.body.classList.toggle("unofficial", !own);
    if (empty(weights, result.children)) { state.textContent = words.page_no_weight; return; }
    latest = result;
    latest.held = held.changes(own ? [] : schemes, result.scores);
    paint(result, own);
    var changed = held.show(own ? null : latest.held);
    page.sortByRank();
    page.show();
    byId("tried").textContent = own ? "" : said(weights, result.children);
    state.textContent = own ? words.page_official_state : words.page_unofficial + " · " + summary(result, changed);
  }
  /* The weights in words, for paper: those of the dimensions and of every family that was touched. */
  function said(weights, children) {
    var parts = children.filter(function (family, node) {
      return family.length > 1 && (node === 0 || family.some(function (child) { return weights[child] !== official[child]; }));
    }).map(function (family) {
      return family.map(function (child) { return data.nodes[child].name + " " + byId("share-" + child).textContent; }).join(", ");
    });
    var chosen = method.options[method.selectedIndex].textContent;
    return page.fill(words.page_tried_weights, { weights: parts.join("; "), method: chosen });
  }
  function setAll(value) {
    sliders.forEach(function (slider) { slider.value = value(slider); });
    method.value = "";
    update();
  }
  function officialValue(slider) { return slider.getAttribute("data-official"); }

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
  function heldNow(unit) {
    return latest.held[unit].filter(function (item) { return item[2] !== "lost"; })
      .map(function (item) { return item[0]; }).join("; ");
  }
  function csv() {
    var lines = [[words.rank, words.unit, words.name, words.score].concat(data.schemes.length ? [words.awards] : [])];
    data.units.map(function (_, unit) { return unit; })
      .sort(function (a, b) { return (latest.ranks[a] || Infinity) - (latest.ranks[b] || Infinity) || a - b; })
      .forEach(function (unit) {
        lines.push([latest.ranks[unit], data.units[unit], data.names[unit], latest.index[unit]]
          .concat(data.schemes.length ? [heldNow(unit)] : []));
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
  schemes = held.agreeing(latest.scores);
  latest.held = held.changes([], latest.scores);
  byId("award-check").hidden = schemes.length === data.schemes.length;
  if (schemes.length === 0) { table.classList.add("awards-stay"); }
  byId("weights").hidden = false;
  sliders.forEach(function (slider) { slider.addEventListener("input", function () { emphasis.value = ""; update(); }); });
  method.addEventListener("change", update);
  byId("official").addEventListener("click", function () { emphasis.value = ""; setAll(officialValue); });
  byId("equal").addEventListener("click", function () { emphasis.value = ""; setAll(function () { return String(HALF); }); });
  emphasis.addEventListener("change", function () {
    /* Half of the index for one dimension, the official proportions among the others. */
    var chosen = emphasis.value === "" ? -1 : Number(emphasis.value), rest = 100;
    sliders.forEach(function (slider) { rest -= nodeOf(slider) === chosen ? Number(officialValue(slider)) : 0; });
    setAll(function (slider) {
      if (chosen < 0 || data.nodes[nodeOf(slider)].parent !== 0) { return officialValue(slider); }
      if (nodeOf(slider) === chosen) { return String(HALF); }
      return rest > 0 ? String(Number(officialValue(slider)) * HALF / rest) : officialValue(slider);
    });
  });
  byId("download").addEventListener("click", download);
  byId("link").addEventListener("click", function () {
    location.hash = link().split("#")[1];
    if (navigator.clipboard) { navigator.clipboard.writeText(link()).then(function () { state.textContent = words.page_link_copied; }, function () {}); }
  });
  fromLink();
  if (!isOfficial()) { byId("weights").open = true; update(); } else { label(official, latest.children); }
}());
