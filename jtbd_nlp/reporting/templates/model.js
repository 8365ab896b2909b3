/* What the page knows: the embedded data, the person's edits of this visit, and the jobs as they are with both. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const SLOTS = ["situation", "motivation", "outcome"];
const FORCES = ["push", "pull", "anxiety", "habit"];
const CONFIDENCES = ["high", "medium", "low"];
const people = new Map(DATA.participants.map((row) => [String(row.participant_id), row]));

const state = {
  view: "jobs", jobId: null, query: "", sort: "support", source: null, allQuotes: false,
  filters: { participant: "", force: "", emotion: "", solution: "", confidence: "", edited: "" }, columns: Object.create(null), /* keys are a person's: "__proto__" is one like any other */
};
let edits = [];
let jobs = [];
let jobById = new Map();

const passageText = DATA.quotes.map((q) => fold(q.text));

function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

function transcriptId(passage) {
  const transcript = DATA.transcripts[passage.transcript];
  return transcript ? transcript.transcript_id : passage.transcript_id;
}

function quoteKey(number) {
  const q = DATA.quotes[number];
  return { transcript_id: transcriptId(q), start_char: q.start_char, end_char: q.end_char, text: q.text };
}

/* The jobs anew: a copy of what the run found, with the edits of this visit applied in order. */
function rebuild() {
  jobs = DATA.jobs.map(copyJob);
  jobById = new Map(jobs.map((job) => [job.job_id, job]));
  const undone = new Set(edits.filter((edit) => edit.op === "undo").map((edit) => edit.edit));
  for (const edit of edits) if (!undone.has(edit.id)) applyEdit(edit);
  jobs = jobs.filter((job) => !job.gone);
  jobById = new Map(jobs.map((job) => [job.job_id, job]));
  for (const job of jobs) finish(job);
}

function copyJob(job, order) {
  const slots = new Map();
  for (const [number, slot] of job.quotes) {
    if (!slots.has(number)) slots.set(number, []);
    if (slot && !slots.get(number).includes(slot)) slots.get(number).push(slot);
  }
  return {
    ...job, order, slots, statement: { ...job.statement }, pins: new Set(), mine: new Set(), counter: [...job.counter],
    wishes: [...job.wishes], forces: Object.fromEntries(FORCES.map((f) => [f, [...(job.forces[f] || [])]])),
    solutions: job.solutions.map((s) => ({ ...s, quotes: [...s.quotes] })), reviewed: isReviewed(job),
  };
}

function isReviewed(job) {
  const marks = job.edits.filter((edit) => /^review\b/.test(edit));
  return marks.length > 0 && !/taken back$/.test(marks[marks.length - 1]);
}

/* Sets that the filters need, and support as it is after the edits. */
function finish(job) {
  job.numbers = [...job.slots.keys()];
  job.all = new Set([...job.numbers, ...FORCES.flatMap((f) => job.forces[f]), ...job.counter, ...job.wishes,
    ...job.solutions.flatMap((s) => s.quotes)]);
  job.inForce = Object.fromEntries(FORCES.map((f) => [f, new Set(job.forces[f])]));
  if (job.moved) job.participants = [...new Set(job.numbers.map((n) => DATA.quotes[n].participant_id))].sort();
  const { situation, motivation, outcome } = job.statement;
  job.haystack = fold([job.name, situation, motivation, outcome, job.job_id, job.note].filter(Boolean).join(" \n "));
}

/* The words between the slots, as the statement has them ("so that", say); after a rewording, the plain ones. */
function leads(job) {
  const found = [];
  let at = 0;
  for (const slot of SLOTS) {
    const words = job.mine.has(slot) ? null : job.statement[slot] || "…";
    const place = words === null ? -1 : job.statement.text.indexOf(words, at);
    if (place < 0) return ["When ", ", I want to ", ", so I can ", "."];
    found.push(job.statement.text.slice(at, place));
    at = place + words.length;
  }
  return [...found, job.statement.text.slice(at)];
}

function storyText(job) {
  const words = leads(job);
  return SLOTS.map((slot, i) => words[i] + (job.statement[slot] || "…")).join("") + (job.statement.outcome ? words[3] : "");
}

function reporter(participantId) {
  const row = people.get(participantId);
  if (!row) return "";
  return DATA.columns.map((c) => row[c]).filter((v) => v !== null && v !== undefined && v !== "").join(" · ");
}
