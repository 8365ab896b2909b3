/* Puts the page together, listens to keys, and draws for print. */
const VIEWS = { jobs: "Jobs", overview: "Overview", map: "Map", people: "People", wishes: "Wishes", left: "Left out", warnings: "Warnings" };

function renderTop() {
  const c = DATA.coverage;
  const count = { jobs: jobs.length, wishes: DATA.wishes.length, left: leftOut().length, warnings: DATA.warnings.length };
  const facts = [plural(DATA.transcripts.length, "interview"), plural(DATA.participants.length, "participant"), plural(c.n_passages, "passage")];
  const views = Object.entries(VIEWS).filter(([key]) => key !== "map" || DATA.points.length);
  fill(document.getElementById("top"), h("div", { class: "title" }, h("h1", {}, DATA.title), h("p", { class: "facts" }, facts.map((fact) => h("span", {}, fact)), c.share !== null && coverageFact(c))),
    h("nav", { "aria-label": "Views" }, views.map(([key, label]) => button([label, count[key] > 0 && h("span", { class: "n" }, ` ${count[key]}`)], () => openView(key), { "aria-current": state.view === key ? "page" : null }))),
    h("div", { class: "right" }, button(["Edits ", edits.length > 0 && h("span", { class: "badge" }, unsaved() || "✓"), unsaved() > 0 && h("span", { class: "unseen" }, " not saved")], editsDialog, { class: unsaved() ? "primary" : "plain" }), button("?", helpDialog, { class: "plain", "aria-label": "Keys and help" })));
}

function coverageFact(c) {
  const near = c.n_nearby / c.n_struggles;
  const meter = h("svg", { viewBox: "0 0 60 8", class: "meter", "aria-hidden": "true" }, h("rect", { x: 0, y: 0, width: 60, height: 8, class: "rest" }), h("rect", { x: 0, y: 0, width: 60 * (c.share + near), height: 8, class: "near" }), h("rect", { x: 0, y: 0, width: 60 * c.share, height: 8 }));
  return button([meter, `${percent(c.share)} of struggles used${near ? `, ${percent(near)} told near a job` : ""}`], () => openView("left"), { class: "link" });
}

function openView(view) {
  state.view = view;
  closeSource();
  document.body.dataset.pane = "list";
  setHash(view === "jobs" ? state.jobId || "" : `/${view}`);
  renderTop();
  renderView();
  document.getElementById("main").scrollTop = 0; /* another view is read from its top */
  say(VIEWS[view]);
}

function renderView() {
  const main = document.getElementById("main");
  document.body.dataset.view = state.view;
  main.tabIndex = state.view === "jobs" ? -1 : 0; /* what scrolls must be reachable by key */
  if (state.view !== "jobs") return fill(main, { overview: overviewView, map: mapView, people: peopleView, wishes: () => wishesView(), left: leftView, warnings: warningsView }[state.view]());
  if (!parts.list) {
    parts.list = listPane();
    parts.job = h("section", { class: "pane detail", "aria-label": "Job", tabindex: "0" });
  }
  if (parts.list.parentNode !== main) main.replaceChildren(parts.list, parts.job);
  renderFilters();
  renderList();
  return renderJob();
}

function render() {
  renderTop();
  renderView();
}

function setHash(words) {
  try { history.replaceState(null, "", `#${encodeURI(words)}`); } catch { /* a page inside a notebook may not */ }
}

function fromHash() {
  let words = "";
  try { words = decodeURI(location.hash.slice(1)); } catch { /* not of our making */ }
  if (words.startsWith("/") && Object.hasOwn(VIEWS, words.slice(1))) state.view = words.slice(1);
  else if (jobById.has(words)) { state.jobId = words; state.view = "jobs"; document.body.dataset.pane = "job"; }
}

function step(by) {
  if (state.view !== "jobs" || !listed.length) return;
  const at = listed.findIndex((job) => job.job_id === state.jobId);
  const next = listed[Math.min(Math.max(at + by, 0), listed.length - 1)];
  const pane = document.body.dataset.pane;
  const item = itemAt(listed.indexOf(next));
  openJob(next.job_id, false);
  document.body.dataset.pane = pane;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function escape() {
  if (closeSource() || clearLink()) return;
  if (state.query) {
    parts.search.value = "";
    onSearch({ target: parts.search });
  } else if (state.view === "jobs" && !parts.list.contains(document.activeElement)) toList();
}

/* From a job back to its entry of the list. */
function toList() {
  document.body.dataset.pane = "list";
  const at = listed.findIndex((job) => job.job_id === state.jobId);
  (at < 0 ? parts.search : itemAt(at)).focus();
}

function enter(event) {
  if (!event.target.matches?.(".item[data-job]")) return false;
  openJob(event.target.dataset.job, true);
  return true;
}

const KEYS = {
  "/": () => { if (state.view !== "jobs") openView("jobs"); document.body.dataset.pane = "list"; parts.search.focus(); parts.search.select(); },
  j: () => step(1), k: () => step(-1), e: editsDialog, z: undoLast, "?": helpDialog,
};

/* Keys of one letter can be switched off: who dictates would press them with every word. */
const KEYS_STORE = "jtbd-nlp keys";
let letterKeys = true;
try { letterKeys = localStorage.getItem(KEYS_STORE) !== "off"; } catch { /* storage is switched off: they work */ }
const keysOn = () => letterKeys;

function setKeys(on) {
  letterKeys = on;
  try { localStorage.setItem(KEYS_STORE, on ? "on" : "off"); } catch { /* for this visit alone */ }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return escape();
  if (event.target.matches("input, textarea, select")) return undefined;
  if (event.key === "Enter") { if (enter(event)) event.preventDefault(); return undefined; }
  if (!letterKeys || !Object.hasOwn(KEYS, event.key)) return undefined;
  event.preventDefault();
  return KEYS[event.key]();
});

window.addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });
window.addEventListener("hashchange", () => { closeSource(); fromHash(); render(); });
window.addEventListener("beforeprint", () => {
  document.body.append(h("div", { id: "print" }, h("h1", {}, DATA.title), h("p", { class: "lede" }, summaryWords()), h("p", {}, coverageWords()),
    jobs.length > 0 && glance(), DATA.warnings.length > 0 && h("section", {}, h("h3", {}, "Warnings"), warningList()),
    jobs.map((job) => jobView(job, true)), h("div", { class: "study" }, movingSection(true), hired(true), wishesView(true))));
});
window.addEventListener("afterprint", () => document.getElementById("print")?.remove());

restore();
rebuild();
fromHash();
render();
fetchEdits();
if (edits.length) say(`${plural(edits.length, "edit")} of an earlier visit are back, not saved yet.`);
