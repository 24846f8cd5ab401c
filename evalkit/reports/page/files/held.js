"use strict";
/* The awards in the ranked table while other weights are tried: what is gained is marked, what is lost struck out. */
var held = (function () {
  var data = page.data, cells = page.rows.map(function (row) { return row.querySelector(".awards"); });
  var officially = page.rows.map(function (row) { return row.getAttribute("data-awards"); });
  var originals = cells.map(function (cell) { return cell.cloneNode(true); });
  var painted = page.rows.map(function () { return ""; });

  function same(a, b) { return a.every(function (number, unit) { return number === b[unit]; }); }

  /* The schemes of which the rules in this page give what was officially given. */
  function agreeing(scores) {
    return data.schemes.filter(function (scheme) {
      return awards.apply(scheme, scores, data.tolerance).every(function (found, index) {
        return same(found, scheme.awards[index].held);
      });
    });
  }

  /* What each unit holds: [label, tier, "held" | "gained" | "lost"], in the order of the schemes. */
  function changes(schemes, scores) {
    var lists = data.units.map(function () { return []; });
    data.schemes.forEach(function (scheme) {
      var tried = schemes.indexOf(scheme) >= 0;
      var given = tried ? awards.apply(scheme, scores, data.tolerance) : null;
      scheme.awards.forEach(function (award, index) {
        lists.forEach(function (list, unit) {
          var before = award.held[unit], now = tried ? given[index][unit] : before;
          if (before >= 0 && now !== before) { list.push([award.labels[before], award.tiers[before], "lost"]); }
          if (now >= 0) { list.push([award.labels[now], award.tiers[now], now === before ? "held" : "gained"]); }
        });
      });
    });
    return lists;
  }

  function paint(cell, list) {
    cell.textContent = "";
    list.forEach(function (item) {
      var tag = document.createElement({ held: "span", gained: "ins", lost: "del" }[item[2]]);
      tag.className = "award" + (item[1] ? " tier" + Math.min(item[1], 5) : "");
      tag.textContent = item[0];
      cell.appendChild(tag);
    });
  }

  /* Show what the units hold under other weights, null for the official awards; returns how many units change. */
  function show(lists) {
    var moved = 0;
    page.rows.forEach(function (row, index) {
      var list = lists === null ? null : lists[Number(row.getAttribute("data-unit"))];
      var key = list === null || list.every(function (item) { return item[2] === "held"; }) ? "" : JSON.stringify(list);
      moved += key === "" ? 0 : 1;
      if (key === painted[index]) { return; }
      painted[index] = key;
      if (key === "") {
        var original = originals[index].cloneNode(true);
        cells[index].parentNode.replaceChild(original, cells[index]);
        cells[index] = original;
        row.setAttribute("data-awards", officially[index]);
        return;
      }
      paint(cells[index], list);
      row.setAttribute("data-awards", JSON.stringify(list.filter(function (item) { return item[2] !== "lost"; })
        .map(function (item) { return item[0]; })));
    });
    return moved;
  }

  return { agreeing: agreeing, changes: changes, show: show };
}());
