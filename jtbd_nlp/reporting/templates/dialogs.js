/* Dialogs: rename, reword, merge, move, note, the list of edits, and help. What is accepted gives the words of what is wrong, or nothing. */
function dialog(title, body, accept, onaccept) {
  const box = h("dialog", { "aria-labelledby": "dialog-title" });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const accepted = (event) => { event.preventDefault(); wrong.textContent = (onaccept && onaccept()) || ""; if (!wrong.textContent) box.close(); };
  const form = h("form", { onsubmit: accepted },
    h("h2", { id: "dialog-title", tabindex: "-1" }, title), body, wrong, h("p", { class: "buttons" }, button(accept ? "Cancel" : "Close", () => box.close(), { class: "plain" }), accept && h("button", { type: "submit", class: "primary" }, accept)));
  const back = placeOf(document.activeElement);
  box.append(form);
  box.addEventListener("close", () => { box.remove(); focusPlace(back); });
  document.body.append(box);
  document.getElementById("toast").hidden = true;
  box.showModal();
  (box.querySelector("input:not(#letters), textarea") || box.querySelector("h2")).focus(); /* never a button that a stray Enter would press */
  return box;
}

function field(label, value, long) {
  const input = h(long ? "textarea" : "input", long ? { rows: 4, id: "field" } : { type: "text", id: "field", autocomplete: "off" });
  input.value = value || "";
  input.maxLength = 2000;
  return [input, h("label", { class: "field", for: "field" }, label, input)];
}

function renameDialog(job) {
  const [input, label] = field("Name", job.name);
  dialog("Rename the job", label, "Rename", () => { const name = input.value.trim(); if (!name) return "A job needs a name."; if (name !== job.name) record({ op: "rename", job: job.job_id, name }); return ""; });
  input.select();
}

function rewordDialog(job, slot) {
  const [input, label] = field(`The ${slot}, in your words`, job.statement[slot], true);
  const quotes = job.numbers.filter((n) => job.slots.get(n).includes(slot)).slice(0, 6).map((n) => h("li", {}, `“${DATA.quotes[n].text}” `, h("span", { class: "muted" }, DATA.quotes[n].participant_id)));
  dialog(`Reword the ${slot}`, [label, quotes.length ? [h("p", { class: "muted" }, "Quotes that show it:"), h("ul", { class: "small" }, quotes)] : h("p", { class: "muted" }, "No quote shows it yet. Leave it empty rather than guess.")], "Reword",
    () => { const text = withoutLead(slot, input.value); if (text !== (job.statement[slot] || "")) record({ op: "reword", job: job.job_id, slot, text }); });
}

/* The statement says these words itself; the same as `without_lead` of the study. */
const LEADS = { situation: /^when(?:\s+|$)/i, motivation: /^i\s+want\s+to(?:\s+|$)/i, outcome: /^so\s+(?:(?:that\s+)?i\s+can(?:\s+|$)|(?=that\s))/i };

function withoutLead(slot, words) {
  return words.trim().replace(LEADS[slot] || /^$/, "");
}

function noteDialog(job) {
  const [input, label] = field("Note", job.note, true);
  dialog("Note on the job", label, "Keep the note", () => { if (input.value.trim() !== (job.note || "")) record({ op: "note", job: job.job_id, text: input.value.trim() }); });
}

/* One job to choose; with `fresh` also one that is not there yet. */
function pickJob(title, help, but, accept, onpick, fresh) {
  const list = h("div", { class: "choices", role: "radiogroup", "aria-label": "Jobs" });
  const choice = (value, name, more) => h("label", {}, h("input", { type: "radio", name: "pick", value }), h("span", {}, h("strong", {}, name), h("small", {}, more)));
  const draw = (words) => fill(list, fresh && choice(NEW, "A new job …", "one that the machine missed"),
    jobs.filter((job) => job.job_id !== but && words.every((w) => job.haystack.includes(w))).slice(0, 100).map((job) => choice(job.job_id, job.name, storyText(job))));
  const find = h("input", { type: "search", "aria-label": "Find a job", placeholder: "Find a job", autocomplete: "off", oninput: () => draw(fold(find.value).split(/\s+/).filter(Boolean)) });
  draw([]);
  dialog(title, [h("p", { class: "muted" }, help), find, list], accept, () => { const picked = list.querySelector("input:checked"); if (!picked) return "Choose a job first."; onpick(picked.value); return ""; });
}

function mergeDialog(job) {
  pickJob("Merge another job into this one", `“${job.name}” keeps its name and its statement; the quotes of both come together.`, job.job_id, "Merge", (id) => record({ op: "merge", jobs: [job.job_id, id] }));
}

const NEW = "new";
const MOST_LOOSE = 40; /* passages offered at a time */

/* A quote of those left out, into a job, or into a new one. */
function addDialog(number) {
  const add = (to) => (to === NEW ? setTimeout(() => createDialog(number)) : record({ op: "move", to, quotes: [quoteKey(number)] }));
  pickJob("Add the quote to a job", `“${DATA.quotes[number].text}”`, null, "Add", add, true);
}

/* A job that the machine missed, made of a quote, and of further ones that were left out. */
function createDialog(number) {
  const entry = (id, label, placeholder) => h("label", { class: "field", for: id }, label, h("input", { type: "text", id, placeholder, autocomplete: "off", maxlength: 2000 }));
  const words = [entry("new-name", "Name (may be left empty)"), ...SLOTS.map((slot, i) => entry(`new-${slot}`, `${slot[0].toUpperCase()}${slot.slice(1)}`, ["When …", "I want to …", "so I can …"][i]))];
  const chosen = new Set([number]);
  const list = h("div", { class: "choices", role: "group", "aria-label": "Quotes of the new job" });
  const box = (n) => h("label", {}, h("input", { type: "checkbox", value: String(n), checked: chosen.has(n), onchange: (e) => { if (e.target.checked) chosen.add(n); else chosen.delete(n); } }), h("span", {}, `“${DATA.quotes[n].text}”`, h("small", {}, DATA.quotes[n].participant_id)));
  const others = [...new Set([number, ...leftOut()])];
  const draw = (sought) => fill(list, others.filter((n) => chosen.has(n) || sought.every((w) => passageText[n].includes(w))).sort((a, b) => Number(chosen.has(b)) - Number(chosen.has(a))).slice(0, MOST_LOOSE).map(box));
  const find = h("input", { type: "search", "aria-label": "Find more passages that were left out", placeholder: "Find more passages that were left out", autocomplete: "off", oninput: () => draw(fold(find.value).split(/\s+/).filter(Boolean)) });
  draw([]);
  dialog("Make a new job", [h("p", { class: "muted" }, "Your words win; what you leave empty is drafted from the quotes by the next run, or stays a gap."), words, find, list], "Make the job", () => {
    const given = (id) => document.getElementById(`new-${id}`).value.trim();
    if (!chosen.size) return "Choose one quote at least.";
    record({ op: "create", into: newId("J", 4), ...Object.fromEntries(["name", ...SLOTS].map((key) => [key, withoutLead(key, given(key))]).filter(([, text]) => text)), quotes: [...chosen].map(quoteKey) });
    return "";
  });
}

function splitDialog(job) {
  const [input, label] = field("Name of the new job (may be left empty)", "");
  const place = (n) => (SLOTS.indexOf(job.slots.get(n)[0]) + 4) % 4;
  const shelves = gather([...job.numbers].sort((a, b) => place(a) - place(b)));
  const slotsOf = (shelf) => [...new Set(shelf.flat().flatMap((n) => job.slots.get(n)))];
  const told = h("p", { class: "muted", role: "status" });
  const list = h("div", { class: "choices", role: "group", "aria-label": "Quotes of the new job", onchange: () => tell() }, shelves.map(([n, inner]) => h("label", {},
    h("input", { type: "checkbox", value: String(n) }), h("span", {}, `“${DATA.quotes[n].text}”`, h("small", {}, [DATA.quotes[n].participant_id, ...slotsOf([n, inner])].join(" · "))))));
  const picked = () => [...list.querySelectorAll("input:checked")].map((box) => Number(box.value));
  const tell = () => { const n = picked().length; told.textContent = n === shelves.length ? "One quote at least must stay; to change the name of the whole, rename it." : `To the new job: ${n} of ${plural(shelves.length, "quote")}.`; };
  tell();
  dialog("Split the job", [h("p", { class: "muted" }, `Choose the quotes that tell of something else than “${job.name}”.`), list, told, label], "Split", () => {
    const chosen = picked();
    if (!chosen.length) return "Choose one quote at least.";
    if (chosen.length === shelves.length) return told.textContent;
    const name = input.value.trim();
    record({ op: "split", job: job.job_id, ...(name ? { name } : {}), into: newId("J", 4), quotes: chosen.map(quoteKey) });
    return "";
  });
}

function moveDialog(job, number) {
  pickJob("Move the quote to another job", `“${DATA.quotes[number].text}”`, job.job_id, "Move", (to) => record({ op: "move", job: job.job_id, to, quotes: [quoteKey(number)] }));
}

function editsDialog() {
  const list = h("ol", { class: "edits" });
  const result = h("p", { role: "status", class: "muted" });
  const draw = () => fill(list, edits.length ? editItems(draw) : h("li", { class: "muted" }, "No edits yet. Rename, reword, merge, split, move, leave out, pin, keep together or apart, or note: it all lands here."));
  draw();
  const help = SERVED ? "Saving writes them into the study; its next run applies them." : "Download them, then join them to the study: jtbd-nlp edit add STUDY curation.toml. The next run applies them.";
  const save = button(SERVED ? "Save to the study" : "Download curation.toml", async () => {
    save.disabled = true;
    try { result.textContent = await saveEdits(); } catch (error) { result.textContent = `${error.message} Your edits are kept here.`; }
    save.disabled = false;
    if (document.activeElement === document.body) save.focus(); /* a button that is switched off loses the focus */
    draw();
    renderTop();
  }, { class: "primary" });
  const box = dialog("Your edits", [h("p", { class: "muted" }, help), list, result], null);
  if (SERVED && edits.length) box.querySelector(".buttons").append(button("Download", () => download("curation.toml", curationToml(), "application/toml")));
  if (edits.length) box.querySelector(".buttons").append(save);
}

function editItems(redraw) {
  const gone = undone();
  return edits.map((edit, i) => h("li", { class: gone.has(edit.id) ? "gone" : "" }, h("span", {}, describe(edit), i < saved && h("span", { class: "muted" }, " (saved)")),
    !gone.has(edit.id) && button("Take back", () => { removeEdit(edit.id); redraw(); }, { class: "link", "aria-label": `Take back: ${describe(edit)}` })));
}

/* What was just done, with a way back; it goes by itself, the list of edits stays. */
let toastTimer = 0;
function toast(words, undo) {
  const box = document.getElementById("toast");
  clearTimeout(toastTimer);
  const hide = () => { box.hidden = true; };
  fill(box, h("span", {}, words), button("Undo", () => { hide(); undo(); say("Taken back."); }, { class: "link", "aria-keyshortcuts": "z" }));
  box.hidden = false;
  say(`${words}. ${plural(unsaved(), "edit")} not saved yet.`);
  toastTimer = setTimeout(hide, 9000);
}

function undoLast() {
  const gone = undone();
  const last = edits.filter((edit) => edit.op !== "undo" && !gone.has(edit.id)).at(-1);
  if (!last) return say("There is no edit to take back.");
  const words = describe(last);
  removeEdit(last.id);
  document.getElementById("toast").hidden = true;
  return say(`Taken back: ${words}`);
}

function helpDialog() {
  const keys = [["/", "Search"], ["j, k", "Next, previous job"], ["Enter", "Into the job; on a quote, to its place in the interview"], ["Esc", "Close the interview, clear the marked quote or the search, or back to the list"], ["e", "Your edits"], ["z", "Take back the last edit"], ["?", "This help"]];
  const letters = h("label", { class: "choice" }, h("input", { type: "checkbox", id: "letters", checked: keysOn(), onchange: (event) => setKeys(event.target.checked) }), "Keys of one letter or sign work (switch them off for speech input)");
  dialog("Keys", [h("dl", { class: "keys" }, keys.map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])), letters,
    h("h3", {}, "What stands at a quote"), h("dl", { class: "keys" }, BELONGING.map(([words, what]) => [h("dt", {}, words), h("dd", {}, what)]))], null);
}
