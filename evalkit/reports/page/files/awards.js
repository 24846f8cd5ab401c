"use strict";
/* The award rules of evalkit in the browser: the kernels `in_band`, `select_top`, `broken_ties` and `divide`.
   Scores are lists over units, null for none; what a unit holds of an award is a number from 0, −1 for nothing. */
var awards = (function () {
  function equals(score, bound, tolerance) { return score === bound || Math.abs(score - bound) <= tolerance; }
  function above(score, bound, tolerance) { return score > bound && !equals(score, bound, tolerance); }
  function atLeast(score, bound, tolerance) { return score > bound || equals(score, bound, tolerance); }

  function inBand(score, low, high, closed, tolerance) {
    if (score === null) { return false; }
    var left = closed === "left" || closed === "both", right = closed === "right" || closed === "both";
    if (low !== null && !(left ? atLeast : above)(score, low, tolerance)) { return false; }
    return high === null || !(right ? above : atLeast)(score, high, tolerance);
  }

  /* Labels of tied scores, 0 for the highest, −1 for none; a group is anchored at its highest score. */
  function tieGroups(scores, tolerance) {
    var order = [], groups = scores.map(function () { return -1; }), group = -1, anchor = null;
    scores.forEach(function (score, index) { if (score !== null) { order.push(index); } });
    order.sort(function (a, b) { return scores[b] - scores[a] || a - b; });
    order.forEach(function (index) {
      if (anchor === null || anchor - scores[index] > tolerance) { group += 1; anchor = scores[index]; }
      groups[index] = group;
    });
    return groups;
  }

  /* Positions of the ends of each tie group, [first, last], counted from 0. */
  function ends(groups) {
    var sizes = [], found = [], before = 0;
    groups.forEach(function (group) { if (group >= 0) { sizes[group] = (sizes[group] || 0) + 1; } });
    sizes.forEach(function (size, group) { found[group] = [before, before + size - 1]; before += size; });
    return found;
  }

  /* `share` is [numerator, denominator] of one: whole numbers, so that no rounding of floats decides. */
  function placesOf(share, units, rounding) {
    var times = share[0] * units, rest = times % share[1], whole = (times - rest) / share[1];
    var up = rounding === "up" ? rest > 0 : rounding === "nearest" && 2 * rest >= share[1];
    return whole + (up ? 1 : 0);
  }

  function brokenTies(scores, keys, tolerance) {
    var order = tieGroups(scores, tolerance);
    keys.forEach(function (key) {
      var within = tieGroups(key, tolerance), count = Math.max.apply(null, within.concat([0])) + 2;
      within = within.map(function (group) { return group < 0 ? count - 1 : group; });
      order = order.map(function (group, index) { return group < 0 ? null : -(group * count + within[index]); });
      order = tieGroups(order, 0);
    });
    return order.map(function (group) { return group < 0 ? null : -group; });
  }

  function only(scores, flags) { return scores.map(function (score, unit) { return flags[unit] ? score : null; }); }

  function countOf(flags) { return flags.filter(Boolean).length; }

  function atTop(rule, scores, trees, eligible, taken, tolerance) {
    var order = rule.keys.length
      ? brokenTies(scores, rule.keys.map(function (node) { return trees[node]; }), tolerance) : scores;
    var competing = eligible.map(function (flag, unit) { return flag && (rule.all || !taken[unit]); });
    var places = rule.count === null ? placesOf(rule.percent, countOf(eligible), rule.rounding) : rule.count;
    var groups = tieGroups(only(order, competing), tolerance), positions = ends(groups);
    return groups.map(function (group, unit) {
      if (group < 0 || taken[unit]) { return -1; }
      return (rule.share ? positions[group][0] < places : positions[group][1] < places) ? 0 : -1;
    });
  }

  function byScore(rule, scores, tolerance) {
    return scores.map(function (score) {
      var unset = false, number, cut;
      if (score === null) { return -1; }
      for (number = 0; number < rule.blocks - 1; number += 1) {
        cut = rule.cuts[number];
        if (cut === null) { unset = true; continue; }
        if ((cut[1] ? atLeast : above)(score, cut[0], tolerance)) { return unset ? -1 : number; }
        unset = false;
      }
      return unset ? -1 : number;
    });
  }

  function byPlaces(rule, scores, tolerance) {
    var groups = tieGroups(scores, tolerance), positions = ends(groups), units = 0;
    groups.forEach(function (group) { units += group >= 0 ? 1 : 0; });
    var cuts = rule.ends.map(function (end) { return rule.method === "share" ? placesOf(end, units, "nearest") : end; });
    return groups.map(function (group) {
      if (group < 0) { return -1; }
      var position = positions[group][rule.up ? 0 : 1], block = 0;
      while (block < cuts.length && cuts[block] <= position) { block += 1; }
      return block < cuts.length || cuts.length === rule.blocks - 1 ? block : -1;
    });
  }

  function byBreaks(rule, scores, tolerance) {
    return breaks.divide(scores, tieGroups(scores, tolerance), rule.blocks);
  }

  var divisions = { score: byScore, share: byPlaces, places: byPlaces, natural_breaks: byBreaks };

  /* Who may take part, and who would but for a veto. */
  function gates(award, trees, tolerance) {
    var open = trees[0].map(function () { return true; }), barred = open.map(function () { return false; });
    award.out.forEach(function (unit) { open[unit] = false; });
    award.barred.forEach(function (unit) { barred[unit] = true; });
    award.minimum.forEach(function (each) {
      open.forEach(function (_, unit) {
        var score = trees[each[0]][unit];
        open[unit] = open[unit] && score !== null && atLeast(score, each[1], tolerance);
      });
    });
    award.vetoes.forEach(function (each) {
      barred.forEach(function (_, unit) {
        var score = trees[each[0]][unit];
        if (score === null) { return; }
        if (each[1] !== null && !atLeast(score, each[1], tolerance)) { barred[unit] = true; }
        if (each[2] !== null && above(score, each[2], tolerance)) { barred[unit] = true; }
      });
    });
    return {
      eligible: open.map(function (flag, unit) { return flag && !barred[unit]; }),
      vetoed: open.map(function (flag, unit) { return flag && barred[unit]; })
    };
  }

  function give(award, trees, taken, tolerance) {
    var rule = award.rule, scores = trees[rule.node], passed = gates(award, trees, tolerance);
    var held = scores.map(function () { return -1; });
    var numbers = rule.groups.filter(function (group, unit) { return group >= 0 && rule.groups.indexOf(group) === unit; });
    numbers.forEach(function (group) {
      var eligible = passed.eligible.map(function (flag, unit) {
        return flag && scores[unit] !== null && rule.groups[unit] === group;
      });
      if (countOf(eligible) < award.least) { return; }
      var free = eligible.map(function (flag, unit) { return flag && !taken[unit]; }), won;
      if (rule.method === "band") {
        won = only(scores, free).map(function (score) {
          return inBand(score, rule.low, rule.high, rule.closed, tolerance) ? 0 : -1;
        });
      } else if (rule.method === "top") { won = atTop(rule, scores, trees, eligible, taken, tolerance);
      } else { won = divisions[rule.method](rule, only(scores, free), tolerance); }
      won.forEach(function (number, unit) {
        if (number >= 0) { held[unit] = number; }
        if (rule.vetoed >= 0 && passed.vetoed[unit] && !taken[unit] && rule.groups[unit] === group) {
          held[unit] = rule.vetoed;
        }
      });
    });
    return held;
  }

  /* What every unit holds of each award of a scheme, from the scores of all nodes; one without a rule stays as it is. */
  function apply(scheme, trees, tolerance) {
    var holding = Object.create(null);
    return scheme.awards.map(function (award) {
      var nobody = award.held.map(function () { return false; });
      var taken = award.exclusion === null ? nobody : holding[award.exclusion] || nobody;
      var held = award.rule === null ? award.held : give(award, trees, taken, tolerance);
      if (award.exclusion !== null) {
        holding[award.exclusion] = taken.map(function (flag, unit) { return flag || (award.takes && held[unit] >= 0); });
      }
      return held;
    });
  }

  return { apply: apply, placesOf: placesOf, inBand: inBand, tieGroups: tieGroups };
}());
