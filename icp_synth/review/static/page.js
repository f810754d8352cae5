// What every page needs: words, requests to the server, questions in a dialog.

/** The words of the page's language, by dotted key. */
const table = await (await fetch("/api/words")).json();

/** Returns the text of a key with its placeholders filled. */
export function say(key, values = {}) {
  return table[key].replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Returns KEY.one or KEY.many. */
export function count(key, n, values = {}) {
  return say(`${key}.${n === 1 ? "one" : "many"}`, { n, ...values });
}

/** Makes an element; strings become text, never markup. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((one) => one != null && one !== false));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** What the server says: `ok`, its status, and the JSON; status 0 where it is gone. */
export async function ask(path, body) {
  const asked = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  try {
    const answer = await fetch(path, { credentials: "same-origin", ...asked });
    const said = await answer.json();
    return { ok: answer.ok, status: answer.status, said };
  } catch {
    return { ok: false, status: 0, said: {} };
  }
}

/**
 * Asks a person. Returns the text of the field ("" without one), or null if cancelled.
 * `field` is its label, `value` what stands in it, `lines` a list to be shown.
 */
export function question({ title, note = "", lines = [], field = "", value = "", ok }) {
  const dialog = byId("ask");
  byId("ask-title").textContent = title;
  byId("ask-note").textContent = note;
  byId("ask-lines").hidden = !lines.length;
  byId("ask-lines").replaceChildren(...lines.map((line) => el("li", {}, el("code", {}, line))));
  byId("ask-field").hidden = !field;
  byId("ask-label").textContent = field;
  byId("ask-input").value = value;
  byId("ask-ok").textContent = ok;
  const before = document.activeElement;
  dialog.returnValue = "";
  dialog.showModal();
  if (field) byId("ask-input").select();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      before?.focus?.();
      done(dialog.returnValue === "ok" ? byId("ask-input").value.trim() : null);
    }, { once: true });
  });
}
byId("ask-cancel").addEventListener("click", () => byId("ask").close(""));

/** Something kept in this browser for this address; nothing where that is forbidden. */
export const kept = {
  get(name) {
    try { return JSON.parse(localStorage.getItem(`icp-synth:${name}`)); } catch { return null; }
  },
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem(`icp-synth:${name}`);
      else localStorage.setItem(`icp-synth:${name}`, JSON.stringify(value));
    } catch { /* a full or forbidden store: the edit lives in the page alone */ }
  },
};
