/* The map of passages: near ones speak alike. Colours tell the largest jobs apart; a list beside it does so by name. */
const HUES = 8;
const REACH = 18; /* pixels from the pointer, or the finger, to a passage */
let mapJob = null;

function mapView() {
  if (!DATA.points.length) return h("section", { class: "sheet" }, h("h2", {}, "Map of passages"), h("p", { class: "empty" }, "This run made no map."));
  const jobOf = new Map();
  for (const job of jobs) for (const n of job.all) if (!jobOf.has(n)) jobOf.set(n, job);
  const legend = [...jobs].sort(ORDERS.quotes);
  const hue = new Map(legend.slice(0, HUES).map((job, i) => [job.job_id, i + 1]));
  const card = h("p", { class: "pick", role: "status" }, h("span", { class: "muted" }, "Point at a passage to read it; click to see it in its interview."));
  const svg = h("svg", { class: "map", viewBox: "0 0 1000 700", role: "img", "aria-label": mapWords(jobOf) });
  const points = mapPoints(jobOf, hue);
  append(svg, [points.map((point) => point.node)]);
  markMap(points);
  listenOnMap(svg, points, card);
  return h("section", { class: "sheet", "aria-labelledby": "map-title" }, h("h2", { id: "map-title" }, "Map of passages"),
    h("p", { class: "muted" }, "Each point is a passage; near ones say similar things. Small open circles support no job; what was told near a job has its colour too, and is not in its number. Choose a job to see where its passages lie."),
    h("div", { class: "mapbox" }, h("div", {}, svg, card), mapLegend(legend, hue, points, card)));
}

function mapWords(jobOf) {
  const n = DATA.points.filter(([, , number]) => jobOf.has(number)).length;
  return `Map of ${plural(DATA.points.length, "passage")}, ${n.toLocaleString("en")} of them in or near a job; the list of jobs leads to the same passages`;
}

/* The way to the passages of a job for who cannot point at them. */
function mapCard(card, job) {
  if (!job) return fill(card, h("span", { class: "muted" }, "All jobs are shown."));
  return fill(card, h("strong", {}, job.name), h("br"), h("span", { class: "muted" }, `${quotesOf(job)} on the map. `), button("Read them", () => openJob(job.job_id, true), { class: "link" }));
}

function mapLegend(legend, hue, points, card) {
  const choose = (job) => {
    mapJob = mapJob === job.job_id ? null : job.job_id;
    markMap(points);
    mapCard(card, mapJob && job);
    for (const b of document.querySelectorAll(".maplegend button")) b.setAttribute("aria-pressed", String(b.dataset.job === mapJob));
  };
  return h("ul", { class: "maplegend", "aria-label": "Jobs on the map" }, legend.map((job) => h("li", {}, button([h("i", { class: `dot hue-${hue.get(job.job_id) || 0}`, "aria-hidden": "true" }), h("span", {}, job.name, h("span", { class: "n" }, ` ${job.sure.length}`))],
    () => choose(job), { "data-job": job.job_id, "aria-pressed": String(mapJob === job.job_id) }))));
}

function mapPoints(jobOf, hue) {
  const xs = DATA.points.map((p) => p[0]), ys = DATA.points.map((p) => p[1]);
  const least = (values) => values.reduce((a, b) => Math.min(a, b)), most = (values) => values.reduce((a, b) => Math.max(a, b));
  const scale = (values, size) => { const a = least(values), b = most(values); return (v) => 20 + ((v - a) / (b - a || 1)) * (size - 40); };
  const sx = scale(xs, 1000), sy = scale(ys, 700);
  const made = DATA.points.map(([px, py, n]) => {
    const job = jobOf.get(n), x = sx(px), y = sy(py);
    return { n, job, x, y, node: h("circle", { class: job ? `hue-${hue.get(job.job_id) || 0}` : "alone", cx: x.toFixed(1), cy: y.toFixed(1), r: job ? 6 : 4, "data-quote": n }) };
  });
  return made.sort((a, b) => Number(Boolean(a.job)) - Number(Boolean(b.job))); /* jobs are drawn over the rest */
}

function markMap(points) {
  for (const { node, job } of points) {
    node.classList.toggle("dim", Boolean(mapJob) && job?.job_id !== mapJob);
    node.classList.toggle("chosen", Boolean(mapJob) && job?.job_id === mapJob);
  }
}

function listenOnMap(svg, points, card) {
  let at = null;
  const show = (point) => {
    if (point === at) return;
    at?.node.classList.remove("at");
    at = point;
    if (!point) return;
    point.node.classList.add("at");
    const q = DATA.quotes[point.n];
    fill(card, h("strong", {}, point.job?.name || "Supports no job"), h("br"), `“${q.text}” `, h("span", { class: "muted" }, q.participant_id));
  };
  svg.addEventListener("pointermove", (event) => show(nearest(svg, points, event)));
  svg.addEventListener("click", (event) => {
    const own = event.target.dataset?.quote;
    const point = own === undefined ? nearest(svg, points, event) : points.find((p) => p.n === Number(own));
    if (!point) return;
    show(point);
    state.jobId = point.job?.job_id || state.jobId;
    openSource(point.n);
  });
}

/* The passage next to the pointer; those of the chosen job alone, where one is chosen. */
function nearest(svg, points, event) {
  const box = svg.getBoundingClientRect();
  const scale = 1000 / box.width, x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
  let best = null, least = (REACH * scale) ** 2;
  for (const point of points) {
    const far = (point.x - x) ** 2 + (point.y - y) ** 2;
    if (far < least && !(mapJob && point.job?.job_id !== mapJob)) { best = point; least = far; }
  }
  return best;
}
