/* What moves people, over the whole study: the four forces by participant, told in a job or in none. */
const FEW_TOLD = 4; /* quotes of a force drawn at first */
let mover = "";

/* Passages by force: those of the jobs as they are after the edits, then those that stand in no job. */
function toldForces() {
  const outside = DATA.forces.filter(([, , , inJob]) => !inJob);
  return Object.fromEntries(FORCES.map((force) => [force, [...new Set([...jobs.flatMap((job) => job.forces[force]), ...outside.filter(([, of]) => of === force).map(([n]) => n)])]]));
}

function movingSection(print) {
  const told = toldForces();
  const all = [...people.keys()].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const by = (id, force) => told[force].filter((n) => DATA.quotes[n].participant_id === id);
  const total = FORCES.reduce((sum, force) => sum + told[force].length, 0);
  const rest = DATA.unsure ? ` ${plural(DATA.unsure, "further sentence")} ${DATA.unsure === 1 ? "was" : "were"} labelled with a force and ${DATA.unsure === 1 ? "is" : "are"} left out as too unsure.` : "";
  if (!total) return h("section", { id: "moving" }, h("h2", {}, "What moves people"), h("p", { class: "muted" }, `No passage tells for certain of what drives or holds people.${rest} Ask: what was no longer good enough, what did you hope for, what worried you, what kept you?`));
  if (mover && !all.includes(mover)) mover = "";
  const pick = (id) => { mover = mover === id ? "" : id; renderView(); document.getElementById("moving")?.scrollIntoView({ block: "start" }); };
  const most = Math.max(1, ...all.flatMap((id) => FORCES.map((force) => by(id, force).length)));
  const cell = (id, force) => { const n = by(id, force).length; return h("td", { class: n ? `level-${Math.ceil((4 * n) / most)}` : "none" }, n ? button(String(n), () => pick(id), { "aria-label": `${n} ${force} of ${id}` }) : h("span", { class: "unseen" }, "0")); };
  const count = (id) => jobs.filter((job) => job.participants.includes(id)).length;
  const shown = (force) => told[force].filter((n) => print || !mover || DATA.quotes[n].participant_id === mover);
  return h("section", { id: "moving" }, h("h2", {}, "What moves people"),
    h("p", { class: "muted" }, `What people say drives them away from the present, draws them to the new, worries them about it, or ties them to the old: in a job or in none.${rest}`),
    all.length <= 200 && table("Forces by participant", ["Participant", ...FORCES, "jobs"], all.map((id) => h("tr", {}, h("th", { scope: "row" }, button(id, () => pick(id), { class: "link", "aria-pressed": String(mover === id) }), reporter(id) && h("small", { class: "muted" }, reporter(id))), FORCES.map((force) => cell(id, force)), h("td", {}, count(id))))),
    mover && !print && h("p", {}, `Only what ${mover} says is shown. `, button("Show everybody", () => pick(mover), { class: "link" })),
    h("div", { class: "forces" }, FORCES.map((force) => h("div", { class: `force ${force}` }, h("h3", {}, force, h("span", { class: "n" }, ` ${shown(force).length}`), h("small", {}, MEANING[force])),
      shown(force).length ? quoteList(null, shown(force), print, FEW_TOLD) : h("p", { class: "muted" }, "None found.")))));
}
