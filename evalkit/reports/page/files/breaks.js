"use strict";
/* Natural breaks in the browser: the kernel `natural_breaks`, the exact optimum by dynamic programming. */
var breaks = (function () {
  var EQUAL = 1e-12;

  /* The class of each of the distinct values, which fall, 0 for the highest; each stands `sizes` times. */
  function classesOf(values, sizes, classes) {
    var count = values.length, weight = [0], first = [0], second = [0], total = 0, mass = 0;
    values.forEach(function (value, at) { total += sizes[at] * value; mass += sizes[at]; });
    values.forEach(function (value, at) {
      var centred = value - total / mass; /* squares of large scores would swallow small differences */
      weight.push(weight[at] + sizes[at]);
      first.push(first[at] + sizes[at] * centred);
      second.push(second[at] + sizes[at] * centred * centred);
    });
    function squares(start, end) {
      var sum = first[end] - first[start];
      return Math.max(second[end] - second[start] - sum * sum / (weight[end] - weight[start]), 0);
    }
    var slack = EQUAL * second[count], best = [0], starts = [], number, end, start, least, sums, next;
    for (end = 1; end <= count; end += 1) { best[end] = Infinity; }
    for (number = 0; number < classes; number += 1) {
      next = [Infinity];
      starts[number] = [0];
      for (end = 1; end <= count; end += 1) {
        sums = [];
        least = Infinity;
        for (start = 0; start < end; start += 1) {
          sums[start] = best[start] + squares(start, end);
          least = Math.min(least, sums[start]);
        }
        /* among equally good divisions the one with the smallest lowest class */
        start = end - 1;
        while (sums[start] > least + slack) { start -= 1; }
        next[end] = least;
        starts[number][end] = start;
      }
      best = next;
    }
    var labels = [];
    end = count;
    for (number = classes - 1; number >= 0; number -= 1) {
      for (start = starts[number][end]; end > start; end -= 1) { labels[end - 1] = number; }
    }
    return labels;
  }

  /* The class of each score, from labels of tied scores; −1 for null, and for all where distinct scores are too few. */
  function divide(scores, groups, classes) {
    var sizes = [], totals = [], labels;
    groups.forEach(function (group, unit) {
      if (group < 0) { return; }
      sizes[group] = (sizes[group] || 0) + 1;
      totals[group] = (totals[group] || 0) + scores[unit];
    });
    if (sizes.length < classes) { return groups.map(function () { return -1; }); }
    labels = classesOf(totals.map(function (total, group) { return total / sizes[group]; }), sizes, classes);
    return groups.map(function (group) { return group < 0 ? -1 : labels[group]; });
  }

  return { divide: divide };
}());
