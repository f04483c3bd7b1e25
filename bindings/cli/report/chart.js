// Charts over time, each with its numbers as a table.
"use strict";

const HEIGHT = 260;
const PRINT_WIDTH = 660;
// A canvas knows nothing of styles, so its colours stand here.
const LIGHT = { text: "#4a5565", grid: "#dde2e9", series: ["#8fb3dd", "#d68a00", "#a5172a"] };
const DARK = { text: "#aab6c6", grid: "#2d3642", series: ["#3f6ea8", "#e0a52e", "#ff7a85"] };

const charts = [];
const dark = window.matchMedia("(prefers-color-scheme: dark)");
let printing = false;

function palette() {
  return dark.matches && !printing ? DARK : LIGHT;
}

function clockText(seconds, step) {
  const text = new Date(seconds * 1000).toISOString().replace("T", " ");
  return step < 1 ? text.slice(0, 21) : step < 60 ? text.slice(0, 19) : step < 86400 ? text.slice(0, 16) : text.slice(0, 10);
}

function spanText(seconds) {
  const units = [[604800, "week"], [86400, "day"], [3600, "hour"], [60, "minute"], [1, "second"]];
  const [size, name] = units.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, "second"];
  const count = seconds / size;
  return `${count.toLocaleString("en")} ${name}${count === 1 ? "" : "s"}`;
}

// Ticks of the axis: the day where it begins, the time of day where steps are that fine.
function tickTexts(times, step) {
  let day = "";
  return times.map((time) => {
    const [date, clock] = new Date(time * 1000).toISOString().split("T");
    const text = step < 1 ? clock.slice(0, 10) : step < 60 ? clock.slice(0, 8) : clock.slice(0, 5);
    const fresh = date !== day;
    day = date;
    return step >= 86400 ? date : fresh ? `${text}\n${date}` : text;
  });
}

class Chart {
  constructor(section) {
    this.section = section;
    const length = section.series[0].values.length;
    this.times = Array.from({ length }, (_, i) => section.begin + i * section.step);
    this.place = make("div", { class: "plot", role: "img", "aria-label": plain(this.summary()) });
    this.legend = section.series.map((series) => ({ series, value: make("span", { class: "value" }) }));
    this.when = make("span", { class: "when" });
    charts.push(this);
  }

  total(series) {
    return series.values.reduce((sum, value) => sum + value, 0);
  }

  summary() {
    const last = this.times[this.times.length - 1] + this.section.step;
    const totals = this.section.series.map((series) => `${series.name} ${numberText(this.total(series), series.kind)}`);
    return `${this.section.title}, ${clockText(this.times[0], this.section.step)} to ${clockText(last, this.section.step)}, ` +
      `in steps of ${spanText(this.section.step)}: ${totals.join(", ")}. The table has the numbers.`;
  }

  options(width) {
    const colours = palette();
    const axis = { stroke: colours.text, grid: { stroke: colours.grid, width: 1 }, ticks: { stroke: colours.grid, width: 1 } };
    const kind = this.section.series[0].kind;
    return {
      width,
      height: HEIGHT,
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: {
        x: { range: () => [this.times[0], this.times[this.times.length - 1] + this.section.step] },
        y: { range: (_, low, high) => [0, high > 0 ? high * 1.08 : 1] },
      },
      axes: [
        { ...axis, space: 84, values: (_, ticks, axisIndex, space, step) => tickTexts(ticks, step) },
        { ...axis, size: 62, incrs: kind === "number" ? uPlotSteps() : undefined,
          values: (_, ticks) => ticks.map((tick) => (kind === "money" ? tick.toLocaleString("en") : numberText(tick, kind))) },
      ],
      series: [{}, ...this.section.series.map((series, i) => ({
        label: series.name,
        fill: colours.series[i % colours.series.length],
        width: 0,
        points: { show: false },
        paths: uPlot.paths.bars({ size: [0.92, Infinity], align: 1 }),
      }))],
      hooks: { setCursor: [(plot) => this.tell(plot.cursor.idx)] },
    };
  }

  // Beside the legend: the values under the pointer, or the sums.
  tell(index) {
    const here = index !== null && index !== undefined && index < this.times.length;
    this.when.textContent = here ? `${clockText(this.times[index], this.section.step)} UTC` : "In all";
    for (const { series, value } of this.legend) {
      value.textContent = numberText(here ? series.values[index] : this.total(series), series.kind);
    }
  }

  draw() {
    if (this.plot) this.plot.destroy();
    const width = printing ? PRINT_WIDTH : Math.max(240, this.place.clientWidth);
    this.width = width;
    this.plot = new uPlot(this.options(width), [this.times, ...this.section.series.map((series) => series.values)], this.place);
    this.legend.forEach(({ swatch }, i) => swatch.style.setProperty("background-color", palette().series[i % 3]));
    this.tell(null);
  }

  element() {
    const list = make("ul", { class: "legend" }, make("li", {}, this.when));
    for (const entry of this.legend) {
      entry.swatch = make("span", { class: "swatch", "aria-hidden": "true" });
      list.append(make("li", {}, entry.swatch, `${plain(entry.series.name)} `, entry.value));
    }
    const clocks = this.times.map((time) => clockText(time, this.section.step));
    const [day] = clocks[0].split(" ");
    const oneDay = this.section.step < 86400 && clocks.every((clock) => clock.startsWith(day));
    const columns = [{ title: oneDay ? day : "Beginning", kind: "text" },
      ...this.section.series.map(({ name, kind }) => ({ title: name, kind }))];
    const rows = clocks.map((clock, i) =>
      [oneDay ? clock.slice(day.length + 1) : clock, ...this.section.series.map((series) => series.values[i])]);
    const table = new Table({ title: `${this.section.title}: the numbers`, columns, rows }, { all: true });
    return make("div", { class: "chart" }, make("figure", {}, this.place, make("figcaption", {}, list)), table.element());
  }
}

// Counts have no fractions.
function uPlotSteps() {
  const steps = [];
  for (let power = 1; power <= 1e15; power *= 10) steps.push(power, power * 2, power * 5);
  return steps;
}

function drawCharts() {
  for (const chart of charts) chart.draw();
}

function chartSection(section) {
  return [new Chart(section).element()];
}

function watchCharts() {
  drawCharts();
  dark.addEventListener("change", drawCharts);
  window.addEventListener("beforeprint", () => {
    printing = true;
    drawCharts();
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    drawCharts();
  });
  new ResizeObserver(() => {
    if (!printing) for (const chart of charts) if (Math.abs(chart.place.clientWidth - chart.width) > 1) chart.draw();
  }).observe(document.getElementById("main"));
}
