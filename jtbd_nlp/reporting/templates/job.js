/* The middle: one job with its statement, forces, solutions, quotes and checks. */
const PAGE = 15; /* quotes drawn at first; more on demand */
const MEANING = { push: "drives away from today", pull: "draws to the new", anxiety: "fears about the new", habit: "ties to today" };

function openJob(id, focus) {
  state.jobId = id;
  state.view = "jobs";
  state.allQuotes = false;
  state.slot = "";
  if (!parts.list || document.body.dataset.view !== "jobs") render();
  document.body.dataset.pane = "job";
  for (const item of parts.items.querySelectorAll(".item")) {
    if (item.dataset.job === id) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
  }
  renderJob();
  parts.job.scrollTop = 0;
  if (focus) parts.job.querySelector("h2")?.focus({ preventScroll: true });
  setHash(id);
}

function renderJob() {
  const job = jobById.get(state.jobId);
  if (!parts.job) return;
  fill(parts.job, job ? jobView(job) : h("p", { class: "empty" }, jobs.length ? "No job to show." : "No jobs were found."));
}

function jobView(job, print) {
  return h("article", { class: "job", "aria-labelledby": `title-${job.job_id}` },
    !print && button("‹ All jobs", toList, { class: "back plain" }),
    h("header", {}, h("h2", { id: `title-${job.job_id}`, tabindex: "-1" }, job.name, byPerson(job, "name")),
      h("p", { class: "over" }, h("code", {}, job.job_id), confidenceMark(job.confidence),
        job.single_voice && h("span", { class: "flag single-voice" }, "single voice"), job.reviewed && h("span", { class: "flag reviewed" }, "reviewed"),
        job.big_job && job.big_job !== job.name && h("span", {}, `part of: ${job.big_job}`)),
      support(job), !print && actions(job)),
    newNote(job), statement(job, print), gaps(job), job.note && h("p", { class: "note" }, h("strong", {}, "Note "), job.note), narrowedNote(job, print),
    quotesSection(job, print), forcesSection(job, print), solutionsSection(job, print), feelings(job), counterSection(job, print), wishes(job, print),
    phrases(job), checks(job), history(job, print));
}

function newNote(job) {
  if (job.mine.has("created")) return h("p", { class: "note" }, "A new job, made by you. The next run drafts what you left open.");
  return job.mine.has("split") && h("p", { class: "note" }, "A new job, split off by you. The next run drafts its statement.");
}

function expectedVoices(job) {
  const given = new Map(job.support), missing = new Map();
  for (const n of job.sure) {
    const who = DATA.quotes[n].participant_id;
    missing.set(who, (missing.get(who) ?? 1) * (1 - (given.get(n) ?? 1)));
  }
  return [...missing.values()].reduce((sum, chance) => sum + 1 - chance, 0);
}

/* How many of those quoted are likely to mean this very job; nothing where that is all of them. */
function likely(job) {
  const n = expectedVoices(job).toFixed(1);
  return job.participants.length > 1 && Number(n) < job.participants.length ? `; some may mean something near it: about ${n} of them are likely to mean this very job` : "";
}

function support(job) {
  const counts = new Map();
  for (const n of job.sure) counts.set(DATA.quotes[n].participant_id, (counts.get(DATA.quotes[n].participant_id) || 0) + 1);
  const facts = [`${plural(job.participants.length, "participant")} in ${plural(job.n_transcripts, "interview")} ${job.participants.length === 1 ? "is" : "are"} quoted${likely(job)}`, quotesOf(job),
    job.stability !== null && h("span", { title: "How far its group stays the same, from 0 to 1, where some passages are left out" }, `stability ${job.stability.toFixed(2)}`),
    job.episodic_share > 0 && `${percent(job.episodic_share)} about a particular past episode`, job.dimensions.length > 0 && job.dimensions.join(", ")];
  return [h("p", { class: "facts" }, facts.filter(Boolean).map((fact) => h("span", {}, fact))),
    h("p", { class: "voices" }, h("span", { class: "unseen" }, "Participants: "), job.participants.map((id) => button([h("bdi", {}, id), counts.get(id) > 1 && h("small", {}, ` ×${counts.get(id)}`)],
      () => setFilter("participant", state.filters.participant === id ? "" : id), { class: "voice", title: reporter(id) || null, "aria-pressed": String(state.filters.participant === id) })))];
}

function byPerson(job, what) {
  return job.mine.has(what) && h("span", { class: "flag edited" }, "yours");
}

function statement(job, print) {
  const words = leads(job);
  const inferred = job.statement.inferred.map(fold);
  return h("div", { class: "statement" }, h("p", {}, SLOTS.map((slot, place) => [h("span", { class: "lead" }, words[place]), slotText(job, slot, inferred, print)]), words[3]),
    h("ul", { class: "legend" }, SLOTS.map((slot) => legendItem(job, slot, print)),
    job.statement.inferred.length > 0 && h("li", { class: "muted" }, h("span", { class: "inferred" }, "dotted"), ` words are not in the quotes: ${job.statement.inferred.join(", ")}`)));
}

function legendItem(job, slot, print) {
  const n = numbersOfSlot(job, slot).filter((number) => !isWeak(job, number)).length;
  const count = job.statement[slot] || n ? plural(n, "quote") : "gap";
  return h("li", { class: `slot-${slot}` }, print || !n ? [slot, " ", h("span", { class: "muted" }, count)]
    : button([h("span", { class: "word" }, slot), " ", h("span", { class: "muted" }, count)], () => showSlot(slot), { class: "link pickslot", "aria-pressed": String(state.slot === slot), title: `Show the quotes of the ${slot}` }),
  byPerson(job, slot), !print && button("reword", () => rewordDialog(job, slot), { class: "link quiet", "aria-label": `Reword the ${slot}` }));
}

function numbersOfSlot(job, slot) {
  return job.numbers.filter((n) => job.slots.get(n).includes(slot));
}

/* Only the quotes that show one slot; the same choice again shows all. */
function showSlot(slot) {
  state.slot = state.slot === slot ? "" : slot;
  renderJob();
  parts.job.querySelector(`.by-slot [data-slot="${state.slot}"]`)?.focus({ preventScroll: true });
  parts.job.querySelector(".by-slot")?.scrollIntoView({ block: "nearest" });
}

function slotText(job, slot, inferred, print) {
  const text = job.statement[slot];
  if (!text) return h("span", { class: "gap" }, `${slot}?`);
  const props = { class: `slot slot-${slot}`, onclick: print || !numbersOfSlot(job, slot).length ? null : () => showSlot(slot) };
  if (!inferred.length) return h("span", props, text);
  const node = h("span", props);
  for (const piece of text.split(/([\p{L}\p{N}][\p{L}\p{N}'’-]*)/u)) append(node, [inferred.includes(fold(piece)) ? h("span", { class: "inferred", title: "not found in the quotes" }, piece) : piece]);
  node.normalize(); /* words that stand together are one text: else some readers stop at each */
  return node;
}

function gaps(job) {
  return job.gaps.length > 0 && h("section", { class: "gaps", "aria-label": "Gaps" }, job.gaps.map((gap) => h("p", {}, h("strong", {}, `No ${gap.slot} found. `), "Ask next: ", h("q", {}, gap.ask))));
}

function narrowedNote(job, print) {
  const found = hits.get(job.job_id);
  if (!found || print) return null;
  const total = job.all.size;
  return h("p", { class: "narrowed" }, state.allQuotes ? "All passages are shown." : `${found.size} of ${plural(total, "passage")} match the search and filters.`, " ",
    button(state.allQuotes ? "Show matches only" : "Show all", () => { state.allQuotes = !state.allQuotes; renderJob(); }, { class: "link" }));
}

function section(title, count, ...body) {
  return h("section", {}, h("h3", {}, title, count !== null && h("span", { class: "n" }, ` ${count}`)), body);
}

function quotesSection(job, print) {
  const place = (n) => { const first = job.slots.get(n)[0]; return first ? (SLOTS.indexOf(first) + 4) % 4 : 9; };
  const all = shown(job, job.numbers), n = all.filter((number) => !isWeak(job, number)).length;
  const numbers = all.filter((n) => print || !state.slot || job.slots.get(n).includes(state.slot))
    .sort((a, b) => Number(job.pins.has(b)) - Number(job.pins.has(a)) || place(a) - place(b) || strength(job, b) - strength(job, a));
  const [sure, unsure] = [numbers.filter((n) => !isWeak(job, n)), numbers.filter((n) => isWeak(job, n))];
  return section("Quotes", near(n, all.length - n), !print && slotChoice(job, all), (sure.length > 0 || !unsure.length) && quoteList(job, sure, print), unsure.length > 0 && weakQuotes(job, unsure, print));
}

/* "12 +3 nearby", where room is short. */
function near(n, weak) {
  return weak ? `${n} +${weak} nearby` : n;
}

/* For the order within a slot: what the statement was worded from, or a person placed, then by the chance that it belongs. */
function strength(job, number) {
  return job.support.get(number) ?? 2;
}

/* How well a quote belongs to its job, in a few words that explain themselves when pointed at, and in the help. */
const BELONGING = [["put here by a person", "A person placed this quote in this job"],
  ["belongs: …", "The chance that a reader would file this passage under this very job, and not only under something near it"],
  ["worded from this", "A part of the statement was worded from this passage"]];

function belongs(job, number) {
  const share = job.support.get(number);
  const mark = (words, title) => h("span", { class: "belongs", title }, words);
  const [[placed, byPlace], [, byShare], [worded, byWords]] = BELONGING;
  if (job.placed.has(number)) return mark(placed, byPlace);
  if (share !== undefined) return mark(`belongs: ${percent(share)}`, byShare);
  const own = job.worded.has(number) && job.slots.get(number)?.some((slot) => SLOTS.includes(slot) && !job.mine.has(slot));
  return own && mark(worded, byWords);
}

/* What was grouped here and more likely tells of something else: shown, but apart. */
function isWeak(job, number) {
  return job.weak.has(number) && !job.pins.has(number);
}

function weakQuotes(job, numbers, print) {
  return h("details", { class: "weak", open: print || null }, h("summary", {}, `${plural(numbers.length, "passage")} told nearby, more likely of something else`), quoteList(job, numbers, print));
}

function slotChoice(job, numbers) {
  const kinds = [...new Set(numbers.flatMap((n) => job.slots.get(n)))].filter(Boolean);
  if (kinds.length < 2) return null;
  const sorted = [...SLOTS.filter((slot) => kinds.includes(slot)), ...kinds.filter((kind) => !SLOTS.includes(kind)).sort()];
  const choice = (slot, those) => button([slot || "all", h("span", { class: "n" }, ` ${tally(job, those)}`)], () => showSlot(slot || state.slot), { class: `slot-${slot}`, "data-slot": slot, "aria-pressed": String(state.slot === slot) });
  return h("div", { class: "by-slot", role: "group", "aria-label": "Quotes by what they show" }, choice("", numbers),
    sorted.map((slot) => choice(slot, numbers.filter((n) => job.slots.get(n).includes(slot)))));
}

/* Passages that count, and with a plus those told nearby. */
function tally(job, numbers) {
  const weak = numbers.filter((n) => isWeak(job, n)).length;
  return weak ? `${numbers.length - weak} +${weak}` : numbers.length;
}

function quoteList(job, numbers, print, few) {
  const list = h("ul", { class: "quotes" });
  const size = print ? Infinity : few || PAGE;
  const shelves = gather(numbers);
  const draw = (from, to) => append(list, [shelves.slice(from, to).map(([n, inner]) => quoteItem(job, n, print, inner))]);
  draw(0, size);
  if (shelves.length <= size) return shelves.length ? list : h("p", { class: "muted" }, "None found.");
  const more = button(`Show ${shelves.length - size} more`, () => { const first = list.children.length; draw(size, Infinity); more.remove(); list.children[first].querySelector("button")?.focus(); }, { class: "plain" });
  return [list, more];
}

/* A quote that is part of another one of the list is shown within it: [passage, parts of it]. */
function gather(numbers) {
  const size = (n) => DATA.quotes[n].end_char - DATA.quotes[n].start_char;
  const within = (a, b) => DATA.quotes[a].start_char >= DATA.quotes[b].start_char && DATA.quotes[a].end_char <= DATA.quotes[b].end_char && overlap(DATA.quotes[a], DATA.quotes[b]);
  const byTalk = new Map();
  for (const n of numbers) byTalk.set(DATA.quotes[n].transcript, [...(byTalk.get(DATA.quotes[n].transcript) || []), n]);
  const holder = new Map(numbers.map((n) => [n, byTalk.get(DATA.quotes[n].transcript).find((m) => m !== n && size(m) > size(n) && within(n, m))]));
  const outermost = (n) => (holder.get(n) === undefined ? n : outermost(holder.get(n)));
  const inner = new Map();
  for (const n of numbers) if (outermost(n) !== n) inner.set(outermost(n), [...(inner.get(outermost(n)) || []), n]);
  const firsts = [...new Set(numbers.map(outermost))];
  return firsts.map((n) => [n, inner.get(n) || []]);
}

/* The words of a quote; parts of it that bear a slot of their own are coloured. */
function quoteWords(job, number, inner) {
  const q = DATA.quotes[number];
  const spans = inner.map((n) => [DATA.quotes[n].start_char - q.start_char, DATA.quotes[n].end_char - q.start_char, job.slots.get(n)?.[0]]).filter(([, , slot]) => slot);
  if (!spans.length) return marked(q.text, queryWords);
  const edges = [...new Set([0, ...spans.flatMap(([a, b]) => [a, b])])].sort((a, b) => a - b);
  return edges.map((start, i) => {
    const piece = marked(cut(q.text, start, edges[i + 1]), queryWords);
    const kind = spans.find(([a, b]) => a <= start && start < b);
    return kind ? h("b", { class: `slot-${kind[2]}` }, piece) : piece;
  });
}

function quoteItem(job, number, print, inner) {
  const q = DATA.quotes[number];
  const slots = job ? [...new Set([number, ...inner].flatMap((n) => job.slots.get(n) || []))] : [];
  const who = briefly(q.participant_id);
  const speaker = q.speaker && ![q.participant_id, "Participant"].includes(q.speaker) ? q.speaker : "";
  return h("li", { class: `quote ${slots[0] ? `slot-${slots[0]}` : ""}`, "data-quote": number, "data-slots": slots.join(" ") },
    h("blockquote", { onclick: () => openSource(number) }, job ? quoteWords(job, number, inner) : marked(q.text, queryWords)),
    h("p", { class: "by" }, h("strong", { title: reporter(q.participant_id) || null }, q.participant_id), speaker && h("span", {}, speaker), who && h("span", { class: "muted" }, who), q.start_s !== undefined && h("span", {}, clock(q.start_s)),
      print && h("span", {}, transcriptId(q)), slots.map((slot) => h("span", { class: `tag slot-${slot}` }, slot)), q.emotion && h("span", { class: "tag" }, `feeling: ${q.emotion}`), q.stage && h("span", { class: "tag" }, q.stage),
      job && job.pins.has(number) && h("span", { class: "flag edited" }, "pinned"), job && belongs(job, number), q.reason && h("span", { class: "muted" }, q.reason),
      !print && h("span", { class: "do" }, button("In context", () => openSource(number), { class: "link source", "aria-label": `In context: show in ${transcriptId(q)}` }), copyButton(number), job ? quoteActions(job, number) : looseActions(number))));
}

/* Of a passage that is shown outside of the jobs: the job that it is in, or what can be done with it. */
function looseActions(number) {
  const held = jobs.filter((job) => job.slots.has(number));
  if (held.length) return held.map((job) => h("span", { class: "muted" }, isWeak(job, number) ? "near " : "in ", jobLink(job.job_id)));
  return [button("Add to a job", () => addDialog(number), { class: "link" }), h("span", { class: "links" }, linkActions(number))];
}

/* A quote with who said it and where, in one line, for a document or a chat. */
function citation(number) {
  const q = DATA.quotes[number];
  const who = [q.speaker, q.participant_id].filter((name, i, all) => name && all.indexOf(name) === i).join(", ");
  return `“${q.text}” (${[who, transcriptId(q), clock(q.start_s)].filter(Boolean).join(", ")})`.replace(/\s+/g, " ");
}

function copyButton(number) {
  return button("Copy", async (event) => {
    const at = event.currentTarget;
    at.textContent = (await toClipboard(citation(number))) ? "Copied" : "Not allowed here";
    say(at.textContent);
    setTimeout(() => { at.textContent = "Copy"; }, 2000);
  }, { class: "link", title: "Copy the quote with who said it and where" });
}

/* The clipboard of the browser, or what browsers had before it. */
async function toClipboard(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = h("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
    field.value = words;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function quoteActions(job, number) {
  const quotes = [quoteKey(number)];
  if (!job.slots.has(number)) return null;
  return h("span", { class: "hover" }, !job.pins.has(number) && button("Pin", () => record({ op: "pin", job: job.job_id, quotes }), { class: "link", title: "Keep in this job whatever a later run finds" }),
    button("Move", () => moveDialog(job, number), { class: "link" }),
    button("Leave out", () => record({ op: "exclude", job: job.job_id, quotes }), { class: "link", title: "Not evidence for this job" }), h("span", { class: "links" }, linkActions(number)));
}

function actions(job) {
  return h("div", { class: "actions", role: "group", "aria-label": "Edit this job" },
    button(job.reviewed ? "Reviewed ✓" : "Mark reviewed", () => record(job.reviewed ? { op: "review", job: job.job_id, reviewed: false } : { op: "review", job: job.job_id }), { "aria-pressed": String(Boolean(job.reviewed)) }),
    button("Rename", () => renameDialog(job)), button("Merge", () => mergeDialog(job)), job.numbers.length > 1 && button("Split", () => splitDialog(job)), button("Note", () => noteDialog(job)), button("Leave out", () => record({ op: "exclude", job: job.job_id })));
}
