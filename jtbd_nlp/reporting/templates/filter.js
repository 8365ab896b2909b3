/* Which jobs and passages the filters and the search leave: passes() for one passage, select() for the whole list. */
let hits = new Map(); /* job id -> passages that pass, or null where no filter narrows passages */
let queryWords = [];

function facets() {
  const count = (map, key, job) => { if (key) map.set(key, (map.get(key) || new Set()).add(job.job_id)); };
  const emotion = new Map(), solution = new Map(), force = new Map(), confidence = new Map(), participant = new Map(), stage = new Map();
  for (const job of jobs) {
    count(confidence, job.confidence, job);
    job.solutions.forEach((s) => count(solution, s.name, job));
    FORCES.forEach((f) => { if (job.forces[f].length) count(force, f, job); });
    told(job).forEach((n) => { count(emotion, DATA.quotes[n].emotion, job); count(participant, DATA.quotes[n].participant_id, job); count(stage, DATA.quotes[n].stage, job); });
  }
  return { participant, force, emotion, solution, stage, confidence };
}

/* What counts as told of a job: all its passages but those told nearby. */
function told(job) {
  return [...job.all].filter((n) => !job.near.has(n));
}

function columnValues(column) {
  const values = DATA.participants.map((row) => row[column]).filter((v) => v !== null && v !== undefined && v !== "");
  return [...new Set(values.map(String))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function narrowsPassages() {
  const f = state.filters;
  return Boolean(f.participant || f.force || f.emotion || f.stage || Object.values(state.columns).some(Boolean));
}

/* One flag a passage: does it pass the filters on people, feeling and words? */
function passing() {
  const { participant, emotion, stage } = state.filters;
  const columns = Object.entries(state.columns).filter(([, value]) => value);
  const member = new Map();
  const fits = (id) => {
    if (!member.has(id)) {
      const row = people.get(id) || {};
      member.set(id, (!participant || id === participant) && columns.every(([key, value]) => String(row[key] ?? "") === value));
    }
    return member.get(id);
  };
  return DATA.quotes.map((q) => fits(q.participant_id) && (!emotion || q.emotion === emotion) && (!stage || q.stage === stage));
}

function hasAllWords(text) {
  return queryWords.every((word) => text.includes(word));
}

function jobFits(job) {
  const { confidence, solution, edited, voices, gap } = state.filters;
  if (confidence && job.confidence !== confidence) return false;
  if (solution && !job.solutions.some((s) => s.name === solution)) return false;
  if (edited === "reviewed" && !job.reviewed) return false;
  if (edited === "open" && job.reviewed) return false;
  if (voices && (voices === "single voice") !== (job.participants.length < 2)) return false;
  if (gap && (gap === "has gaps") !== SLOTS.some((slot) => !job.statement[slot])) return false;
  return true;
}

/* Jobs that are left, in the order asked for; fills `hits`. */
function select() {
  queryWords = fold(state.query).split(/\s+/).filter(Boolean);
  const narrowed = narrowsPassages();
  const ok = passing();
  const { force } = state.filters;
  const left = [];
  hits = new Map();
  for (const job of jobs) {
    if (!jobFits(job)) continue;
    const named = hasAllWords(job.haystack);
    const found = new Set();
    for (const n of force ? job.inForce[force] : job.all) {
      if (ok[n] && (named || hasAllWords(passageText[n]))) found.add(n);
    }
    if (narrowed ? ![...found].some((n) => !job.near.has(n)) : !found.size && !named) continue; /* who only spoke nearby does not have the job */
    hits.set(job.job_id, narrowed || (queryWords.length && !named) ? found : null);
    left.push(job);
  }
  return left.sort(ORDERS[state.sort]);
}

const rank = (job) => (CONFIDENCES.indexOf(job.confidence) + 1) || 9;
const ORDERS = {
  support: (a, b) => b.participants.length - a.participants.length || b.sure.length - a.sure.length || a.order - b.order,
  quotes: (a, b) => b.sure.length - a.sure.length || a.order - b.order,
  confidence: (a, b) => rank(a) - rank(b) || b.participants.length - a.participants.length || a.order - b.order,
  name: (a, b) => a.name.localeCompare(b.name, "en") || a.order - b.order,
  report: (a, b) => a.order - b.order,
};

/* Passages of a job that are to be shown, given in any order. */
function shown(job, numbers) {
  const found = hits.get(job.job_id);
  return state.allQuotes || !found ? numbers : numbers.filter((n) => found.has(n));
}

/* Turns of the transcripts that hold all words, at most `limit`. */
function searchTranscripts(limit) {
  const found = [];
  if (!queryWords.length || queryWords.join("").length < 2) return { found, total: 0 };
  let total = 0;
  DATA.transcripts.forEach((transcript, t) => transcript.turns.forEach((turn, place) => {
    turn.folded ??= fold(turn.text);
    if (!hasAllWords(turn.folded)) return;
    total += 1;
    if (found.length < limit) found.push({ transcript: t, place, turn });
  }));
  return { found, total };
}
