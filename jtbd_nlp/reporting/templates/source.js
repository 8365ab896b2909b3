/* The right side: an interview around a passage, with the exact words marked. Long interviews are drawn in pieces. */
const WINDOW = 40; /* turns drawn on each side at first */
const COVERS = "(max-width: 820px)"; /* where the interview covers the page, as in layout.css */
const COVERED = ["top", "main"];
let opener = null; /* the place that it was opened from, and the pane that was shown there */
let paneBefore = "job";

function openSource(number) {
  const q = DATA.quotes[number];
  const transcript = DATA.transcripts[q.transcript];
  if (!transcript || !transcript.turns.length) return missingSource(q);
  const place = transcript.turns.findIndex((turn) => turn.start_char <= q.start_char && q.end_char <= turn.start_char + length(turn));
  return showSource(q.transcript, Math.max(place, 0), number);
}

function openTurn(transcript, place) {
  showSource(transcript, place, null);
}

function length(turn) {
  turn.length ??= /[\ud800-\udfff]/.test(turn.text) ? Array.from(turn.text).length : turn.text.length;
  return turn.length;
}

function missingSource(q) {
  drawSource(transcriptId(q), h("p", { class: "empty" }, "The text of this interview is not in the page. It lies in transcripts/ beside report.json."));
}

function showSource(index, place, number) {
  const transcript = DATA.transcripts[index];
  const job = jobById.get(state.jobId);
  const others = DATA.quotes.map((q, n) => [q, n]).filter(([q, n]) => q.transcript === index && n !== number && job && job.all.has(n));
  const list = h("ol", { class: "turns" });
  let from = Math.max(0, place - WINDOW), to = Math.min(transcript.turns.length, place + WINDOW + 1);
  const turnAt = (i) => turnItem(transcript.turns[i], i === place, number === null ? null : DATA.quotes[number], others);
  append(list, [transcript.turns.slice(from, to).map((_, i) => turnAt(from + i))]);
  const earlier = button("Show earlier", () => { const start = Math.max(0, from - 100); list.prepend(...range(start, from).map(turnAt)); from = start; earlier.hidden = !from; }, { class: "plain", hidden: from === 0 });
  const later = button("Show later", () => { const end = Math.min(transcript.turns.length, to + 100); append(list, [range(to, end).map(turnAt)]); to = end; later.hidden = to === transcript.turns.length; }, { class: "plain", hidden: to === transcript.turns.length });
  state.source = number;
  drawSource(transcript.transcript_id, number !== null && reporter(DATA.quotes[number].participant_id) && h("p", { class: "muted aboutwho" }, h("strong", {}, DATA.quotes[number].participant_id), " ", reporter(DATA.quotes[number].participant_id)), number !== null && stepper(index, number), earlier, list, later);
  const target = list.querySelector("mark.here") || list.querySelector("[data-here]");
  target?.scrollIntoView({ block: "center" });
  say(`${transcript.transcript_id}, ${transcript.turns[place].speaker}`);
}

const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

function drawSource(title, ...body) {
  const pane = document.getElementById("source");
  if (pane.hidden) [opener, paneBefore] = [placeOf(document.activeElement), document.body.dataset.pane];
  pane.hidden = false;
  document.body.dataset.pane = "source";
  document.body.classList.add("with-source");
  fill(pane, h("div", { class: "bar" }, h("h2", { tabindex: "-1" }, title), button("Close", closeSource, { class: "plain", "aria-keyshortcuts": "Escape" })), h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Interview" }, body));
  pane.querySelector("h2").focus({ preventScroll: true });
  cover();
}

/* Nobody steps behind what covers the page; a window may be made wider or narrower meanwhile. */
function cover() {
  const covered = !document.getElementById("source").hidden && matchMedia(COVERS).matches;
  for (const id of COVERED) document.getElementById(id).inert = covered;
}
matchMedia(COVERS).addEventListener("change", cover);

function closeSource() {
  const pane = document.getElementById("source");
  if (pane.hidden) return false;
  pane.hidden = true;
  document.body.classList.remove("with-source");
  cover();
  document.body.dataset.pane = paneBefore;
  state.source = null;
  focusPlace(opener);
  return true;
}

/* Buttons to the passages of the same job before and after this one in the interview. */
function stepper(index, number) {
  const job = jobById.get(state.jobId);
  const same = job ? [...job.all].filter((n) => DATA.quotes[n].transcript === index).sort((a, b) => DATA.quotes[a].start_char - DATA.quotes[b].start_char) : [];
  const at = same.indexOf(number);
  if (same.length < 2 || at < 0) return null;
  return h("p", { class: "stepper" }, button("‹ Before", () => openSource(same[at - 1]), { class: "plain", disabled: at === 0 }),
    h("span", { class: "muted" }, `passage ${at + 1} of ${same.length} of this job here`), button("After ›", () => openSource(same[at + 1]), { class: "plain", disabled: at === same.length - 1 }));
}

function turnItem(turn, here, quote, others) {
  const spans = [];
  if (here && quote) spans.push([quote.start_char - turn.start_char, quote.end_char - turn.start_char, "here"]);
  for (const [q] of others) {
    const start = q.start_char - turn.start_char, end = q.end_char - turn.start_char;
    if (start >= 0 && end <= length(turn)) spans.push([start, end, "other"]);
  }
  return h("li", { class: `turn ${turn.role}`, "data-here": here || null }, h("p", { class: "who" }, turn.speaker || "Unnamed", turn.role !== "participant" && fold(turn.speaker) !== turn.role && h("span", { class: "muted" }, ` ${turn.role}`),
    turn.start_s !== undefined && h("span", { class: "muted" }, ` ${clock(turn.start_s)}`)), h("p", {}, spans.length ? withSpans(turn.text, spans) : here && !quote ? marked(turn.text, queryWords) : turn.text));
}

/* The words of a turn with spans marked; what overlaps is cut at every edge, and the passage asked for wins. */
function withSpans(text, spans) {
  const edges = [...new Set([0, ...spans.flatMap(([a, b]) => [a, b])])].sort((a, b) => a - b);
  return edges.map((start, i) => {
    const piece = cut(text, start, edges[i + 1]);
    const kinds = spans.filter(([a, b]) => a <= start && start < b).map(([, , kind]) => kind);
    return kinds.length ? h("mark", { class: kinds.includes("here") ? "here" : "other" }, piece) : piece;
  });
}
