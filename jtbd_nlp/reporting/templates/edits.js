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
  reword(job, edit) { job.statement[edit.slot] = withoutLead(edit.slot, edit.text || "").replace(/[ .]+$/, "") || null; job.mine.add(edit.slot); },
  note(job, edit) { job.note = edit.text || null; },
  review(job, edit) { job.reviewed = edit.reviewed !== false; },
  pin(job, edit) { numbersOf(edit).forEach((n) => job.pins.add(n)); job.moved = true; },
  move(job, edit) { movePassages(job, jobById.get(edit.to), numbersOf(edit)); },
  split(job, edit) { splitJob(job, edit); },
  exclude(job, edit) {
    if (!edit.quotes) job.gone = true;
    else numbersOf(edit).forEach((n) => dropPassage(job, n));
  },
};

const LINKS = { must_link: "together", cannot_link: "apart" };
const KNOWN = new Set([...Object.keys(APPLY), ...Object.keys(LINKS), "create", "merge", "undo"]);

function applyEdit(edit) {
  if (edit.op === "merge") return mergeJobs(edit.jobs.map((id) => jobById.get(id)).filter(Boolean));
  if (edit.op === "create") return createJob(edit);
  if (Object.hasOwn(LINKS, edit.op)) return linkPassages(edit);
  const job = jobById.get(edit.job);
  if (edit.op === "move" && !job) return movePassages(null, jobById.get(edit.to), numbersOf(edit)); /* from those left out */
  if (!job || !Object.hasOwn(APPLY, edit.op)) return undefined;
  return APPLY[edit.op](job, edit);
}

const numberByPlace = new Map(DATA.quotes.map((q, n) => [`${transcriptId(q)}\n${q.start_char}\n${q.end_char}`, n]));

/* The passages that an edit names, and what else is quoted of the same words: an edit is about a whole sentence. */
function numbersOf(edit) {
  const named = edit.quotes.map((q) => numberByPlace.get(`${q.transcript_id}\n${q.start_char}\n${q.end_char}`)).filter((n) => n !== undefined);
  const over = named.flatMap((n) => DATA.quotes.map((q, m) => (overlap(q, DATA.quotes[n]) ? m : -1)).filter((m) => m >= 0));
  return [...new Set([...named, ...over])];
}

function overlap(a, b) {
  return a.transcript === b.transcript && a.start_char < b.end_char && b.start_char < a.end_char && (a.transcript >= 0 || a.transcript_id === b.transcript_id);
}

function dropPassage(job, number) {
  job.slots.delete(number);
  for (const force of FORCES) job.forces[force] = job.forces[force].filter((n) => n !== number);
  job.counter = job.counter.filter((n) => n !== number);
  job.solutions.forEach((s) => { for (const key of ["quotes", "hired_why", "fired_why"]) s[key] = s[key].filter((n) => n !== number); });
  job.moved = true;
}

function movePassages(from, to, numbers) {
  if (!to) return;
  for (const number of numbers) {
    if (from ? !from.slots.has(number) : to.slots.has(number)) continue; /* the run did it already */
    const slots = from ? from.slots.get(number) : [];
    const held = FORCES.filter((force) => from && from.forces[force].includes(number));
    if (from) dropPassage(from, number);
    to.slots.set(number, slots);
    to.placed.add(number);
    to.weak.delete(number);
    for (const force of held) to.forces[force].push(number);
    to.moved = true;
  }
}

/* A new job, which has no words of its own yet: the next run drafts them. */
function splitJob(job, edit) {
  if (!edit.into) return; /* written by hand, without an id that the page could use */
  const numbers = numbersOf(edit);
  if (!jobById.has(edit.into)) {
    const held = numbers.filter((n) => job.slots.has(n));
    if (!held.length) return;
    addJob(blankJob(edit.into, edit.name || `Part of: ${job.name}`), "split");
  }
  movePassages(job, jobById.get(edit.into), numbers);
}

function addJob(blank, how) {
  const made = copyJob(blank, jobs.length);
  made.mine.add(how);
  jobs.push(made);
  jobById.set(made.job_id, made);
  return made;
}

/* A job that the machine missed; what the person did not word the next run drafts. */
function createJob(edit) {
  const numbers = numbersOf(edit);
  if (!edit.into || !numbers.length) return;
  if (!jobById.has(edit.into)) {
    const made = addJob(blankJob(edit.into, nameOfNew(edit)), "created");
    if (edit.name) made.mine.add("name");
    for (const slot of SLOTS.filter((s) => edit[s])) { made.statement[slot] = edit[slot]; made.mine.add(slot); }
  }
  const to = jobById.get(edit.into);
  for (const job of jobs) if (job !== to) movePassages(job, to, numbers);
  movePassages(null, to, numbers);
}

function nameOfNew(edit) {
  const goal = edit.motivation || "";
  return edit.name || (goal ? goal[0].toUpperCase() + goal.slice(1) : `New job: ${firstWords(edit.quotes[0].text)}`);
}

function blankJob(id, name) {
  return {
    job_id: id, name, confidence: "low", participants: [], n_transcripts: 0, dimensions: [], emotions: {}, lint: [], gaps: [], single_voice: false,
    stability: null, effective_voices: 0, episodic_share: 0, phrases: [], big_job: null, edits: [], note: null, quotes: [], weak: [], support: [], worded: [], placed: [], counter: [], wishes: [],
    forces: {}, solutions: [], statement: { situation: null, motivation: null, outcome: null, text: "", inferred: [], removed: [] },
  };
}

function newId(letter, bytes) {
  return letter + "-" + [...crypto.getRandomValues(new Uint8Array(bytes))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

function mergeJobs([first, ...others]) {
  if (!first) return;
  for (const other of others) {
    for (const n of other.weak) if (!first.slots.has(n)) first.weak.add(n);
    for (const [n, share] of other.support) if (!first.slots.has(n)) first.support.set(n, share);
    for (const n of other.placed) first.placed.add(n);
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
  edits.push({ id: newId("E", 6), at: new Date().toISOString().replace(/\.\d+Z$/, "Z"), ...edit });
  const made = edits[edits.length - 1];
  changed();
  toast(describe(made), () => removeEdit(made.id));
}

function removeEdit(id) {
  const place = edits.findIndex((edit) => edit.id === id);
  if (place < 0) return;
  if (place < saved) return void record({ op: "undo", edit: id }); /* the study, or a file, has it: undone there */
  edits.splice(place, 1);
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
    if (Array.isArray(found)) edits = found.filter(sound);
  } catch { edits = []; }
}

/* Whatever else runs on this origin (any page from disk, in some browsers) can write into the same storage. */
function sound(edit) {
  if (!edit || typeof edit.id !== "string" || !KNOWN.has(edit.op)) return false;
  const isText = (value) => value === undefined || typeof value === "string";
  const isQuote = (q) => q && typeof q.text === "string" && typeof q.transcript_id === "string" && Number.isInteger(q.start_char) && Number.isInteger(q.end_char);
  const linked = Object.hasOwn(LINKS, edit.op) || ["pin", "move", "split", "create"].includes(edit.op);
  if (!["at", "by", "job", "to", "into", "edit", "name", "text", "slot", "why", ...SLOTS].every((key) => isText(edit[key]))) return false;
  if (edit.op === "merge" && !(Array.isArray(edit.jobs) && edit.jobs.length > 1 && edit.jobs.every((id) => typeof id === "string"))) return false;
  if (edit.quotes === undefined) return !linked;
  return Array.isArray(edit.quotes) && edit.quotes.length > 0 && edit.quotes.every(isQuote);
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
  const words = edit.quotes ? firstWords(edit.quotes[0].text) : "";
  switch (edit.op) {
    case "rename": return `Renamed ${edit.job} to “${edit.name}”`;
    case "reword": return edit.text ? `Reworded the ${edit.slot} of “${name(edit.job)}” to “${edit.text}”` : `Emptied the ${edit.slot} of “${name(edit.job)}”`;
    case "merge": return `Merged ${edit.jobs.slice(1).map((id) => `“${name(id)}”`).join(", ")} into “${name(edit.jobs[0])}”`;
    case "split": return `Split ${plural(edit.quotes.length, "quote")} off “${name(edit.job)}”${edit.name ? ` into “${edit.name}”` : ""}`;
    case "create": return `Made the new job “${nameOfNew(edit)}” of ${plural(edit.quotes.length, "quote")}`;
    case "move": return `Moved ${words} to “${name(edit.to)}”`;
    case "pin": return `Pinned ${words} to “${name(edit.job)}”`;
    case "must_link": case "cannot_link": return `Kept ${LINKS[edit.op]}: ${edit.quotes.map((q) => firstWords(q.text)).join(", ")}`;
    case "exclude": return edit.quotes ? `Left out ${words} of “${name(edit.job)}”` : `Left out the job “${name(edit.job)}”`;
    case "review": return edit.reviewed === false ? `Took the reviewed mark off “${name(edit.job)}”` : `Marked “${name(edit.job)}” as reviewed`;
    case "note": return edit.text ? `Noted on “${name(edit.job)}”: ${edit.text}` : `Took the note off “${name(edit.job)}”`;
    case "undo": {
      const back = edits.slice(0, Math.max(edits.indexOf(edit), 0)).find((e) => e.id === edit.edit); /* before it: never itself */
      return back ? `Took back: ${describe(back)}` : `Took back ${edit.edit}, an edit of an earlier visit: the next run leaves it out`;
    }
    default: return edit.op;
  }
}
