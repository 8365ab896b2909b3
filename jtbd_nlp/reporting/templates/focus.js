/* The place of who goes by keyboard: a button that is drawn anew takes the focus with it, which then starts at the top. */
const FOCUSABLE = "button, a[href], input, select, textarea, summary, [tabindex='0']";
const ROOTS = ["dialog", "#top", "#source", "#linking", ".pane.list", ".pane.detail", "#main"];
let stood = null; /* where the focus was when the event began */

/* What a control is called, without the counts and marks in it that change. */
function callOf(control) {
  return (control.getAttribute("aria-label") || control.textContent).replace(/[\d✓×+]/g, "").trim();
}

function controlsIn(scope) {
  return scope ? [...scope.querySelectorAll(FOCUSABLE)].filter(isThere) : [];
}

/* How to find a control again, or what stands in its place once it is gone. */
function placeOf(control) {
  if (!control || control === document.body) return null;
  if (control.id) return { control, id: control.id };
  const root = ROOTS.find((selector) => control.closest(selector));
  const within = controlsIn(root && control.closest(root));
  const alike = within.filter((other) => callOf(other) === callOf(control));
  return { control, root, call: callOf(control), nth: alike.indexOf(control), order: within.indexOf(control), quote: control.closest("[data-quote]")?.dataset.quote, view: state.view, job: state.jobId };
}

/* The control itself, its like at the same quote or in the same room, what stands in its place, or the heading of what is shown. */
function standIn(place) {
  if (isThere(place.control)) return place.control;
  if (place.id && isThere(document.getElementById(place.id))) return document.getElementById(place.id);
  const rooms = [...document.querySelectorAll(place.root || "#main")].filter(isThere);
  const moved = place.view !== state.view || (place.root === ".pane.detail" && place.job !== state.jobId);
  if (!rooms.length || place.id || (moved && place.root !== "#top")) return headingShown();
  const within = controlsIn(rooms.at(-1));
  const alike = within.filter((control) => callOf(control) === place.call);
  const atQuote = (control) => control.closest("[data-quote]")?.dataset.quote === place.quote;
  const same = place.quote !== undefined && (alike.find(atQuote) || within.find(atQuote));
  return same || alike[Math.min(place.nth, alike.length - 1)] || within[Math.min(place.order, within.length - 1)] || headingShown();
}

function headingShown() {
  const heading = document.querySelector("dialog h2") || document.querySelector(state.view === "jobs" ? "#main .detail h2" : "#main h2") || document.getElementById("search");
  if (heading?.tagName === "H2") heading.tabIndex = -1;
  return heading;
}

/* Whether it is drawn; asked of thousands, so where the browser can tell without laying out what is out of sight. */
function isThere(node) {
  return Boolean(node?.isConnected && (node.checkVisibility ? node.checkVisibility() : node.getClientRects().length));
}

/* A key that moves only the focus, or only types, draws nothing anew. */
function mayDraw(event) {
  return event.type !== "keydown" || event.key.length === 1 || ["Enter", "Escape"].includes(event.key);
}

function focusPlace(place) {
  const found = place && standIn(place);
  found?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: "nearest" });
}

/* One pair of listeners for every button: the first remembers before anything is drawn, the last looks whether the focus is lost. */
for (const kind of ["click", "change", "keydown"]) {
  document.addEventListener(kind, (event) => { stood = mayDraw(event) ? placeOf(document.activeElement) : null; }, true);
  window.addEventListener(kind, () => { if (stood && !isThere(document.activeElement === document.body ? null : document.activeElement)) focusPlace(stood); });
}
