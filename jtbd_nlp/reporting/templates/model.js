/* What the page knows: the embedded data, the person's edits of this visit, and the jobs as they are with both. */
const DATA = JSON.parse(document.getElementById("data").textContent);
const SLOTS = ["situation", "motivation", "outcome"];
const FORCES = ["push", "pull", "anxiety", "habit"];
const CONFIDENCES = ["high", "medium", "low"];
const people = new Map(DATA.participants.map((row) => [String(row.participant_id), row]));

const state = {
  view: "jobs", jobId: null, query: "", sort: "support", source: null, allQuotes: false, slot: "", linking: null, /* the quote marked to be kept together or apart */
  filters: { participant: "", force: "", emotion: "", solution: "", stage: "", confidence: "", edited: "", voices: "", gap: "" }, columns: Object.create(null), /* keys are a person's: "__proto__" is one like any other */
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
  const gone = undone();
  for (const edit of edits) if (!gone.has(edit.id)) applyEdit(edit);
  jobs = jobs.filter((job) => !job.gone);
  jobById = new Map(jobs.map((job) => [job.job_id, job]));
  for (const job of jobs) finish(job);
}

/* Ids of edits that do not count; an undo that was itself taken back does not either. */
function undone() {
  const gone = new Set();
  for (const edit of [...edits].reverse()) if (edit.op === "undo" && !gone.has(edit.id)) gone.add(edit.edit);
  return gone;
}

function copyJob(job, order) {
  const slots = new Map();
  for (const [number, slot] of job.quotes) {
    if (!slots.has(number)) slots.set(number, []);
    if (slot && !slots.get(number).includes(slot)) slots.get(number).push(slot);
  }
  return {
    ...job, order, slots, statement: { ...job.statement }, pins: new Set(), weak: new Set(job.weak), support: new Map(job.support), worded: new Set(job.worded), placed: new Set(job.placed), mine: byHand(job), counter: [...job.counter],
    wishes: [...job.wishes], forces: Object.fromEntries(FORCES.map((f) => [f, [...(job.forces[f] || [])]])),
    solutions: job.solutions.map((s) => ({ ...s, quotes: [...s.quotes] })), reviewed: isReviewed(job),
  };
}

/* What a person worded in earlier runs: marks of a job say "rename E-.. by Ada", "reword E-..: outcome", "create E-..: 2 quotes, name". */
function byHand(job) {
  const mine = new Set();
  for (const mark of job.edits) {
    if (/^rename\b/.test(mark)) mine.add("name");
    const slot = /^reword\b.*: (situation|motivation|outcome)$/.exec(mark);
    if (slot) mine.add(slot[1]);
    const given = /^create\b.*: \d+ quotes?, ([a-z, ]+)$/.exec(mark);
    if (given) for (const what of given[1].split(", ")) mine.add(what);
  }
  return mine;
}

function isReviewed(job) {
  const marks = job.edits.filter((edit) => /^review\b/.test(edit));
  return marks.length > 0 && !/taken back$/.test(marks[marks.length - 1]);
}

/* Sets that the filters need, and support as it is after the edits. */
function finish(job) {
  job.numbers = [...job.slots.keys()];
  job.sure = job.numbers.filter((n) => !isWeak(job, n));
  const beside = new Set([...FORCES.flatMap((f) => job.forces[f]), ...job.counter, ...job.wishes,
    ...job.solutions.flatMap((s) => [...s.quotes, ...s.hired_why, ...s.fired_why])]);
  job.all = new Set([...job.numbers, ...beside]);
  job.near = new Set(job.numbers.filter((n) => isWeak(job, n) && !beside.has(n)));
  job.inForce = Object.fromEntries(FORCES.map((f) => [f, new Set(job.forces[f])]));
  if (job.moved) recount(job);
  const { situation, motivation, outcome } = job.statement;
  job.haystack = fold([job.name, situation, motivation, outcome, job.job_id, job.note].filter(Boolean).join(" \n "));
}

/* Support after passages came or went; what counter-evidence does to it, the next run says. */
function recount(job) {
  const distinct = (key) => [...new Set(job.sure.map((n) => DATA.quotes[n][key]))];
  job.participants = distinct("participant_id").sort();
  job.n_transcripts = distinct("transcript").length;
  job.single_voice = job.participants.length === 1;
  const n = job.participants.length;
  job.confidence = n >= 4 && !job.counter.length ? "high" : n >= 2 ? "medium" : "low";
}

/* The words between the slots, as the statement has them ("so that", say); after a rewording, the plain ones. */
function leads(job) {
  const found = [];
  let at = 0;
  for (const slot of SLOTS) {
    const words = job.statement[slot] || "…";
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

/* The two facts that tell most of a person beside a quote; all of them stand with the person. */
function briefly(participantId) {
  const row = people.get(participantId);
  const wanted = DATA.columns.filter((c) => /^(role|job|segment|company|plan)$/i.test(c));
  const given = (wanted.length ? wanted : DATA.columns).map((c) => row?.[c]).filter((v) => v !== null && v !== undefined && v !== "");
  return given.slice(0, 2).join(" · ");
}
