/* The map of passages: near ones speak alike. Colours tell the largest jobs apart; a list beside it does so by name. */
const HUES = 8;
let mapJob = null;

function mapView() {
  if (!DATA.points.length) return h("section", { class: "sheet" }, h("h2", {}, "Map of passages"), h("p", { class: "empty" }, "This run made no map."));
  const jobOf = new Map();
  for (const job of jobs) for (const n of job.all) if (!jobOf.has(n)) jobOf.set(n, job);
  const legend = [...jobs].sort(ORDERS.quotes);
  const hue = new Map(legend.slice(0, HUES).map((job, i) => [job.job_id, i + 1]));
  const label = h("p", { class: "muted pick", role: "status" }, "Point at a passage to read it, click to see it in its interview.");
  const svg = h("svg", { class: "map", viewBox: "0 0 1000 700", role: "img", "aria-label": `Map of ${plural(DATA.points.length, "passage")}` });
  append(svg, [mapPoints(jobOf, hue)]);
  svg.addEventListener("pointermove", (event) => {
    const n = event.target.dataset?.quote;
    if (n !== undefined) label.textContent = `${jobOf.get(Number(n))?.name || "Supports no job"}: “${DATA.quotes[n].text}” ${DATA.quotes[n].participant_id}`;
  });
  svg.addEventListener("click", (event) => { const n = event.target.dataset?.quote; if (n !== undefined) { state.jobId = jobOf.get(Number(n))?.job_id || state.jobId; openSource(Number(n)); } });
  return h("section", { class: "sheet", "aria-labelledby": "map-title" }, h("h2", { id: "map-title" }, "Map of passages"),
    h("p", { class: "muted" }, "Each point is a passage; near ones say similar things. Choose a job to see where its passages lie."),
    h("div", { class: "mapbox" }, h("div", {}, svg, label), h("ul", { class: "maplegend", "aria-label": "Jobs on the map" }, legend.map((job) => h("li", {}, button([h("i", { class: `dot hue-${hue.get(job.job_id) || 0}`, "aria-hidden": "true" }), job.name, h("span", { class: "n" }, ` ${job.numbers.length}`)],
      () => { mapJob = mapJob === job.job_id ? null : job.job_id; markMap(svg, jobOf); for (const b of document.querySelectorAll(".maplegend button")) b.setAttribute("aria-pressed", String(b.dataset.job === mapJob)); }, { "data-job": job.job_id, "aria-pressed": String(mapJob === job.job_id) }))))));
}

function mapPoints(jobOf, hue) {
  const xs = DATA.points.map((p) => p[0]), ys = DATA.points.map((p) => p[1]);
  const least = (values) => values.reduce((a, b) => Math.min(a, b)), most = (values) => values.reduce((a, b) => Math.max(a, b));
  const scale = (values, size) => { const a = least(values), b = most(values); return (v) => 20 + ((v - a) / (b - a || 1)) * (size - 40); };
  const sx = scale(xs, 1000), sy = scale(ys, 700);
  const points = DATA.points.map(([x, y, n]) => {
    const job = jobOf.get(n);
    return h("circle", { class: `hue-${(job && hue.get(job.job_id)) || 0}${job ? "" : " alone"}${mapJob && job?.job_id !== mapJob ? " dim" : ""}`, cx: sx(x).toFixed(1), cy: sy(y).toFixed(1), r: job ? 6 : 4, "data-quote": n });
  });
  return points;
}

function markMap(svg, jobOf) {
  for (const point of svg.querySelectorAll("circle")) point.classList.toggle("dim", Boolean(mapJob) && jobOf.get(Number(point.dataset.quote))?.job_id !== mapJob);
}
