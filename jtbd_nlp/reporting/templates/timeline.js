/* The switch of one person: what they tell of each step, from the first thought to satisfied or not. */
let switcher = "";

function timelineSection() {
  const told = new Map(Object.entries(DATA.timelines));
  if (!told.size) return null;
  const steps = (id) => DATA.stages.filter((stage) => told.get(id).some((n) => DATA.quotes[n].stage === stage));
  const order = [...told.keys()].sort((a, b) => steps(b).length - steps(a).length || a.localeCompare(b, "en", { numeric: true }));
  if (!told.has(switcher)) switcher = order[0];
  const choose = chooser("switcher", "Person", switcher, order.map((id) => [id, `${id} (${plural(steps(id).length, "step")})`]), (id) => { switcher = id; renderView(); document.getElementById("filter-switcher")?.focus(); });
  choose.querySelector("option").remove(); /* "Any": one person is always shown */
  return h("section", { class: "switch" }, h("h2", {}, "The switch of one person"),
    h("p", { class: "muted" }, "Sentences that tell of a step by their wording, or since they answer a question for it. A step that is not found may still have been told in other words, or taken: read the interview, or ask about it."), choose,
    reporter(switcher) && h("p", { class: "muted" }, reporter(switcher)), h("ol", { class: "timeline" }, DATA.stages.map((stage) => timelineStep(stage, told.get(switcher)))));
}

function timelineStep(stage, all) {
  const numbers = all.filter((n) => DATA.quotes[n].stage === stage);
  return h("li", { class: numbers.length ? "told" : "" }, h("h3", {}, stage, numbers.length > 0 && h("span", { class: "n" }, ` ${numbers.length}`)),
    numbers.length ? quoteList(null, numbers, false, 3) : h("p", { class: "muted" }, "none found"));
}
