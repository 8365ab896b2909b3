/* The view of people: who has which job, who was moved by which force, stories, differences, and people who left. */
const MATRIX_COLUMNS = 40;
let matrixBy = "";
let matrixAll = false;

function peopleView() {
  const choose = DATA.columns.length > 0 && chooser("matrix", "Columns", matrixBy, DATA.columns.map((c) => [c, c]), (value) => { matrixBy = value; renderView(); });
  if (choose) choose.querySelector("option").textContent = "Participants";
  return h("section", { class: "sheet", "aria-labelledby": "people-title" }, h("h2", { id: "people-title" }, "Who has which job"),
    h("p", { class: "muted" }, "Number of quotes of each job by each ", matrixBy || "participant", ", without what was only told nearby. A number opens the job with only those quotes."), choose, matrix(), differences(), movingSection(), timelineSection(), stories(), left());
}

function groupOf(participantId) {
  return matrixBy ? String((people.get(participantId) || {})[matrixBy] ?? "") || "not given" : participantId;
}

function matrix() {
  const cells = new Map(), totals = new Map();
  for (const job of jobs) for (const n of job.sure) {
    const group = groupOf(DATA.quotes[n].participant_id), key = `${job.job_id}\n${group}`;
    cells.set(key, (cells.get(key) || 0) + 1);
    totals.set(group, (totals.get(group) || 0) + 1);
  }
  const groups = new Set(matrixBy ? totals.keys() : [...people.keys(), ...totals.keys()]);
  const sorted = [...groups].sort((a, b) => (groups.size > MATRIX_COLUMNS ? (totals.get(b) || 0) - (totals.get(a) || 0) : 0) || a.localeCompare(b, "en", { numeric: true }));
  const cols = matrixAll ? sorted : sorted.slice(0, MATRIX_COLUMNS);
  const most = Math.max(1, ...cells.values());
  if (!jobs.length || !cols.length) return h("p", { class: "empty" }, "Nothing to show yet.");
  return [h("div", { class: `matrix${cols.length > 8 && cols.some((g) => g.length > 5) ? " tilted" : ""}`, role: "region", "aria-label": "Jobs by participants", tabindex: "0" }, h("table", {}, caption("Jobs by participants"), h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Job"), cols.map((g) => h("th", { scope: "col", title: matrixBy ? null : reporter(g) || null }, h("span", {}, g))))),
    h("tbody", {}, [...jobs].sort(ORDERS.support).map((job) => h("tr", {}, h("th", { scope: "row" }, button(job.name, () => openJob(job.job_id, true), { class: "link" })), cols.map((g) => matrixCell(job, g, cells.get(`${job.job_id}\n${g}`), most))))),
    h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "Quotes"), cols.map((g) => h("td", {}, totals.get(g) || 0)))))),
  cols.length < sorted.length && button(`Show all ${sorted.length} columns`, () => { matrixAll = true; renderView(); }, { class: "plain" })];
}

function matrixCell(job, group, count, most) {
  if (!count) return h("td", { class: "none" }, h("span", { class: "unseen" }, "0"));
  const open = () => { openView("jobs"); setFilter(matrixBy ? "" : "participant", group, matrixBy || undefined); openJob(job.job_id, false); render(); };
  return h("td", { class: `level-${Math.ceil((4 * count) / most)}` }, matrixBy && group === "not given" ? String(count) : button(String(count), open, { "aria-label": `${plural(count, "quote")} of ${group} in ${job.name}` }));
}

const named = (id) => { const job = jobById.get(id) || DATA.jobs.find((j) => j.job_id === id); return job ? job.name : id; };
const jobLink = (id) => (jobById.has(id) ? button(named(id), () => { openJob(id, false); render(); }, { class: "link" }) : named(id));

/* Share of people of each group who have each job; an exact test only where one may be made. */
function differences() {
  if (!matrixBy) return null;
  const groups = columnValues(matrixBy).map((value) => [value, [...people].filter(([, row]) => String(row[matrixBy] ?? "") === value).map(([id]) => id)]);
  if (groups.length < 2 || groups.length > 12) return null;
  const tests = Object.hasOwn(DATA.people.tests, matrixBy) ? DATA.people.tests[matrixBy] : null; /* a column may be called "constructor" */
  const told = new Map((tests ? tests.found : []).map(([id, group, p]) => [`${id}\n${group}`, p]));
  const cell = (job, [value, members]) => {
    const n = members.filter((id) => job.participants.includes(id)).length, p = told.get(`${job.job_id}\n${value}`);
    return h("td", { class: n ? `level-${Math.ceil((4 * n) / members.length)}` : "none" }, n ? `${n} of ${members.length}` : h("span", { class: "muted" }, `0 of ${members.length}`), p !== undefined && h("strong", { title: `Fisher's exact test, corrected: p = ${p}` }, " *"));
  };
  const note = !tests ? "No exact test is made of this column." : !tests.n_tests ? "The groups are too small for a test: read the shares as what these people said." : `${plural(told.size, "cell")} (marked *) of ${tests.n_tests} that could be tested ${told.size === 1 ? "differs" : "differ"} by more than chance among these people (Fisher's exact test, Holm's correction). It says nothing of the market.`;
  return h("section", {}, h("h2", {}, `People of each ${matrixBy}`), h("p", { class: "muted" }, "How many people of each group speak of the job. ", note),
    table("People by group", ["Job", ...groups.map(([value]) => value)], [...jobs].sort(ORDERS.support).map((job) => h("tr", {}, h("th", { scope: "row" }, jobLink(job.job_id)), groups.map((group) => cell(job, group))))));
}

/* What a table is of, for who comes upon it by the tables of the page; others see the heading above. */
function caption(words) {
  return h("caption", {}, h("span", { class: "unseen" }, words));
}

function table(label, heads, rows) {
  return h("div", { class: "matrix", role: "region", "aria-label": label, tabindex: "0" }, h("table", {}, caption(label), h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows)));
}

/* Participants grouped by the forces that moved them in which job: the stories of a switch study. */
function stories() {
  const found = DATA.people.stories;
  const head = h("h2", {}, "Stories");
  if (!found.length) return h("section", {}, head, h("p", { class: "muted" }, DATA.people.why_none));
  const mark = ([id, force]) => h("li", {}, h("span", { class: `dot ${force}`, "aria-hidden": "true" }), h("strong", {}, force), " in ", jobLink(id));
  return h("section", {}, head, h("p", { class: "muted" }, "Participants who were moved by the same forces in the same jobs. Stability from 0 (chance) to 1 says how often they fell together when some forces were left out; this groups the people interviewed, not a market."),
    h("div", { class: "stories" }, found.map((story, i) => h("article", { class: "tale" }, h("h3", {}, `Story ${i + 1}`, h("span", { class: "n" }, ` ${plural(story.members.length, "person", "people")}, stability ${story.stability.toFixed(2)}`)),
      h("p", { class: "voices" }, story.members.map((id) => button(id, () => { openView("jobs"); setFilter("participant", id); }, { class: "voice", title: reporter(id) || null }))),
      story.marks.length ? [h("p", { class: "muted" }, "More than others they tell of"), h("ul", {}, story.marks.map(mark))] : h("p", { class: "muted" }, "No single force sets them apart: they share that they show little of what the others do.")))),
    DATA.people.ungrouped.length > 0 && h("p", { class: "muted" }, `In no story: ${DATA.people.ungrouped.join(", ")}.`));
}

/* Detractors and cancelled customers, shown apart. */
function left() {
  return DATA.people.left.map((group) => {
    const theirs = jobs.map((job) => [job, job.participants.filter((id) => group.participants.includes(id)).length]).filter(([, n]) => n).sort((a, b) => b[1] - a[1]);
    return h("section", {}, h("h2", {}, `People who left: ${group.status}`), h("p", {}, group.participants.join(", "), ". ", theirs.length > 0 && "Their jobs: ", theirs.slice(0, 8).map(([job, n], i) => [i > 0 && ", ", jobLink(job.job_id), ` (${n})`])),
      h("h3", {}, "What they struggled with"), quoteList(null, group.quotes, false, 6));
  });
}
