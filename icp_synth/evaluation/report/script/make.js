// What the page is made of. Text goes in as text nodes only: nothing that a transcript
// or a model wrote is ever read as markup.

const data = JSON.parse(document.getElementById("data").textContent);
const hiddenCharacter = new RegExp(data.hidden, "gu");

/** Say a text of the page's language with its {placeholders} filled. */
function say(key, values = {}) {
  const text = data.words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole);
}

/** Make an element. Attributes that are null or false are left out. */
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** Text as nodes: characters that nobody sees stand there by their code. */
function shown(text) {
  const nodes = [];
  let last = 0;
  for (const found of text.matchAll(hiddenCharacter)) {
    const number = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    const code = `U+${number}`;
    nodes.push(text.slice(last, found.index));
    nodes.push(make("span", { class: "hidden-char", title: say("hidden", { code }) }, code));
    last = found.index + found[0].length;
  }
  nodes.push(text.slice(last));
  return nodes;
}

/** A button that is on or off. */
function toggle(on, press, ...children) {
  const attributes = { type: "button", class: "button", "aria-pressed": String(on), onclick: press };
  return make("button", attributes, ...children);
}
