/* The view of people: a matrix of jobs by participants (or by a column of the participants file), and saturation. */
const MATRIX_COLUMNS = 40;
let matrixBy = "";
let matrixAll = false;

function peopleView() {
  const choose = DATA.columns.length > 0 && chooser("matrix", "Columns", matrixBy, DATA.columns.map((c) => [c, c]), (value) => { matrixBy = value; renderView(); });
  if (choose) choose.querySelector("option").textContent = "Participants";
  return h("section", { class: "sheet", "aria-labelledby": "people-title" }, h("h2", { id: "people-title" }, "Who has which job"),
    h("p", { class: "muted" }, "Number of quotes of each job by each ", matrixBy || "participant", ". A number opens the job with only those quotes."), choose, matrix(), saturation());
}

function groupOf(participantId) {
  return matrixBy ? String((people.get(participantId) || {})[matrixBy] ?? "") || "not given" : participantId;
}

function matrix() {
  const cells = new Map(), totals = new Map();
  for (const job of jobs) for (const n of job.numbers) {
    const group = groupOf(DATA.quotes[n].participant_id), key = `${job.job_id}\n${group}`;
    cells.set(key, (cells.get(key) || 0) + 1);
    totals.set(group, (totals.get(group) || 0) + 1);
  }
  const groups = new Set(matrixBy ? totals.keys() : [...people.keys(), ...totals.keys()]);
  const sorted = [...groups].sort((a, b) => (groups.size > MATRIX_COLUMNS ? (totals.get(b) || 0) - (totals.get(a) || 0) : 0) || a.localeCompare(b, "en", { numeric: true }));
  const cols = matrixAll ? sorted : sorted.slice(0, MATRIX_COLUMNS);
  const most = Math.max(1, ...cells.values());
  if (!jobs.length || !cols.length) return h("p", { class: "empty" }, "Nothing to show yet.");
  return [h("div", { class: "matrix", role: "region", "aria-label": "Jobs by participants", tabindex: "0" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Job"), cols.map((g) => h("th", { scope: "col", title: matrixBy ? null : reporter(g) || null }, h("span", {}, g))))),
    h("tbody", {}, jobs.map((job) => h("tr", {}, h("th", { scope: "row" }, button(job.name, () => openJob(job.job_id, true), { class: "link" })), cols.map((g) => matrixCell(job, g, cells.get(`${job.job_id}\n${g}`), most))))),
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "Quotes"), cols.map((g) => h("td", {}, totals.get(g) || 0)))))),
  cols.length < sorted.length && button(`Show all ${sorted.length} columns`, () => { matrixAll = true; renderView(); }, { class: "plain" })];
}

function matrixCell(job, group, count, most) {
  if (!count) return h("td", { class: "none" }, h("span", { class: "unseen" }, "0"));
  const open = () => { state.view = "jobs"; setFilter(matrixBy ? "" : "participant", group, matrixBy || undefined); openJob(job.job_id, false); render(); };
  return h("td", { class: `level-${Math.ceil((4 * count) / most)}` }, matrixBy && group === "not given" ? String(count) : button(String(count), open, { "aria-label": `${plural(count, "quote")} of ${group} in ${job.name}` }));
}

function saturation() {
  const curve = DATA.saturation;
  if (curve.length < 2) return null;
  const width = 560, height = 200, top = Math.max(...curve), left = 40, bottom = 170;
  const x = (i) => left + (i * (width - left - 10)) / (curve.length - 1), y = (v) => bottom - (v / (top || 1)) * (bottom - 15);
  const last = curve[curve.length - 1] - curve[curve.length - 2];
  return h("section", {}, h("h2", {}, "Do further interviews still bring new jobs?"),
    h("p", { class: "muted" }, `Mean number of these jobs heard of in so many interviews. The last interview added ${last.toFixed(1)}.`),
    h("svg", { class: "curve", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `From ${curve[0].toFixed(1)} jobs in one interview to ${top.toFixed(1)} in ${curve.length}` },
      h("line", { x1: left, x2: width - 10, y1: bottom, y2: bottom }), h("polyline", { points: curve.map((v, i) => `${x(i)},${y(v)}`).join(" ") }),
      curve.map((v, i) => (curve.length <= 40) && h("circle", { cx: x(i), cy: y(v), r: 3 }, h("title", {}, `${i + 1} interviews: ${v.toFixed(1)} jobs`))),
      h("text", { x: left, y: height - 10 }, "1"), h("text", { x: width - 30, y: height - 10 }, curve.length), h("text", { x: 8, y: y(top) + 5 }, top.toFixed(top < 10 ? 1 : 0)), h("text", { x: 8, y: bottom }, "0")));
}
