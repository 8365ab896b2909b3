/* The person's edits: applied to the jobs on the page at once, kept as a list, and written as curation.toml. */
/* `jtbd-nlp serve` shows the page on this machine, below the token of its run: /TOKEN/ */
const SERVED = location.protocol === "http:" && ["127.0.0.1", "localhost"].includes(location.hostname) && /^\/[\w-]{16,}\/$/.test(location.pathname);
const STORE = "jtbd-nlp edits " + fingerprint();
let saved = 0; /* how many of the edits are in a file already */

function fingerprint() {
  let hash = 5381;
  for (const job of DATA.jobs) for (const char of job.job_id) hash = ((hash * 33) ^ char.charCodeAt(0)) >>> 0;
  return hash.toString(16);
}

const APPLY = {
  rename(job, edit) { job.name = edit.name; job.mine.add("name"); },
  reword(job, edit) { job.statement[edit.slot] = edit.text || null; job.mine.add(edit.slot); },
  note(job, edit) { job.note = edit.text || null; },
  review(job, edit) { job.reviewed = edit.reviewed !== false; },
  pin(job, edit) { numbersOf(edit).forEach((n) => job.pins.add(n)); },
  exclude(job, edit) {
    if (!edit.quotes) job.gone = true;
    else numbersOf(edit).forEach((n) => dropPassage(job, n));
  },
};

const KNOWN = new Set([...Object.keys(APPLY), "merge", "move", "undo"]);

function applyEdit(edit) {
  if (edit.op === "merge") return mergeJobs(edit.jobs.map((id) => jobById.get(id)).filter(Boolean));
  const job = jobById.get(edit.job);
  if (!job || !(edit.op in APPLY || edit.op === "move")) return undefined;
  if (edit.op === "move") return movePassages(job, jobById.get(edit.to), numbersOf(edit));
  return APPLY[edit.op](job, edit);
}

const numberByPlace = new Map(DATA.quotes.map((q, n) => [`${transcriptId(q)}\n${q.start_char}\n${q.end_char}`, n]));

function numbersOf(edit) {
  return edit.quotes.map((q) => numberByPlace.get(`${q.transcript_id}\n${q.start_char}\n${q.end_char}`))
    .filter((n) => n !== undefined);
}

function dropPassage(job, number) {
  job.slots.delete(number);
  for (const force of FORCES) job.forces[force] = job.forces[force].filter((n) => n !== number);
  job.counter = job.counter.filter((n) => n !== number);
  job.solutions.forEach((s) => { s.quotes = s.quotes.filter((n) => n !== number); });
  job.moved = true;
}

function movePassages(from, to, numbers) {
  if (!to) return;
  for (const number of numbers) {
    if (!from.slots.has(number)) continue; /* the run did it already */
    const slots = from.slots.get(number) || [];
    dropPassage(from, number);
    to.slots.set(number, slots);
    to.moved = true;
  }
}

function mergeJobs([first, ...others]) {
  if (!first) return;
  for (const other of others) {
    for (const [number, slots] of other.slots)
      first.slots.set(number, [...new Set([...(first.slots.get(number) || []), ...slots])]);
    for (const force of FORCES) first.forces[force] = [...new Set([...first.forces[force], ...other.forces[force]])];
    first.counter = [...new Set([...first.counter, ...other.counter])];
    first.solutions = [...first.solutions, ...other.solutions.filter((s) => !first.solutions.some((t) => t.name === s.name))];
    for (const [kind, n] of Object.entries(other.emotions)) first.emotions = { ...first.emotions, [kind]: (first.emotions[kind] || 0) + n };
    other.gone = true;
    first.moved = true;
    first.mine.add("merged");
  }
}

function record(edit) {
  const hex = [...crypto.getRandomValues(new Uint8Array(6))].map((b) => b.toString(16).padStart(2, "0")).join("");
  edits.push({ id: `E-${hex}`, at: new Date().toISOString().replace(/\.\d+Z$/, "Z"), ...edit });
  changed();
  say(`${describe(edits[edits.length - 1])}. ${plural(unsaved(), "edit")} not saved yet.`);
}

function removeEdit(id) {
  const place = edits.findIndex((edit) => edit.id === id);
  if (place < 0) return;
  if (SERVED && place < saved) return void record({ op: "undo", edit: id }); /* the study has it: undone there */
  edits.splice(place, 1);
  saved = Math.min(saved, place); /* a file that was downloaded before lacks this change */
  changed();
}

function unsaved() {
  return edits.length - saved;
}

function changed() {
  keep();
  rebuild();
  render();
}

/* Unsaved edits outlive a closed tab where the browser lets a page store anything. */
function keep() {
  try {
    if (unsaved()) localStorage.setItem(STORE, JSON.stringify(edits.slice(saved)));
    else localStorage.removeItem(STORE);
  } catch { /* storage is switched off: the warning on leaving is what remains */ }
}

function restore() {
  try {
    const found = JSON.parse(localStorage.getItem(STORE) || "[]");
    if (Array.isArray(found)) edits = found.filter((e) => e && typeof e.id === "string" && KNOWN.has(e.op));
  } catch { edits = []; }
}

/* Edits that the study has: those since its last run are shown as well. */
async function fetchEdits() {
  if (!SERVED) return;
  const answer = await fetch("edits").catch(() => null);
  if (!answer?.ok) return;
  const { edit: stored, active } = await answer.json();
  const known = stored.filter((e) => active.includes(e.id) && KNOWN.has(e.op));
  edits = [...known, ...edits.filter((e) => !stored.some((s) => s.id === e.id))];
  saved = known.length;
  changed();
}

function describe(edit) {
  const name = (id) => { const job = jobById.get(id) || DATA.jobs.find((j) => j.job_id === id); return job ? job.name : id; };
  const words = edit.quotes ? `“${edit.quotes[0].text.slice(0, 60)}${edit.quotes[0].text.length > 60 ? "…" : ""}”` : "";
  switch (edit.op) {
    case "rename": return `Renamed ${edit.job} to “${edit.name}”`;
    case "reword": return edit.text ? `Reworded the ${edit.slot} of “${name(edit.job)}” to “${edit.text}”` : `Emptied the ${edit.slot} of “${name(edit.job)}”`;
    case "merge": return `Merged ${edit.jobs.slice(1).map((id) => `“${name(id)}”`).join(", ")} into “${name(edit.jobs[0])}”`;
    case "move": return `Moved ${words} to “${name(edit.to)}”`;
    case "pin": return `Pinned ${words} to “${name(edit.job)}”`;
    case "exclude": return edit.quotes ? `Left out ${words} of “${name(edit.job)}”` : `Left out the job “${name(edit.job)}”`;
    case "review": return edit.reviewed === false ? `Took the reviewed mark off “${name(edit.job)}”` : `Marked “${name(edit.job)}” as reviewed`;
    case "note": return edit.text ? `Noted on “${name(edit.job)}”: ${edit.text}` : `Took the note off “${name(edit.job)}”`;
    case "undo": return "Took back an edit";
    default: return edit.op;
  }
}

function tomlString(text) {
  const plain = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  const escaped = plain.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t").replace(/\r/g, "\\r");
  return `"${escaped.replace(/[\u0000-\u001f\u007f]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))}"`;
}

function tomlValue(value) {
  if (typeof value === "string") return tomlString(value);
  if (Array.isArray(value)) return `[${value.map((v) => (typeof v === "object" ? "\n  " : "") + tomlValue(v)).join(", ")}${value.some((v) => typeof v === "object") ? ",\n" : ""}]`;
  if (typeof value === "object") return `{ ${Object.entries(value).map(([k, v]) => `${k} = ${tomlValue(v)}`).join(", ")} }`;
  return String(value);
}

function curationToml() {
  const tables = edits.filter((edit) => edit.op !== "undo").map((edit) => "[[edit]]\n" + Object.entries(edit).map(([key, v]) => `${key} = ${tomlValue(v)}\n`).join(""));
  return "# Edits made in the report page, to be kept in the folder of the study.\nformat = 1\n\n" + tables.join("\n");
}

function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { download: name });
  link.href = url;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

async function saveEdits() {
  if (!SERVED) {
    download("curation.toml", curationToml(), "application/toml");
    saved = edits.length;
    keep();
    return "Written to curation.toml in your downloads.";
  }
  const waiting = edits.slice(saved);
  const body = JSON.stringify({ format: 1, edit: waiting });
  const answer = await fetch("edits", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error || `The study did not take the edits (${answer.status}).`);
  saved += waiting.length;
  keep();
  return `${plural(waiting.length, "edit")} saved in the study. The next run of jtbd-nlp mine applies them.`;
}
