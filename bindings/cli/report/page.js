// The page: its head, its contents, its sections in the order of the report.
"use strict";

function factList(facts) {
  return make("dl", { class: "facts" }, ...facts.map((fact) =>
    make("div", {}, make("dt", {}, plain(fact.name)), make("dd", {}, shown(fact.value, fact.kind)))));
}

function head(report) {
  return [
    make("p", { class: "brand" }, "sipward"),
    make("h1", {}, plain(report.title)),
    make("p", { class: "subject" }, foreign(report.subject)),
    make("p", { class: report.calm ? "verdict calm" : "verdict alert" },
      make("span", { class: "sign", "aria-hidden": "true" }, report.calm ? "✓" : "!"), make("span", {}, foreign(report.verdict))),
    factList(report.facts),
  ];
}

function sectionOf(section) {
  const id = uniqueId();
  const build = { chart: chartSection, table: tableSection, ladders: ladderSection }[section.kind];
  const element = make("section", { id, class: `of-${section.kind}`, "aria-labelledby": `${id}-title` },
    make("h2", { id: `${id}-title` }, plain(section.title)));
  if (section.about) element.append(make("p", { class: "about" }, plain(section.about)));
  element.append(...build(section));
  if (section.leftOut) element.append(make("p", { class: "left-out" }, foreign(section.leftOut)));
  return element;
}

function showReport() {
  const report = JSON.parse(document.getElementById("report").textContent);
  document.title = plain(`${report.title}: ${report.subject}`);
  document.getElementById("head").append(...head(report));
  const main = document.getElementById("main");
  const contents = make("ul");
  for (const section of report.sections) {
    const element = sectionOf(section);
    main.append(element);
    contents.append(make("li", {}, make("a", { href: `#${element.id}` }, plain(section.title))));
  }
  document.getElementById("contents").append(contents);
  for (const show of ladderSection.later) show();
  watchCharts();
}

showReport();
