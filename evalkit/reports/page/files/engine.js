"use strict";
/* The scoring of evalkit in the browser: the kernels `aggregate`, `tie_groups` and `rank`, unit by unit.
   A score that does not exist is null. Kept to the JavaScript of 2016, for old browser shells. */
var engine = (function () {
  var COVERAGE_GUARD = 1e-12;

  function mean(values, weights, method) {
    var total = 0, sum = 0, lowest = Infinity, highest = -Infinity, i;
    for (i = 0; i < values.length; i += 1) {
      total += weights[i];
      lowest = Math.min(lowest, values[i]);
      highest = Math.max(highest, values[i]);
    }
    if (method !== "arithmetic" && lowest <= 0) { return 0; }
    for (i = 0; i < values.length; i += 1) {
      if (method === "arithmetic") { sum += weights[i] * values[i]; }
      else if (method === "geometric") { sum += weights[i] * Math.log(values[i]); }
      else { sum += weights[i] * (lowest / values[i]); }
    }
    var result = method === "arithmetic" ? sum / total
      : method === "geometric" ? Math.exp(sum / total) : lowest * (total / sum);
    return Math.min(Math.max(result, lowest), highest);
  }

  /* One node of one unit; children are [score or null, coverage, weight]. Returns [score or null, coverage]. */
  function aggregate(children, method, missing, minimum) {
    var values = [], weights = [], total = 0, covered = 0, complete = true, any = false, negative = false;
    children.forEach(function (child) {
      var score = child[0], weight = child[2];
      if (!(weight > 0)) { return; }
      total += weight;
      if (score === null) {
        complete = complete && missing !== "fail";
        if (missing === "zero") { values.push(0); weights.push(weight); any = true; }
        return;
      }
      covered += weight * child[1];
      negative = negative || (score < 0 && method !== "arithmetic");
      values.push(score);
      weights.push(weight);
      any = true;
    });
    var coverage = total > 0 ? Math.min(Math.max(covered / total, 0), 1) : 0;
    if (!any || !complete || negative || coverage < minimum - COVERAGE_GUARD) { return [null, coverage]; }
    return [mean(values, weights, method), coverage];
  }

  /* Scores of all nodes over units; `weights` one a node, `method` overrides that of every node unless empty. */
  function scoreTree(data, weights, method) {
    var scores = [], coverage = [], children = data.nodes.map(function () { return []; }), n, u;
    data.nodes.forEach(function (node, index) { if (node.parent >= 0) { children[node.parent].push(index); } });
    for (n = data.nodes.length - 1; n >= 0; n -= 1) {
      var node = data.nodes[n];
      scores[n] = [];
      coverage[n] = [];
      for (u = 0; u < data.units.length; u += 1) {
        if (data.scores[n]) {
          scores[n][u] = data.scores[n][u];
          coverage[n][u] = scores[n][u] === null ? 0 : 1;
          continue;
        }
        var parts = children[n].map(function (child) { return [scores[child][u], coverage[child][u], weights[child]]; });
        var result = aggregate(parts, method || node.aggregate, node.missing, node.minimum);
        scores[n][u] = result[0];
        coverage[n][u] = result[1];
      }
    }
    return { scores: scores, children: children };
  }

  /* Positions, 1 for the highest, null for no score; a tie group is anchored at its highest score. */
  function rank(scores, ties, tolerance) {
    var order = [], ranks = scores.map(function () { return null; }), begin = 0, group = 0;
    scores.forEach(function (score, index) { if (score !== null) { order.push(index); } });
    order.sort(function (a, b) { return scores[b] - scores[a] || a - b; });
    while (begin < order.length) {
      var end = begin + 1;
      while (end < order.length && scores[order[begin]] - scores[order[end]] <= tolerance) { end += 1; }
      group += 1;
      var position = ties === "min" ? begin + 1 : ties === "max" ? end : ties === "average" ? (begin + 1 + end) / 2 : group;
      for (var i = begin; i < end; i += 1) { ranks[order[i]] = position; }
      begin = end;
    }
    return ranks;
  }

  /* Kendall's tau-b of two lists of ranks, over the units that have both. */
  function tau(a, b) {
    var both = 0, tiedA = 0, tiedB = 0, pairs = 0, i, j;
    for (i = 0; i < a.length; i += 1) {
      if (a[i] === null || b[i] === null) { continue; }
      for (j = i + 1; j < a.length; j += 1) {
        if (a[j] === null || b[j] === null) { continue; }
        var x = Math.sign(a[i] - a[j]), y = Math.sign(b[i] - b[j]);
        pairs += 1;
        both += x * y;
        if (x === 0) { tiedA += 1; }
        if (y === 0) { tiedB += 1; }
      }
    }
    var scale = Math.sqrt((pairs - tiedA) * (pairs - tiedB));
    return scale > 0 ? both / scale : null;
  }

  return { aggregate: aggregate, scoreTree: scoreTree, rank: rank, tau: tau };
}());
