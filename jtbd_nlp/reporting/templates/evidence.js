/* Further sections of a job: forces, solutions, feelings, counter-evidence, checks. */
function forcesSection(job, print) {
  const counts = Object.fromEntries(FORCES.map((f) => [f, shown(job, job.forces[f]).length]));
  const towards = counts.push + counts.pull, against = counts.anxiety + counts.habit;
  return section("Forces", null,
    h("p", { class: "verdict" }, towards + against ? `${plural(towards, "passage")} towards a change, ${against} against it.` : "No passage tells of a force for or against a change."),
    towards + against > 0 && balance(counts),
    h("div", { class: "forces" }, FORCES.map((force) => h("div", { class: `force ${force}` },
      h("h4", {}, force, h("span", { class: "n" }, ` ${counts[force]}`), h("small", {}, MEANING[force])),
      counts[force] ? quoteList(job, shown(job, job.forces[force]), print, 2) : h("p", { class: "muted" }, "None found.")))));
}

/* Bars from the middle: for a change to the left, against it to the right; `most` sets one scale for several bars. */
function balance(counts, most, height) {
  const width = 600, middle = 300, tall = height ? height * 4 : 18;
  const unit = 290 / (most || Math.max(counts.push + counts.pull, counts.anxiety + counts.habit, 1));
  const bar = (force, x, n) => n > 0 && h("rect", { class: force, x, y: 6, width: Math.max(n * unit - 2, 1), height: tall }, h("title", {}, `${force} ${n}`));
  const right = middle + 2;
  return h("svg", { class: "balance", viewBox: `0 0 ${width} ${tall + 12}`, role: "img", "aria-label": `Push ${counts.push} and pull ${counts.pull} against anxiety ${counts.anxiety} and habit ${counts.habit}` },
    bar("push", middle - (counts.push + counts.pull) * unit, counts.push), bar("pull", middle - counts.pull * unit, counts.pull),
    bar("anxiety", right, counts.anxiety), bar("habit", right + counts.anxiety * unit, counts.habit),
    h("line", { x1: middle, x2: middle, y1: 0, y2: tall + 12 }));
}

function solutionsSection(job, print) {
  if (!job.solutions.length) return section("Current solutions", null, h("p", { class: "muted" }, "None found: ask what they use for this today."));
  return section("Current solutions", job.solutions.length, h("ul", { class: "solutions" }, job.solutions.map((s) => h("li", {},
    h("details", { open: print }, h("summary", {}, h("strong", {}, s.name), s.hired_by.length > 0 && h("span", {}, `used by ${s.hired_by.join(", ")}`),
      s.fired_by.length > 0 && h("span", { class: "fired" }, `given up by ${s.fired_by.join(", ")}`)),
    reasons(job, "Why it was given up", s.fired_by, s.fired_why, print), reasons(job, "Why it is used", s.hired_by, s.hired_why, print), quoteList(job, shown(job, s.quotes), print, 5))))));
}

/* The words in which people tell why, and who of them tells none. */
function reasons(job, title, who, numbers, print) {
  if (!who.length) return null;
  const silent = who.filter((id) => !numbers.some((n) => DATA.quotes[n].participant_id === id));
  return h("div", { class: "why" }, h("h4", {}, title), numbers.length > 0 && quoteList(job, shown(job, numbers), print, 3),
    silent.length > 0 && h("p", { class: "muted" }, `None told: ${silent.join(", ")}`));
}

function feelings(job) {
  const kinds = Object.entries(job.emotions).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  if (!kinds.length) return null;
  const most = kinds[0][1];
  return section("Emotions", null, h("ul", { class: "feelings" }, kinds.map(([kind, n]) => h("li", {}, h("span", {}, kind),
    h("svg", { viewBox: "0 0 100 8", "aria-hidden": "true" }, h("rect", { x: 0, y: 0, width: (100 * n) / most, height: 8 })), h("span", { class: "n" }, n)))));
}

function counterSection(job, print) {
  const numbers = shown(job, job.counter);
  return section("Counter-evidence", numbers.length || null, numbers.length ? quoteList(job, numbers, print) : h("p", { class: "muted" }, "Searched, none found."));
}

function wishes(job, print) {
  return job.wishes.length > 0 && section("Wishes", job.wishes.length, quoteList(job, shown(job, job.wishes), print, 3));
}

function checks(job) {
  if (!job.lint.length) return null;
  return section("To check", job.lint.length, h("ul", { class: "checks" }, job.lint.map((finding) => h("li", { class: finding.severity }, h("strong", {}, finding.rule), " ",
    h("span", { class: "muted" }, finding.severity), h("p", {}, finding.message, finding.fix && h("span", { class: "fix" }, ` ${finding.fix}`))))));
}

function phrases(job) {
  return job.phrases.length > 0 && section("In their words", null, h("ul", { class: "phrases" }, job.phrases.map((words) => h("li", {}, marked(words, queryWords)))));
}

/* Edits of earlier runs, each with a way back; the words before it come again with the next run. */
function history(job, print) {
  if (!job.edits.length) return null;
  const waiting = new Set(edits.filter((edit) => edit.op === "undo").map((edit) => edit.edit));
  const item = (words) => {
    const id = /\b(E-[0-9a-z]{6,64})\b/.exec(words)?.[1];
    const back = waiting.has(id) ? h("span", { class: "muted" }, "taken back with the next run") : button("Take back", () => record({ op: "undo", edit: id }), { class: "link", "aria-label": `Take back: ${words}` });
    return h("li", { class: waiting.has(id) ? "gone" : "" }, h("span", {}, words), !print && id && [" ", back]);
  };
  return section("Edited by a person", null, h("ul", { class: "history" }, job.edits.map(item)));
}
