/* The view of the whole: all jobs at a glance with their forces, what people hire today, coverage and saturation. */
const FEW_SOLUTIONS = 12;

function overviewView() {
  return h("section", { class: "sheet", "aria-labelledby": "over-title" }, h("h2", { id: "over-title" }, "Overview"),
    h("p", { class: "lede" }, summaryWords()), jobs.length > 0 && glance(), hired(), saturation(),
    h("section", {}, h("h2", {}, "How much of what was said is used"), h("p", {}, coverageWords(), " ", button("See what was left out", () => openView("left"), { class: "link" }))));
}

function summaryWords() {
  const count = (test) => jobs.filter(test).length;
  const levels = CONFIDENCES.map((level) => [count((job) => job.confidence === level), level]).filter(([n]) => n).map(([n, level]) => `${n} of ${level} confidence`);
  const gaps = count((job) => SLOTS.some((slot) => !job.statement[slot])), single = count((job) => job.participants.length < 2), reviewed = count((job) => job.reviewed);
  return [`${plural(jobs.length, "job")} from ${plural(DATA.transcripts.length, "interview")} with ${plural(DATA.participants.length, "person", "people")}`, levels.length ? `: ${levels.join(", ")}. ` : ". ",
    gaps > 0 && `${gaps} ${gaps === 1 ? "has" : "have"} a gap to ask about. `, single > 0 && `${single} ${single === 1 ? "rests" : "rest"} on a single voice. `,
    jobs.length > 0 && (reviewed ? `${reviewed} of ${jobs.length} reviewed by a person.` : "None is reviewed by a person yet.")];
}

/* Every job in one table: people, confidence, forces for and against a change. */
function glance() {
  const sums = jobs.map((job) => FORCES.map((f) => job.forces[f].length));
  const most = Math.max(1, ...sums.map(([push, pull, anxiety, habit]) => Math.max(push + pull, anxiety + habit)));
  const everybody = Math.max(1, DATA.participants.length);
  const order = [...jobs].sort(ORDERS.support);
  return h("section", {}, h("h2", {}, "Jobs at a glance"), h("ul", { class: "key", "aria-hidden": "true" }, FORCES.map((f) => h("li", { class: f }, `${f}: ${MEANING[f]}`))),
    h("div", { class: "glance", role: "region", "aria-label": "Jobs at a glance", tabindex: "0" }, h("table", {}, caption("Jobs at a glance"), h("thead", {}, h("tr", {}, ["Job", "People"].map((t) => h("th", { scope: "col" }, t)), h("th", { scope: "col", class: "sure" }, "Confidence"),
      h("th", { scope: "col", class: "sides", "aria-label": "Passages for a change and against it" }, h("span", {}, "for change"), h("span", {}, "against")), h("th", { scope: "col", class: "wide" }, "Feelings"), h("th", { scope: "col", class: "wide" }, "Gaps"))),
    h("tbody", {}, order.map((job) => glanceRow(job, most, everybody))))));
}

function glanceRow(job, most, everybody) {
  const counts = Object.fromEntries(FORCES.map((f) => [f, job.forces[f].length]));
  const feelings = Object.entries(job.emotions).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 2).map(([kind]) => kind);
  const gaps = SLOTS.filter((slot) => !job.statement[slot]);
  const n = job.participants.length;
  return h("tr", {}, h("th", { scope: "row" }, button(job.name, () => { openJob(job.job_id, false); render(); }, { class: "link" })),
    h("td", { class: "bar" }, h("svg", { viewBox: "0 0 80 10", "aria-hidden": "true" }, h("rect", { class: "rest", x: 0, y: 0, width: 80, height: 10 }), h("rect", { x: 0, y: 0, width: (80 * n) / everybody, height: 10 })), h("span", { class: "n" }, n)),
    h("td", {}, confidenceMark(job.confidence)), h("td", {}, balance(counts, most, 12), h("small", { class: "sums", "aria-hidden": "true" }, FORCES.filter((f) => counts[f]).map((f) => `${f} ${counts[f]}`).join(", "))), h("td", { class: "wide" }, feelings.join(", ")),
    h("td", { class: "wide" }, gaps.length > 0 && h("span", { class: "flag single-voice" }, gaps.join(", "))));
}

/* What people use today, over all jobs: who hires it, who gave it up, and for how many jobs. */
function hired(print) {
  const found = new Map();
  for (const job of jobs) for (const s of job.solutions) {
    const entry = found.get(s.name) || { name: s.name, by: new Set(), left: new Set(), why: new Set(), jobs: 0 };
    s.hired_by.forEach((p) => entry.by.add(p));
    s.fired_by.forEach((p) => entry.left.add(p));
    s.fired_why.forEach((n) => entry.why.add(n));
    entry.jobs += 1;
    found.set(s.name, entry);
  }
  for (const s of DATA.hired) { /* those that no job names, and who else names them */
    const entry = found.get(s.name) || { name: s.name, by: new Set(), left: new Set(), why: new Set(), jobs: 0, told: s.quotes };
    s.hired_by.forEach((p) => entry.by.add(p));
    s.fired_by.forEach((p) => entry.left.add(p));
    s.fired_why.forEach((n) => entry.why.add(n));
    found.set(s.name, entry);
  }
  const sorted = [...found.values()].sort((a, b) => b.by.size - a.by.size || b.jobs - a.jobs || a.name.localeCompare(b.name, "en"));
  if (!sorted.length) return null;
  const few = print ? sorted.length : FEW_SOLUTIONS;
  const list = h("ul", { class: "hired" }, sorted.slice(0, few).map(hiredItem));
  const more = button(`Show all ${sorted.length}`, () => { append(list, [sorted.slice(few).map(hiredItem)]); more.remove(); }, { class: "plain" });
  return h("section", {}, h("h2", {}, "What people hire today"), h("p", { class: "muted" }, "Products, people and workarounds that participants named, with those who gave them up."), list, sorted.length > few && more);
}

function hiredItem(entry) {
  const open = () => { openView("jobs"); setFilter("solution", entry.name); };
  const named = entry.jobs ? button(entry.name, open, { class: "link" }) : button(entry.name, () => openSource(entry.told[0]), { class: "link", title: DATA.quotes[entry.told[0]]?.text });
  return h("li", {}, named, h("span", { class: "muted" }, [entry.by.size > 0 && `${plural(entry.by.size, "person", "people")}, `, entry.jobs ? plural(entry.jobs, "job") : "in no job"]),
    entry.left.size > 0 && h("span", { class: "fired" }, `given up by ${[...entry.left].sort().join(", ")}${entry.why.size ? "" : " (why: none told)"}`),
    [...entry.why].slice(0, 2).map((n) => h("q", { class: "told" }, DATA.quotes[n].text)));
}

function saturation() {
  const curve = DATA.saturation;
  if (curve.length < 2) return null;
  const width = 560, height = 220, top = Math.max(...curve), left = 44, bottom = 170;
  const x = (i) => left + (i * (width - left - 10)) / (curve.length - 1), y = (v) => bottom - (v / (top || 1)) * (bottom - 15);
  const last = curve[curve.length - 1] - curve[curve.length - 2];
  return h("section", {}, h("h2", {}, "Do further interviews still bring new jobs?"),
    h("p", { class: "muted" }, `Mean number of these jobs heard of in so many interviews. The last interview added ${last.toFixed(1)}.`),
    h("svg", { class: "curve", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `From ${curve[0].toFixed(1)} jobs in one interview to ${top.toFixed(1)} in ${curve.length}` },
      h("line", { x1: left, x2: width - 10, y1: bottom, y2: bottom }), h("polyline", { points: curve.map((v, i) => `${x(i)},${y(v)}`).join(" ") }),
      curve.map((v, i) => (curve.length <= 40) && h("circle", { cx: x(i), cy: y(v), r: 3 }, h("title", {}, `${i + 1} interviews: ${v.toFixed(1)} jobs`))),
      h("text", { x: left, y: bottom + 20 }, "1"), h("text", { x: width - 30, y: bottom + 20 }, curve.length), h("text", { x: width / 2 - 30, y: height - 8 }, "interviews"),
      h("text", { x: 4, y: y(top) + 5 }, top.toFixed(top < 10 ? 1 : 0)), h("text", { x: 4, y: bottom }, "0"), h("text", { x: left + 6, y: 24 }, "jobs")),
    h("details", { class: "more" }, h("summary", {}, "The curve in numbers"), h("p", {}, `Jobs heard of: ${curve.map((v, i) => `${v.toFixed(1)} after ${i + 1}`).join(", ")}.`)));
}
