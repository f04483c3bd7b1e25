// A call as a ladder: endpoints side by side, messages as arrows between them from top to bottom.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const GUTTER = 70; // for the time
const HEAD = 52;
const STEP = 40;
const MARKED = 18; // more, for what rules say
const LETTER = 7.3; // of 12 px in a fixed width

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

// As much of a text as has room; the whole of it is what a pointer shows.
function label(text, x, y, room, attributes) {
  const letters = Array.from(plain(text));
  const most = Math.max(4, Math.floor(room / LETTER));
  const cut = letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
  return draw("text", { x, y, ...attributes }, cut, draw("title", {}, letters.join("")));
}

class Ladder {
  constructor(ladder, width) {
    this.ladder = ladder;
    this.gap = Math.max(128, Math.min(400, (width - GUTTER) / Math.max(1, ladder.endpoints.length)));
    this.width = GUTTER + this.gap * ladder.endpoints.length;
    this.heights = ladder.steps.map((step) => STEP + (step.rules.length > 0 ? MARKED : 0));
    this.height = HEAD + this.heights.reduce((sum, height) => sum + height, 0) + 16;
  }

  x(endpoint) {
    return GUTTER + this.gap * (endpoint + 0.5);
  }

  endpoint(name, i) {
    const cut = name.lastIndexOf(":");
    const [host, port] = cut > 0 ? [name.slice(0, cut), name.slice(cut)] : [name, ""];
    const x = this.x(i);
    return [
      draw("rect", { class: "box", x: x - this.gap / 2 + 8, y: 4, width: this.gap - 16, height: HEAD - 12, rx: 4 }),
      label(host, x, 20, this.gap - 24, { "text-anchor": "middle", class: "name" }),
      label(port, x, 36, this.gap - 24, { "text-anchor": "middle", class: "port" }),
      draw("line", { class: "life", x1: x, y1: HEAD - 8, x2: x, y2: this.height }),
    ];
  }

  // From one line to another, or back to the same.
  arrow(step, y) {
    const [from, to] = [this.x(step.from), this.x(step.to)];
    if (from === to) return draw("path", { class: "arrow", d: `M${from} ${y - 8} h26 v8 h-24`, "marker-end": "url(#tip)" });
    return draw("line", { class: "arrow", x1: from, y1: y, x2: to - Math.sign(to - from), y2: y, "marker-end": "url(#tip)" });
  }

  step(step, top) {
    const y = top + STEP - 12;
    const left = Math.min(this.x(step.from), this.x(step.to));
    const room = Math.max(this.gap, Math.abs(this.x(step.from) - this.x(step.to))) - 16;
    const group = draw("g", { class: `${step.request ? "request" : "response"} ${ACTIONS.includes(step.action) ? step.action : "quiet"}` });
    group.append(
      label(`+${step.since.toFixed(3)}`, GUTTER - 10, y + 4, GUTTER, { "text-anchor": "end", class: "when" }),
      label(step.text, left + 8, y - 7, room, { class: "what" }), this.arrow(step, y));
    if (step.rules.length > 0) {
      group.append(
        draw("path", { class: "mark", d: `M${left + 8} ${y + 8} v11 m0 -11 h9 l-3 3.5 l3 3.5 h-9` }),
        label(`${step.action}: ${step.rules.join(", ")}`, left + 22, y + 18, this.width - left - 30, { class: "rules" }));
    }
    return group;
  }

  element() {
    const ladder = this.ladder;
    const tip = draw("marker", { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
      draw("path", { class: "tip", d: "M0 0 L8 4 L0 8 z" }));
    const svg = draw("svg", { class: "ladder", viewBox: `0 0 ${this.width} ${this.height}`, width: this.width, height: this.height, role: "img" },
      draw("title", {}, plain(`Ladder of call ${ladder.name}: ${ladder.steps.length} messages between ${ladder.endpoints.length} endpoints. The table has them all.`)),
      draw("defs", {}, tip));
    ladder.endpoints.forEach((name, i) => svg.append(...this.endpoint(name, i)));
    let top = HEAD;
    ladder.steps.forEach((step, i) => {
      svg.append(this.step(step, top));
      top += this.heights[i];
    });
    return svg;
  }
}

function stepsTable(ladder) {
  const columns = [["Time", "time"], ["From", "text"], ["To", "text"], ["Message", "text"], ["Verdict", "action"], ["Rules", "words"],
    ["Place", "text"]].map(([title, kind]) => ({ title, kind }));
  const rows = ladder.steps.map((step) => [step.time, ladder.endpoints[step.from], ladder.endpoints[step.to], step.text,
    step.action || null, step.rules.length > 0 ? step.rules : null, step.place]);
  return new Table({ title: "The messages of this call", columns, rows }, { all: true, fine: true }).element();
}

function ladderName(ladder, i) {
  const rules = [...new Set(ladder.steps.flatMap((step) => step.rules))];
  return plain(`${i + 1}. ${ladder.name} · ${ladder.steps.length} messages · ${rules.slice(0, 3).join(", ")}${rules.length > 3 ? " …" : ""}`);
}

function ladderSection(section) {
  const id = uniqueId();
  const select = make("select", { id }, ...section.ladders.map((ladder, i) => make("option", { value: String(i) }, ladderName(ladder, i))));
  const place = make("div", { class: "call", "aria-live": "off" });
  const show = () => {
    const ladder = section.ladders[Number(select.value)];
    const parts = [
      make("dl", { class: "facts" },
        make("div", {}, make("dt", {}, "Call-ID"), make("dd", {}, foreign(ladder.name))),
        make("div", {}, make("dt", {}, "Who"), make("dd", {}, foreign(ladder.about)))),
    ];
    if (ladder.leftOut > 0) parts.push(make("p", { class: "left-out" }, `${ladder.leftOut.toLocaleString("en")} more messages of this call are not shown.`));
    parts.push(scrollBox("Ladder of the call", new Ladder(ladder, place.clientWidth).element()), stepsTable(ladder));
    place.replaceChildren(...parts);
  };
  const move = (by) => {
    select.value = String((Number(select.value) + by + section.ladders.length) % section.ladders.length);
    show();
  };
  const buttons = [["Previous", -1], ["Next", 1]].map(([title, by]) => {
    const button = make("button", { type: "button", disabled: section.ladders.length < 2 }, title);
    button.addEventListener("click", () => move(by));
    return button;
  });
  select.addEventListener("change", show);
  ladderSection.later.push(show);
  return [make("div", { class: "search" }, make("label", { for: id, class: "wide" }, "Call", select), ...buttons), place];
}
// What needs to know how wide the page is.
ladderSection.later = [];
