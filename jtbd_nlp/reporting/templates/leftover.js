/* What was left out, and what must be known of the run. */
function leftOut() {
  const taken = new Set(jobs.flatMap((job) => [...job.slots.keys()]));
  return DATA.unclustered.filter((n) => !taken.has(n));
}

function coverageWords() {
  const c = DATA.coverage;
  if (c.share === null) return "No struggles were counted.";
  return `${c.n_used.toLocaleString("en")} of ${plural(c.n_struggles, "struggle")} (${percent(c.share)}) ${c.n_used === 1 ? "is" : "are"} used by some job${c.n_nearby ? `, ${c.n_nearby.toLocaleString("en")} more ${c.n_nearby === 1 ? "was" : "were"} told near one` : ""}. ${coverageWord(c)}`;
}

function leftView() {
  const reasons = new Map();
  const numbers = leftOut();
  for (const n of numbers) { const why = DATA.quotes[n].reason || "no reason given"; reasons.set(why, [...(reasons.get(why) || []), n]); }
  return h("section", { class: "sheet", "aria-labelledby": "left-title" }, h("h2", { id: "left-title" }, "Left out"),
    h("p", {}, coverageWords()),
    h("p", { class: "muted" }, `${plural(numbers.length, "passage")} ${numbers.length === 1 ? "supports" : "support"} no job:`),
    [...reasons].map(([why, those]) => section(why, those.length, quoteList(null, those))));
}

/* The same bounds as the rule "coverage" of the linter. */
function coverageWord(c) {
  if (c.share > 0.85) return "So high a share of used ones is a sign of padding: look for jobs held together by little.";
  return (c.n_used + c.n_nearby) / c.n_struggles < 0.6 ? "Less than 60 % stand in a job or near one: much of what people struggle with is unexplained." : "60 % or more stand in a job or near one, which is healthy.";
}

function warningList() {
  return h("ul", { class: "warnings" }, DATA.warnings.map((w) => h("li", {}, w.source && h("strong", {}, `${w.source} `), w.message, w.count > 1 && h("span", { class: "n" }, ` ×${w.count}`))));
}

function warningsView() {
  return h("section", { class: "sheet", "aria-labelledby": "about-title" }, h("h2", { id: "about-title" }, "Warnings"),
    DATA.warnings.length ? warningList() : h("p", { class: "muted" }, "None."),
    h("h2", {}, "How this report was made"), h("p", { class: "muted" }, "Drafts for review: every quote is the exact wording of a participant; words that are not in the quotes are marked; nothing here left this machine."),
    provenance(DATA.provenance));
}

function provenance(value) {
  if (Array.isArray(value)) return value.length > 12 ? h("details", {}, h("summary", {}, plural(value.length, "entry", "entries")), h("ul", {}, value.map((v) => h("li", {}, provenance(v))))) : h("ul", {}, value.map((v) => h("li", {}, provenance(v))));
  if (value && typeof value === "object") {
    const rows = Object.entries(value).map(([key, v]) => [h("dt", {}, key), h("dd", {}, provenance(v))]);
    return rows.length > 12 ? h("details", {}, h("summary", {}, plural(rows.length, "entry", "entries")), h("dl", {}, rows)) : h("dl", {}, rows);
  }
  return h("span", {}, String(value));
}
