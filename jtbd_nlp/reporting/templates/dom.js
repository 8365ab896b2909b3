/* Small tools of the page. Text from interviews reaches the document through textContent alone. */
const ATTRIBUTES = new Set(["id", "class", "type", "value", "for", "role", "tabindex", "title", "hidden", "disabled",
  "selected", "placeholder", "autocomplete", "rows", "scope", "colspan", "open", "name", "checked", "maxlength",
  "dir", "viewBox", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "d", "width", "height", "points", "download"]);
const SVG = new Set(["svg", "g", "circle", "line", "path", "polyline", "text", "rect", "title"]);

/* h("p", {class: "muted", onclick: f}, "words", otherNode): an element; strings become text, null is passed over. */
function h(tag, props, ...children) {
  const svg = SVG.has(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function" && key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (ATTRIBUTES.has(key) || key.startsWith("aria-") || key.startsWith("data-"))
      node.setAttribute(key, value === true ? "" : String(value));
    else throw new Error(`unknown attribute ${key}`);
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

function button(label, onclick, props) {
  return h("button", { type: "button", onclick, ...props }, label);
}

function plural(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many || one + "s"}`;
}

function percent(share) {
  return share === null || share === undefined ? "" : `${Math.round(share * 100)} %`;
}

function clock(seconds) {
  if (seconds === null || seconds === undefined) return "";
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/* Characters [start, end) of a text in code points, as Python counts them; JavaScript counts UTF-16 units. */
function cut(text, start, end) {
  if (!/[\ud800-\udfff]/.test(text)) return text.slice(start, end);
  return Array.from(text).slice(start, end).join("");
}

/* To screen readers; the same words twice are told twice, since the second time differ by a blank. */
function say(words) {
  const status = document.getElementById("status");
  status.textContent = status.textContent === words ? `${words}\u00a0` : words;
}

/* Text with the words of the search marked. */
function marked(text, words) {
  if (!words.length) return [text];
  const pattern = new RegExp(words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "gi");
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (!match[0]) continue;
    pieces.push(text.slice(at, match.index), h("mark", {}, match[0]));
    at = match.index + match[0].length;
  }
  pieces.push(text.slice(at));
  return pieces;
}
