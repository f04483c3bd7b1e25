// Tables: sorted by their columns, searched where they are long, cards on a narrow screen.
"use strict";

const FIRST_ROWS = 10; // of a short table; a button shows the others, if they are more than some
const SOME_ROWS = 5;
const FIRST_OF_MANY = 25; // of a long one
const MORE_ROWS = 100;

let labels = 0;

function uniqueId() {
  labels += 1;
  return `part-${labels}`;
}

// A box that scrolls sideways where it must, and can be scrolled with the keyboard.
function scrollBox(label, ...children) {
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, ...children);
}

function classOf(kind) {
  return isNumber(kind) ? "of-number" : `of-${kind}`;
}

function cellOf(value, column, most, first, fine) {
  const kind = column.kind;
  const attributes = { "data-label": plain(column.title), class: classOf(kind), role: first ? "rowheader" : "cell" };
  if (first) attributes.scope = "row";
  const cell = make(first ? "th" : "td", attributes, make("span", { class: "value" }, shown(value, kind, fine)));
  if (column.bar && typeof value === "number" && most > 0) {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--part", String(Math.max(0, value) / most));
    cell.append(bar);
  }
  return cell;
}

class Table {
  constructor(section, options = {}) {
    this.section = section;
    this.rows = section.rows.slice();
    this.found = this.rows;
    this.atOnce = section.search ? FIRST_OF_MANY :
      options.all || section.rows.length <= FIRST_ROWS + SOME_ROWS ? Infinity : FIRST_ROWS;
    this.limit = this.atOnce;
    this.fine = Boolean(section.search || options.fine);
    this.most = section.columns.map((column, i) =>
      column.bar ? section.rows.reduce((most, row) => Math.max(most, row[i] ?? 0), 0) : 0);
    this.body = make("tbody", { role: "rowgroup" });
    this.heads = section.columns.map((column, i) => this.headOf(column, i));
    this.status = make("p", { class: "status", role: "status" });
    this.button = make("button", { type: "button" });
    this.button.addEventListener("click", () => {
      this.limit = section.search ? this.limit + MORE_ROWS : Infinity;
      this.fill();
    });
    this.fill();
  }

  headOf(column, i) {
    const button = make("button", { type: "button" }, plain(column.title));
    button.addEventListener("click", () => this.sort(i));
    return make("th", { scope: "col", role: "columnheader", class: classOf(column.kind), "data-title": plain(column.title) }, button);
  }

  // Numbers and actions the largest first, then the other way round.
  sort(i) {
    const kind = this.section.columns[i].kind;
    const before = this.heads[i].getAttribute("aria-sort");
    const down = before === null ? isNumber(kind) || kind === "action" : before === "ascending";
    for (const head of this.heads) head.removeAttribute("aria-sort");
    this.heads[i].setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = (a, b) => {
      if (a[i] === null || b[i] === null) return compare(a[i], b[i], kind);
      return down ? compare(b[i], a[i], kind) : compare(a[i], b[i], kind);
    };
    this.rows.sort(order);
    this.found = this.found === this.rows ? this.rows : this.found.slice().sort(order);
    this.fill();
  }

  keep(wanted) {
    this.found = wanted ? this.rows.filter(wanted) : this.rows;
    this.limit = this.atOnce;
    this.fill();
  }

  fill() {
    const rows = this.found.slice(0, this.limit);
    this.body.replaceChildren(...rows.map((row) =>
      make("tr", { role: "row" }, ...row.map((value, i) =>
        cellOf(value, this.section.columns[i], this.most[i], i === 0 && !this.section.search, this.fine)))));
    const rest = this.found.length - rows.length;
    this.button.hidden = rest === 0;
    this.button.textContent = this.section.search
      ? `Show ${Math.min(rest, MORE_ROWS).toLocaleString("en")} more`
      : `Show all ${this.found.length.toLocaleString("en")}`;
    this.status.textContent = rest === 0 && !this.section.search ? "" :
      `${rows.length.toLocaleString("en")} of ${this.found.length.toLocaleString("en")} rows are shown.`;
  }

  element() {
    const section = this.section;
    const table = make("table", { role: "table" },
      make("caption", {}, plain(section.title)),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...this.heads)),
      this.body);
    return make("div", { class: "table" }, scrollBox(plain(`${section.title}, table`), table),
      make("div", { class: "more" }, this.status, this.button));
  }
}

// A word to look for, and one choice for each column of few values.
function searchForm(table) {
  const section = table.section;
  const id = uniqueId();
  const word = make("input", { id, type: "search", autocomplete: "off", spellcheck: "false" });
  const choices = [];
  section.columns.forEach((column, i) => {
    if (column.kind !== "action" && column.kind !== "words" && column.title !== "Threat") return;
    const values = [...new Set(section.rows.flatMap((row) => row[i] ?? []))].sort();
    const select = make("select", { id: uniqueId() }, make("option", { value: "" }, "all"));
    values.forEach((value, n) => select.append(make("option", { value: String(n + 1) }, plain(value))));
    choices.push({ i, values, select, title: column.title });
  });
  const change = () => {
    const text = word.value.trim().toLowerCase();
    table.keep((row) => choices.every(({ i, values, select }) =>
      select.value === "" || [row[i]].flat().includes(values[Number(select.value) - 1])) &&
      (text === "" || row.some((value) => searchable(value).includes(text))));
  };
  word.addEventListener("input", change);
  const form = make("form", { class: "search", role: "search", "aria-label": plain(section.title) },
    make("label", { for: id }, "Search", word));
  for (const { select, title } of choices) {
    select.addEventListener("change", change);
    form.append(make("label", { for: select.id }, plain(title), select));
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  return form;
}

function tableSection(section) {
  if (section.rows.length === 0) return [make("p", { class: "none" }, "Nothing to show.")];
  const table = new Table(section);
  return section.search ? [searchForm(table), table.element()] : [table.element()];
}
