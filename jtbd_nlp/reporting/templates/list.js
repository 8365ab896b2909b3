/* The left side: search, filters, and the list of jobs. */
const LABELS = { participant: "Participant", force: "Force", emotion: "Emotion", solution: "Current solution", stage: "Step of the switch", confidence: "Confidence", edited: "Review", voices: "Voices", gap: "Gaps" };
const FIRST = 25; /* jobs drawn before anything else */
let drawing = 0;
let listed = [];
let wasNarrowed = false; /* that all are back is told too */
const parts = {};

function listPane() {
  parts.search = h("input", { type: "search", id: "search", placeholder: "Search jobs, quotes, interviews", autocomplete: "off",
    "aria-label": "Search jobs, quotes and interviews", "aria-keyshortcuts": "/", oninput: onSearch });
  parts.filters = h("div", { class: "filters" });
  parts.chips = h("div", { class: "chips" });
  parts.count = h("p", { class: "count" });
  parts.items = h("ol", { class: "jobs", "aria-label": "Jobs" });
  parts.found = h("div", { class: "found" });
  const sort = h("select", { id: "sort", "aria-label": "Order of the jobs", onchange: (e) => { state.sort = e.target.value; renderList(); } },
    [["support", "Most people"], ["quotes", "Most quotes"], ["confidence", "Confidence"], ["name", "Name"], ["report", "As in the report"]]
      .map(([value, label]) => h("option", { value, selected: value === state.sort }, label)));
  return h("section", { class: "pane list", "aria-label": "List of jobs" },
    h("div", { class: "tools" }, h("div", { class: "searchbox" }, parts.search, h("kbd", { "aria-hidden": "true" }, "/")),
      h("details", { class: "more" }, h("summary", {}, "Filters"), parts.filters), parts.chips,
      h("div", { class: "row" }, parts.count, sort)),
    parts.items, parts.found);
}

function onSearch(event) {
  state.query = event.target.value;
  renderList();
  renderJob();
}

function setFilter(key, value, column) {
  if (column) state.columns[column] = value;
  else state.filters[key] = value;
  state.allQuotes = false;
  showFilters();
  renderList();
  renderJob();
}

function clearFilters() {
  for (const key of Object.keys(state.filters)) state.filters[key] = "";
  state.columns = Object.create(null);
  state.query = "";
  parts.search.value = "";
  showFilters();
  renderList();
  renderJob();
}

function renderFilters() {
  const found = facets();
  const selects = Object.entries(found).map(([key, map]) => facetSelect(key, LABELS[key], ordered(key, map)));
  const columns = DATA.columns.map((column) => [column, columnValues(column)]).filter(([, v]) => v.length > 1 && v.length <= 60)
    .map(([column, values]) => chooser(`column-${column}`, column, state.columns[column] || "", values.map((v) => [v, v]), (v) => setFilter("", v, column)));
  const fixed = { edited: [["reviewed", "Reviewed"], ["open", "Not reviewed"]], voices: [["single voice", "Single voice"], ["several voices", "Several voices"]], gap: [["has gaps", "Has gaps"], ["no gaps", "No gaps"]] };
  const marks = Object.entries(fixed).map(([key, options]) => facetSelect(key, LABELS[key], options));
  fill(parts.filters, selects, columns, marks);
  showFilters();
}

/* The choices made: in the fields, and as chips that take them away. */
function showFilters() {
  for (const [key, value] of Object.entries(state.filters)) setChoice(key, value);
  for (const column of DATA.columns) setChoice(`column-${column}`, state.columns[column] || "");
  const active = [...Object.entries(state.filters).map(([key, value]) => [LABELS[key], value, () => setFilter(key, "")]),
    ...Object.entries(state.columns).map(([key, value]) => [key, value, () => setFilter("", "", key)])].filter(([, value]) => value);
  fill(parts.chips, active.map(([label, value, off]) => button([h("span", {}, `${label}: `), value, h("span", { "aria-hidden": "true" }, " ×")], off,
    { class: "chip", "aria-label": `${label}: ${value}, remove this filter` })), active.length > 1 && button("Clear all", clearFilters, { class: "link" }));
}

function setChoice(id, value) {
  const select = document.getElementById(`filter-${id}`);
  if (select) select.value = value;
}

function ordered(key, map) {
  const fixed = { force: FORCES, confidence: CONFIDENCES, stage: DATA.stages }[key];
  const entries = [...map].map(([value, set]) => [value, set.size]);
  if (fixed) entries.sort((a, b) => fixed.indexOf(a[0]) - fixed.indexOf(b[0]));
  else entries.sort((a, b) => (key === "participant" ? 0 : b[1] - a[1]) || a[0].localeCompare(b[0], "en", { numeric: true }));
  return entries.map(([value, n]) => [value, `${value} (${n})`]);
}

function facetSelect(key, label, options) {
  return options.length ? chooser(key, label, state.filters[key], options, (value) => setFilter(key, value)) : null;
}

function chooser(id, label, current, options, onpick) {
  return h("label", { class: "chooser" }, h("span", {}, label), h("select", { id: `filter-${id}`, onchange: (e) => onpick(e.target.value) },
    h("option", { value: "" }, "Any"), options.map(([value, text]) => h("option", { value, selected: value === current }, text))));
}

function renderList() {
  performance.mark("filter-start");
  listed = select();
  if (!listed.some((job) => job.job_id === state.jobId)) state.jobId = listed.length ? listed[0].job_id : null;
  drawItems();
  const total = (of) => listed.reduce((sum, job) => sum + shown(job, job.numbers).filter((n) => isWeak(job, n) === of).length, 0);
  parts.count.textContent = `${listed.length === jobs.length ? plural(jobs.length, "job") : `${listed.length} of ${plural(jobs.length, "job")}`}, ${quoteCount(total(false), total(true))}`;
  renderFound();
  const narrowed = listed.length !== jobs.length;
  if (narrowed || wasNarrowed) say(listed.length ? parts.count.textContent : "Nothing matches.");
  wasNarrowed = narrowed;
  performance.measure("filter", "filter-start");
}

/* The first screens at once, the rest after the browser has drawn them. */
function drawItems() {
  clearTimeout(drawing);
  fill(parts.items, listed.slice(0, FIRST).map(listItem));
  const more = () => {
    const at = parts.items.children.length;
    if (at >= listed.length) return;
    append(parts.items, [listed.slice(at, at + FIRST).map(listItem)]);
    drawing = setTimeout(more, 30);
  };
  drawing = setTimeout(more, 60);
}

function itemAt(place) {
  const at = parts.items.children.length;
  if (place >= at) append(parts.items, [listed.slice(at, place + 1).map(listItem)]);
  return parts.items.children[place].firstElementChild;
}

function listItem(job) {
  const found = hits.get(job.job_id);
  const flags = [job.reviewed && "reviewed", (job.edits.length > 0 || job.mine.size > 0) && "edited", job.single_voice && "single voice"].filter(Boolean);
  return h("li", {}, h("button", { type: "button", class: "item", "data-job": job.job_id, "aria-current": job.job_id === state.jobId ? "true" : null,
    onclick: () => openJob(job.job_id, true) },
  h("span", { class: "name" }, marked(job.name, queryWords)),
  h("span", { class: "story" }, marked(storyText(job), queryWords)),
  h("span", { class: "facts" }, confidenceMark(job.confidence), h("span", {}, plural(job.participants.length, "person", "people")),
    h("span", {}, quotesOf(job)), found && h("span", { class: "hit" }, `${found.size} match`),
    flags.map((flag) => h("span", { class: `flag ${flag.replace(" ", "-")}` }, flag)))));
}

/* "12 quotes, +3 nearby": what was only told nearby is no evidence and is counted apart. */
function quoteCount(n, near) {
  return plural(n, "quote") + (near ? `, +${near.toLocaleString("en")} nearby` : "");
}

function quotesOf(job) {
  return quoteCount(job.sure.length, job.numbers.length - job.sure.length);
}

function confidenceMark(level) {
  const filled = { high: 3, medium: 2, low: 1 }[level] || 0;
  return h("span", { class: "confidence", "data-level": level },
    h("span", { class: "bars", "aria-hidden": "true" }, [1, 2, 3].map((n) => h("i", { class: n <= filled ? "on" : "" }))), level, h("span", { class: "unseen" }, " confidence"));
}

function renderFound() {
  const { found, total } = searchTranscripts(20);
  if (!listed.length && !total) {
    return fill(parts.found, h("p", { class: "empty" }, jobs.length ? "Nothing matches." : "This run found no jobs. The warnings say what was read."),
      jobs.length > 0 && button("Clear search and filters", clearFilters, { class: "plain" }));
  }
  return fill(parts.found, total > 0 && [h("h2", {}, `In the interviews: ${plural(total, "place")}`),
    h("ul", {}, found.map(({ transcript, place, turn }) => h("li", {}, button([
      h("span", { class: "who" }, `${turn.speaker || "?"} · ${DATA.transcripts[transcript].transcript_id}`), h("span", { class: "snippet" }, marked(around(turn.text), queryWords))],
    () => openTurn(transcript, place), { class: "item" })))),
    total > found.length && h("p", { class: "muted" }, `The first ${found.length} are shown.`)]);
}

function around(text) {
  const at = Math.max(0, fold(text).indexOf(queryWords[0]) - 60);
  return (at ? "…" : "") + text.slice(at, at + 200) + (text.length > at + 200 ? "…" : "");
}
