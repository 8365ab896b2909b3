/* Writes the edits: as curation.toml to download, or to the study that serves the page. */
function tomlString(text) {
  const plain = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  const escaped = plain.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t").replace(/\r/g, "\\r");
  return `"${escaped.replace(/[\u0000-\u001f\u007f]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))}"`;
}

function tomlValue(value) {
  if (typeof value === "string") return tomlString(value);
  if (Array.isArray(value)) return `[${value.map((v) => (typeof v === "object" ? "\n  " : "") + tomlValue(v)).join(", ")}${value.some((v) => typeof v === "object") ? ",\n" : ""}]`;
  if (typeof value === "object") return `{ ${Object.entries(value).map(([k, v]) => `${k} = ${tomlValue(v)}`).join(", ")} }`;
  return String(value);
}

function curationToml() {
  const tables = edits.map((edit) => "[[edit]]\n" + Object.entries(edit).map(([key, v]) => `${key} = ${tomlValue(v)}\n`).join(""));
  return "# Edits made in the report page, to be kept in the folder of the study.\nformat = 1\n\n" + tables.join("\n");
}

function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { download: name });
  link.href = url;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

async function saveEdits() {
  if (!SERVED) {
    download("curation.toml", curationToml(), "application/toml");
    saved = edits.length;
    keep();
    return "Written to curation.toml in your downloads.";
  }
  const waiting = edits.slice(saved);
  const body = JSON.stringify({ format: 1, edit: waiting });
  const answer = await fetch("edits", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error || `The study did not take the edits (${answer.status}).`);
  saved += waiting.length;
  keep();
  return `${plural(waiting.length, "edit")} saved in the study. The next run of jtbd-nlp mine applies them.`;
}
