/* What people answered when asked for a wish, or for what was not talked about: of the whole study, in a job or not. */
const ASKED = {
  magic_wand: ["With a magic wand", "Asked what they would want if they could have it."],
  anything_else: ["Not talked about", "Asked whether there was anything else."],
  looking_ahead: ["Looking ahead", "Asked what they hope for, or see coming."],
};

function wishesView(print) {
  const groups = Object.entries(ASKED).map(([kind, words]) => [words, DATA.wishes.filter(([, asked]) => asked === kind).map(([n]) => n)]).filter(([, numbers]) => numbers.length);
  const who = new Set(DATA.wishes.map(([n]) => DATA.quotes[n].participant_id));
  return h("section", { class: "sheet", "aria-labelledby": "wishes-title" }, h("h2", { id: "wishes-title" }, "Wishes"),
    groups.length ? h("p", { class: "muted" }, `What ${plural(who.size, "person", "people")} answered when asked what they would change. A wish often names a solution: ask what it would let them do.`)
      : h("p", { class: "empty" }, "Nobody was asked for a wish, or nobody told one. Ask at the end: if you had a magic wand, what would you want?"),
    groups.map(([[title, help], numbers]) => section(title, numbers.length, h("p", { class: "muted" }, help), quoteList(null, numbers, print))));
}
