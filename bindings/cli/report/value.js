// How a value of the report is shown, by its kind.
"use strict";

const ACTIONS = ["allow", "flag", "challenge", "throttle", "hold", "reject", "drop"];

function numberText(value, kind) {
  if (kind === "money") return value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 6 });
  if (kind === "seconds") return value.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 3 });
  if (kind === "share") return `${value.toFixed(1)} %`;
  return value.toLocaleString("en");
}

// 2026-11-23T15:24:40.123456Z as 2026-11-23 15:24:40, or where it matters with .123.
function timeText(value, fine) {
  return value.replace("T", " ").replace(/(\.\d{3})\d*Z$/, fine ? "$1" : "");
}

function badge(action) {
  return make("span", { class: `action ${ACTIONS.includes(action) ? action : "other"}` }, plain(action));
}

function words(values) {
  const list = make("ul", { class: "list" });
  for (const value of values) list.append(make("li", {}, foreign(value)));
  return list;
}

function isNumber(kind) {
  return kind === "number" || kind === "money" || kind === "share" || kind === "seconds";
}

function shown(value, kind, fine = false) {
  if (value === null || value === "") return make("span", { class: "none" }, "–");
  if (Array.isArray(value)) return words(value);
  if (typeof value === "number") return numberText(value, kind);
  if (kind === "time") return make("time", { datetime: plain(value) }, plain(timeText(value, fine)));
  if (kind === "action") return badge(value);
  return foreign(value);
}

// What a search finds a value by.
function searchable(value) {
  if (value === null) return "";
  return (Array.isArray(value) ? value.join(" ") : plain(value)).toLowerCase();
}

// The order of two values of a column; what is not there comes last.
function compare(a, b, kind) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (kind === "action") return ACTIONS.indexOf(a) - ACTIONS.indexOf(b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
