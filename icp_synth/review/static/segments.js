// The page on which people are regrouped: moving, keys, saving, drafting again.
import { ask, byId, el, kept, question, say } from "./page.js";
import { Groups, UNASSIGNED, reconciled } from "./groups.js";
import { columnName, columnOf } from "./cards.js";
import { drafting } from "./drafting.js";
import { editName, standingLine } from "./heads.js";

const ALIVE = 5 * 60 * 1000;

const board = { groups: null, people: new Map(), things: [], missing: new Set() };
let standing = null; // what the server said last
let version = "";    // of the file that the edit began from
let active = null;   // the person whose card takes the keys
let held = null;     // the person who is being dragged
let renaming = null;
let drafted = false; // whether this window keeps a draft; another's is left alone

const nameOf = (id) => board.people.get(id)?.name ?? id;
const tell = (text) => { byId("said").textContent = text; };

// ------------------------------------------------------------------ showing
function show({ focus = true } = {}) {
  const { groups } = board;
  if (!groups.of(active)) active = groups.columns.find((one) => one.people.length)?.people[0] ?? null;
  const columns = drawn(groups.columns);
  const [left, top] = [byId("board").scrollLeft, scrollY];
  byId("board").replaceChildren(...columns);
  byId("board").scrollLeft = left;
  scrollTo(0, top);
  reach();
  if (renaming) editName(renaming, { groups, tell, done: () => { renaming = null; show(); } });
  else if (focus) cardOf(active)?.focus();
  state();
  if (groups.unsaved || drafted) {
    drafted = groups.unsaved > 0;
    kept.set("draft", drafted ? { version, ...groups.plain() } : null);
  }
}

let kit = ""; // what all columns depend on: who is there, and what the columns are called
const drawings = new Map();

/** Draws columns; one that did not change is taken as it is. */
function drawn(columns) {
  const now = JSON.stringify([standing.drafted, standing.version, columns.map(({ key, name }) => [key, name])]);
  if (now !== kit || renaming) drawings.clear();
  kit = renaming ? "" : now;
  return columns.map((one, at) => {
    const old = drawings.get(one.key);
    // What the unassigned share with a column changes with that column.
    const same = old?.column === one && one.key !== UNASSIGNED;
    const element = same ? old.element : columnOf(one, at, board, acts);
    drawings.set(one.key, { column: one, element });
    return element;
  });
}

const cardOf = (id) => [...document.querySelectorAll(".person")].find((one) => one.dataset.id === id);

/** One card and its list are reached by Tab: the one that was used last. */
function reach() {
  for (const card of document.querySelectorAll(".person")) {
    const here = card.dataset.id === active;
    card.tabIndex = here ? 0 : -1;
    card.querySelector("select").tabIndex = here ? 0 : -1;
  }
}

function state() {
  const { groups } = board;
  byId("state").replaceChildren(...standingLine(standing, groups, { askName, back }));
  byId("save").disabled = !groups.unsaved && standing.source === "file" && !standing.not_mentioned.length && !standing.problem;
  byId("undo").disabled = !groups.depth;
}

function trouble(text, ...buttons) {
  const box = byId("trouble");
  box.hidden = !text;
  box.replaceChildren(...(text ? [el("p", {}, text), el("p", { class: "buttons" }, ...buttons)] : []));
}

const button = (key, act) => el("button", { onclick: act }, say(key));

function failed({ status, said }) {
  if (status === 0) trouble(say("trouble.gone"));
  else if (status === 401 || status === 403) trouble(say("trouble.session"));
  else trouble([said.error, said.hint].filter(Boolean).join(" "), button("trouble.keep", () => trouble("")));
}

// ------------------------------------------------------------------- acting
const acts = {
  focused(id) {
    active = id;
    reach();
  },
  hold(id) { held = id; },
  drop(key) { if (held !== null) acts.move(held, key); },
  /** Moves a person; the keys then go on with whoever stood below. */
  move(id, key) {
    const { groups } = board;
    const from = groups.of(id);
    const target = groups.column(key);
    const values = { name: nameOf(id), segment: columnName(target) };
    if (from.key === key) { tell(say("said.stays", values)); return; }
    const at = from.people.indexOf(id);
    active = from.people[at + 1] ?? from.people[at - 1] ?? id;
    groups.move(id, key, say("what.move", values));
    show();
    tell(say("said.moved", values));
  },
  rename(key) {
    if (key === UNASSIGNED) return;
    renaming = key;
    show();
  },
  dissolve(key) {
    const values = { segment: columnName(board.groups.column(key)) };
    board.groups.dissolve(key, say("what.dissolve", values));
    show();
    tell(say("said.dissolved", values));
  },
};

function add() {
  let n = board.groups.columns.length;
  while (board.groups.named(say("regroup.new_name", { n }))) n += 1;
  const segment = say("regroup.new_name", { n });
  renaming = board.groups.add(segment, say("what.add", { segment }));
  show();
  tell(say("said.added", { segment }));
}

function undo() {
  const what = board.groups.undo();
  if (what === null) { tell(say("said.nothing")); return; }
  show();
  tell(say("said.undone", { what }));
}

function walk(by) {
  const all = board.groups.columns.flatMap((one) => one.people);
  const at = all.indexOf(active) + by;
  if (at >= 0 && at < all.length) goTo(all[at]);
}

function sideways(by) {
  const { columns } = board.groups;
  const from = columns.findIndex((one) => one.people.includes(active));
  const row = columns[from]?.people.indexOf(active) ?? 0;
  for (let at = from + by; at >= 0 && at < columns.length; at += by) {
    const { people } = columns[at];
    if (people.length) { goTo(people[Math.min(row, people.length - 1)]); return; }
  }
}

function goTo(id) {
  const card = cardOf(id);
  card.focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function place(digit) {
  if (active === null) return;
  const { columns } = board.groups;
  const target = digit === 0 ? columns.at(-1) : columns.slice(0, -1)[digit - 1];
  if (target) acts.move(active, target.key);
  else tell(say("said.no_target", { n: digit }));
}

function choose() {
  const list = cardOf(active)?.querySelector("select");
  list?.focus();
  try { list?.showPicker?.(); } catch { /* a browser that opens lists by itself only */ }
}

// ------------------------------------------------------------------- saving
async function askName() {
  const by = await question({
    title: say("ask.by"), note: say("ask.by_note"), field: say("ask.by_label"),
    value: kept.get("by") ?? standing.by, ok: say("ask.ok"),
  });
  if (by !== null) { kept.set("by", by); state(); }
  return by;
}

async function save({ drop = false, over = "" } = {}) {
  if (byId("save").disabled) { tell(say("said.not_changed")); return; }
  const by = kept.get("by") ?? (await askName());
  if (by === null) return;
  if (over) version = over;
  const answer = await ask("/api/segments", { version, by, drop, ...board.groups.plain() });
  if (answer.ok) {
    trouble("");
    take(answer.said, { saved: true });
    tell(say("said.saved"));
  } else if (answer.status === 409 && answer.said.error === "comments") {
    const go = await question({ title: say("ask.lost"), note: say("ask.lost_note"), lines: answer.said.lost, ok: say("ask.lost_ok") });
    if (go !== null) await save({ drop: true });
  } else if (answer.status === 409) conflict(answer.said.version);
  else failed(answer);
}

function conflict(now) {
  trouble(say("trouble.changed"),
    button("trouble.load", loadTheirs),
    button("trouble.over", () => { trouble(""); save({ over: now }); }),
    button("trouble.keep", () => trouble("")));
}

async function loadTheirs() {
  const answer = await ask("/api/segments");
  if (!answer.ok) { failed(answer); return; }
  trouble("");
  board.groups.load(answer.said, say("what.load"));
  take(answer.said, { saved: true });
  tell(say("said.loaded"));
}

async function back() {
  const go = await question({ title: say("regroup.back"), note: say("ask.back"), ok: say("ask.back_ok") });
  if (go === null) return;
  const answer = await ask("/api/segments/remove", { version });
  if (answer.ok) {
    board.groups.load(answer.said, say("what.load"));
    take(answer.said, { saved: true });
    tell(say("said.removed"));
  } else if (answer.status === 409) conflict(answer.said.version);
  else failed(answer);
}

/** Takes in what the server says; `saved`: what is shown is what the file holds. */
function take(said, { saved = false } = {}) {
  standing = said;
  board.people = new Map(said.people.map((one) => [one.id, { ...one, set: new Set(one.has) }]));
  board.things = said.things;
  board.missing = new Set(said.not_mentioned);
  if (saved) version = said.version;
  if (!board.groups) board.groups = new Groups(said.columns, said.unassigned);
  else {
    const now = reconciled(board.groups.plain(), new Set(board.people.keys()));
    if (now.joined.length || now.left.length) {
      board.groups.load(now, say("what.load"));
      trouble(whoCame(now), button("trouble.keep", () => trouble("")));
    }
    if (saved) board.groups.saved();
  }
  if (said.problem) trouble(`${say("trouble.file")} ${said.problem.message} ${said.problem.hint}`);
  show({ focus: false });
}

/** Says who is new in the study, and who is no longer there. */
function whoCame({ joined, left }) {
  const said = [];
  if (joined.length) said.push(say("said.joined", { names: joined.map(nameOf).join(", ") }));
  if (left.length) said.push(say("said.left", { names: left.join(", ") }));
  return said.join(" ");
}

// --------------------------------------------------------- as others left it
/** Asks how things stand, after a draft or when somebody comes back to the window. */
async function look() {
  const answer = await ask("/api/segments");
  if (!answer.ok) { failed(answer); return; }
  const changed = answer.said.version !== version;
  if (changed && board.groups.unsaved) { conflict(answer.said.version); return; }
  if (changed) board.groups.load(answer.said, say("what.load"));
  take(answer.said, { saved: !board.groups.unsaved || changed });
  if (changed) tell(say("said.reloaded"));
}

// --------------------------------------------------------------------- keys
const KEYS = {
  j: () => walk(1), ArrowDown: () => walk(1), k: () => walk(-1), ArrowUp: () => walk(-1),
  l: () => sideways(1), ArrowRight: () => sideways(1), h: () => sideways(-1), ArrowLeft: () => sideways(-1),
  m: choose, u: undo, n: add, s: () => save(), "?": () => byId("keys").showModal(),
  e: () => { const at = board.groups.of(active); if (at) acts.rename(at.key); },
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !board.groups) return;
  if (document.querySelector("dialog[open]") || event.target.closest("input, textarea")) return;
  const inList = event.target.closest("select");
  if (inList) {
    if (event.key === "Escape") cardOf(active)?.focus();
    return;
  }
  const act = /^\d$/.test(event.key) ? () => place(Number(event.key)) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

for (const [id, act] of Object.entries({ save: () => save(), undo, new: add, help: KEYS["?"] })) {
  byId(id).addEventListener("click", act);
}
const again = drafting({ unsaved: () => board.groups.unsaved, look, tell, trouble, failed });
addEventListener("focus", () => { if (board.groups && !document.querySelector("dialog[open]")) look(); });
// An edit that is not saved keeps the server from ending for want of visits.
setInterval(() => { if (board.groups?.unsaved) ask("/api/redraft"); }, ALIVE);

async function begin() {
  const draft = kept.get("draft");
  const answer = await ask("/api/segments");
  if (!answer.ok) { byId("board").replaceChildren(); failed(answer); return; }
  take(answer.said, { saved: true });
  if (draft) {
    const mine = reconciled(draft, new Set(board.people.keys()));
    const { columns, unassigned } = mine;
    if (JSON.stringify({ columns, unassigned }) !== board.groups.base) {
      board.groups.load(mine, say("what.load"));
      version = draft.version;
      show({ focus: false });
      tell(say("said.restored"));
      if (draft.version !== answer.said.version) conflict(answer.said.version);
    }
  }
  byId("board").dataset.ready = "yes";
  await again.resume();
}
begin();
