// The interview with its labels left and its predictions right. Only one interview is
// in the document at a time, so that a hundred are as quick as one.

const place = document.getElementById("viewer");
let state = readState(location.hash) ?? readState("#=");
let side = "gold";
let listed = false;
let visible = [];

const current = () => data.cases.find((one) => one.name === state.interview);

/** The items of the chosen interview, model and epoch. */
function reading() {
  const all = current().lines.filter((line) => line.model === state.model);
  const epochs = [...new Set(all.map((line) => line.epoch))].sort((a, b) => a - b);
  const epoch = epochs.includes(state.epoch) ? state.epoch : epochs[0];
  return { epochs, epoch, lines: all.filter((line) => line.epoch === epoch) };
}

/** Change the state, write it into the address, and show it. */
function go(change, { keep = false } = {}) {
  const moved = "interview" in change || "model" in change || "epoch" in change;
  state = { ...state, ...(moved ? { item: null } : {}), ...change };
  history[keep ? "pushState" : "replaceState"](null, "", writeState(state));
  draw();
}

function draw() {
  const focused = document.activeElement?.dataset?.key;
  const caret = document.activeElement?.selectionStart;
  fillQuotes(current());
  const { epochs, epoch, lines } = reading();
  visible = lines.filter((line) => passes(line, state));
  place.replaceChildren(bar(lines, epochs, epoch), ...body(lines), list(), about(lines));
  if (!focused) return;
  const again = place.querySelector(`[data-key="${CSS.escape(focused)}"]`);
  again?.focus({ preventScroll: true });
  if (again?.type === "search") again.setSelectionRange(caret, caret);
}

function bar(lines, epochs, epoch) {
  const names = data.cases.map((one) => one.name);
  const at = names.indexOf(state.interview);
  const count = (test) => make("b", {}, String(lines.filter(test).length));
  const chosen = (name, value) => state[name].includes(value)
    ? state[name].filter((one) => one !== value) : [...state[name], value];
  const chip = (name, value, label, test) => {
    const made = toggle(state[name].includes(value), () => go({ [name]: chosen(name, value) }), label, count(test));
    made.dataset.key = `${name}-${value}`;
    return made;
  };
  const step = (by, key, label) => make("button", {
    type: "button", class: "button", "data-key": key, "aria-label": say(label), title: say(label),
    disabled: names[at + by] === undefined, onclick: () => move(by),
  }, by < 0 ? "←" : "→");
  return make("div", {},
    make("div", { class: "bar" },
      choice("case", names.map((name) => [name, name]), state.interview, (name) => go({ interview: name }, { keep: true })),
      make("div", { class: "steps" }, step(-1, "previous", "previous"), step(1, "next", "next")),
      data.models.length < 2 ? null
        : choice("model", data.models.map((name, n) => [String(n), name]), String(state.model), (n) => go({ model: Number(n) })),
      epochs.length < 2 ? null
        : choice("epoch", epochs.map((n) => [String(n), String(n)]), String(epoch), (n) => go({ epoch: Number(n) })),
      choice("category", [["", say("all")], ...Object.entries(data.categories)], state.category, (name) => go({ category: name })),
      make("label", {}, say("search"), make("input", {
        type: "search", "data-key": "search", value: state.q, placeholder: say("search_hint"),
        oninput: (event) => go({ q: event.target.value }),
      })),
      make("div", { class: "chips", role: "group", "aria-label": say("outcome") },
        OUTCOMES.map((one) => chip("show", one, [make("span", { class: "mark", "aria-hidden": "true" }, MARKS[one]), say(one)], (line) => outcomes(line).includes(one)))),
      make("div", { class: "chips", role: "group", "aria-label": say("kind") },
        Object.entries(data.kinds).map(([kind, label]) => chip("kind", kind, label,
          (line) => [line.label, line.prediction].some((one) => one?.kind === kind))))),
    make("p", { class: "bar-end" },
      make("span", { class: "print-only" }, shown(`${state.interview}, ${data.models[state.model]}`)),
      make("span", { role: "status" }, say("shown", { k: visible.length, n: lines.length })),
      make("span", { class: "keys" }, say("keys"))));
}

function choice(key, options, value, pick) {
  return make("label", {}, say(key), make("select", { "data-key": key, onchange: (event) => pick(event.target.value) },
    options.map(([one, label]) => make("option", { value: one, selected: one === value }, shown(label)))));
}

function body(lines) {
  const one = current();
  if (visible.length === 0) {
    const clear = () => go({ show: [], kind: [], category: "", q: "" });
    const note = make("p", { class: "callout" }, say("no_items"), " ",
      make("button", { type: "button", class: "button", onclick: clear }, say("clear")));
    return lines.length === 0 || one.turns === null ? [note] : [note, columns(one)];
  }
  return one.turns === null ? [make("p", { class: "callout" }, say("no_text"))] : [switcher(), columns(one)];
}

function switcher() {
  const button = (name, label) => toggle(side === name, () => { side = name; draw(); }, say(label));
  return make("div", { class: "sides", role: "group", "aria-label": say("outcome") },
    button("gold", "gold"), button("pred", "predicted"));
}

function columns(one) {
  const spans = { gold: spansOf("label"), pred: spansOf("prediction") };
  const rows = one.turns.flatMap(([label, speaks, start, text]) => {
    const role = say(speaks ?? "unknown_role");
    const speaker = () => make("span", { class: "speaker" }, shown(label || role), label && label !== role ? ` · ${role}` : "");
    const busy = Object.values(spans).some((all) => all.some((span) => span.start < start + Array.from(text).length && span.end > start));
    if (speaks !== "participant" && !busy)
      return [make("div", { class: "ask", dir: "auto", lang: language(one) }, speaker(), shown(text))];
    return Object.entries(spans).map(([name, all]) => cell(name, speaker(), cut(text, start, all), one));
  });
  return make("div", { class: "duo", "data-side": side },
    make("h3", {}, say("gold")), make("h3", {}, say("predicted")), rows);
}

const language = (one) => (one.language === "und" ? null : one.language);

function spansOf(name) {
  return visible.flatMap((line) => (line[name]?.quotes ?? []).map(([start, end]) => ({ start, end, line })));
}

function cell(name, speaker, pieces, one) {
  const part = name === "gold" ? "label" : "prediction";
  const nodes = pieces.flatMap((piece) => [
    ...piece.starts.map((line) => flag(line, line[part])),
    ...(piece.lines.length === 0 ? shown(piece.text) : [span(piece, part)]),
  ]);
  const used = pieces.some((piece) => piece.lines.length);
  return make("div", {
    class: `cell ${name}${used ? " has" : ""}`, role: "group", dir: "auto", lang: language(one),
    "aria-label": say(name === "gold" ? "gold" : "predicted"),
  }, speaker, nodes);
}

function flag(line, part) {
  return make("button", {
    type: "button", class: `flag ${classesOf(line, part)}`, "data-n": line.n, title: spoken(line),
    "aria-label": spoken(line), onclick: () => select(line.n),
  }, markOf(line));
}

function span(piece, part) {
  const [top] = piece.lines;
  const numbers = piece.lines.map((line) => line.n);
  const deep = piece.lines.length > 1 ? " deep" : "";
  // A press on a stretch of several items goes through them, shortest first.
  const press = () => select(numbers[(numbers.indexOf(state.item) + 1) % numbers.length]);
  return make("mark", {
    class: `span ${classesOf(top, top[part])}${deep}`, "data-n": numbers.join(" "), onclick: press,
  }, shown(piece.text));
}

function list() {
  const opened = (event) => { listed = event.target.open; };
  return make("details", { open: listed, ontoggle: opened }, make("summary", {}, say("list"), ` (${visible.length})`),
    make("ol", { class: "items" }, visible.map((line) => {
      const one = line.label ?? line.prediction;
      return make("li", { class: classesOf(line) }, make("button", { type: "button", onclick: () => select(line.n, { scroll: true }) },
        make("span", { class: "key" }, markOf(line)), `${outcomeOf(line)} · ${naming(one)} · `, shown(one.statement)));
    })));
}

/** The part that tells of the chosen item. */
function about(lines) {
  const box = make("aside", { class: "detail", "aria-live": "polite", hidden: true });
  fill(box, lines);
  return box;
}

function fill(box, lines) {
  const line = lines.find((one) => one.n === state.item);
  box.hidden = !line;
  box.className = line ? `detail ${classesOf(line)}` : "detail";
  box.replaceChildren(...(line ? detail(line, lines, select, () => select(null), language(current())).filter(Boolean) : []));
  for (const made of place.querySelectorAll("[data-n]")) {
    const numbers = made.dataset.n.split(" ").map(Number);
    made.classList.toggle("on", Boolean(line) && numbers.includes(line.n));
    made.classList.toggle("by", Boolean(line) && numbers.some((n) => line.near.includes(n)));
  }
}

/** Choose an item; the columns stay, only marks and the part about it change. */
function select(n, { scroll = false } = {}) {
  state = { ...state, item: n };
  history.replaceState(null, "", writeState(state));
  const { lines } = reading();
  if (n !== null && !visible.some((line) => line.n === n)) {
    state = { ...state, show: [], kind: [], category: "", q: "" };
    draw();
  }
  showSide(lines.find((line) => line.n === n));
  fill(place.querySelector(".detail"), lines);
  if (scroll) into(n);
}

/** On a narrow page only one side is seen: take the one that has the item. */
function showSide(line) {
  const duo = place.querySelector(".duo");
  if (!line || !duo) return;
  const wanted = side === "gold" ? (line.label ? "gold" : "pred") : line.prediction ? "pred" : "gold";
  if (wanted === side) return;
  side = wanted;
  duo.dataset.side = side;
  place.querySelector(".sides").replaceWith(switcher());
}

function into(n) {
  const found = [...place.querySelectorAll(`.flag[data-n="${n}"]`)].find((one) => one.offsetParent !== null);
  found?.scrollIntoView({ block: "center", behavior: "instant" });
}

function move(by) {
  const names = data.cases.map((one) => one.name);
  const name = names[names.indexOf(state.interview) + by];
  if (name !== undefined) go({ interview: name }, { keep: true });
}

function along(by) {
  if (visible.length === 0) return;
  const at = visible.findIndex((line) => line.n === state.item);
  const next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : Math.min(visible.length - 1, Math.max(0, at + by));
  select(visible[next].n, { scroll: true });
}

const KEYS = {
  j: () => along(1),
  k: () => along(-1),
  "[": () => move(-1),
  "]": () => move(1),
  "/": () => place.querySelector("[data-key=search]").focus(),
  Escape: () => select(null),
};

function followAddress() {
  const asked = readState(location.hash);
  if (asked === null) return;
  state = asked;
  draw();
  document.getElementById("view").scrollIntoView({ behavior: "instant" });
  if (state.item !== null) select(state.item, { scroll: true });
}

if (data.cases.length) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (typing && event.key === "Escape") typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  window.addEventListener("hashchange", followAddress);
  draw();
  followAddress();
}
