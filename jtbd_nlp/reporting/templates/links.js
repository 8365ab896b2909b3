/* Keep together, keep apart: one quote is marked, then the other one chosen; the mark outlives a change of job or view. */
const firstWords = (text) => `“${cut(text, 0, 60)}${text.length > 60 ? "…" : ""}”`;
const passageOf = (quote) => numbersOf({ quotes: [quote] });

function linkActions(number) {
  const first = state.linking;
  if (first === null || first === number) {
    return button("Together or apart", () => (first === null ? markLink(number) : clearLink()), { class: "link", "aria-pressed": String(first === number), title: "Say that this quote and another one tell of one job, or that they do not" });
  }
  if (samePassage(first, number)) return null;
  const words = firstWords(DATA.quotes[first].text);
  const offer = (op, label, joint) => button(label, () => link(op, number), { class: "link", "aria-label": `${label} ${joint} ${words}`, title: `${label} ${joint} ${words}` });
  return [offer("must_link", "Keep together", "with"), " ", offer("cannot_link", "Keep apart", "from")];
}

/* An edit is about a whole sentence: two quotes of one cannot be parted, nor need they be joined. */
function samePassage(a, b) {
  return DATA.quotes.some((q) => overlap(q, DATA.quotes[a]) && overlap(q, DATA.quotes[b]));
}

function markLink(number) {
  state.linking = number;
  document.getElementById("toast").hidden = true;
  drawLinks();
  say(`Marked ${firstWords(DATA.quotes[number].text)}. At the other quote choose Keep together or Keep apart. Escape clears the mark.`);
}

function clearLink() {
  const number = state.linking;
  if (number === null) return false;
  const inBar = document.getElementById("linking").contains(document.activeElement);
  state.linking = null;
  drawLinks();
  if (inBar) focusQuote(number);
  say("The mark is cleared.");
  return true;
}

function link(op, number) {
  const quotes = [quoteKey(state.linking), quoteKey(number)];
  state.linking = null;
  drawLinks();
  record({ op, quotes });
  focusQuote(number);
}

function focusQuote(number) {
  (document.querySelector(`#main [data-quote="${number}"] button`) || parts.job?.querySelector("h2"))?.focus({ preventScroll: true });
}

/* The buttons of all quotes in place, so that nothing scrolls or closes, and the bar that shows the mark. */
function drawLinks() {
  const bar = document.getElementById("linking");
  const at = document.activeElement?.closest(".links");
  document.body.classList.toggle("linking", state.linking !== null);
  bar.hidden = state.linking === null;
  fill(bar, state.linking !== null && [h("span", {}, `Marked: ${firstWords(DATA.quotes[state.linking].text)}. Choose the other quote, of any job.`), button("Cancel", clearLink, { class: "link", "aria-keyshortcuts": "Escape" })]);
  for (const place of document.querySelectorAll("#main .links")) fill(place, linkActions(Number(place.closest("[data-quote]").dataset.quote)));
  at?.querySelector("button")?.focus({ preventScroll: true });
}

/* As the run does it: what is kept together goes to the job of the first; of two kept apart, the second leaves their job. */
function linkPassages(edit) {
  for (const [a, b] of linkedPairs(edit)) {
    if (overruled(edit, a, b)) continue;
    const holds = (quote) => { const numbers = passageOf(quote); return jobs.filter((job) => !job.gone && numbers.some((n) => job.slots.has(n))); };
    const [one, two] = [holds(a), holds(b)];
    if (edit.op === "cannot_link") one.filter((job) => two.includes(job)).forEach((job) => passageOf(b).forEach((n) => dropPassage(job, n)));
    else if (!one.some((job) => two.includes(job))) movePassages((one.length ? two : one)[0], (one[0] || two[0]), passageOf(one.length ? b : a));
  }
}

/* Together: each with the next; apart: each from each. */
function linkedPairs(edit) {
  const all = edit.quotes.flatMap((a, i) => edit.quotes.slice(i + 1).map((b, k) => [a, b, k]));
  return edit.op === "must_link" ? all.filter(([, , k]) => k === 0) : all;
}

/* Of two edits that ask opposite things of the same two passages the later holds. */
function overruled(edit, a, b) {
  const gone = undone();
  const sign = (...pair) => pair.map((quote) => Math.min(...passageOf(quote))).sort().join(" ");
  return edits.slice(edits.indexOf(edit) + 1).some((later) => Object.hasOwn(LINKS, later.op) && later.op !== edit.op && !gone.has(later.id)
    && linkedPairs(later).some(([c, d]) => sign(c, d) === sign(a, b)));
}
