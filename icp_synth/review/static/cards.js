// Columns and cards as elements; what a person shares with those beside them.
import { count, el, say } from "./page.js";
import { UNASSIGNED } from "./groups.js";

const SHOWN = 3;

/** What a person shares with others of a column, the most telling first. */
export function shared(person, column, people, things) {
  const others = column.people.filter((id) => id !== person.id).map((id) => people.get(id));
  if (!others.length) return [];
  const least = Math.min(2, others.length);
  const everybody = people.size - 1;
  return person.has
    .map((at) => {
      const n = others.filter((one) => one.set.has(at)).length;
      const usual = (things[at].people - 1) / everybody;
      const lift = usual ? n / others.length / usual : 0;
      return { ...things[at], at, n, of: others.length, rank: n * Math.log(lift || 1) };
    })
    .filter((one) => one.n >= least && one.rank > 0)
    .sort((a, b) => b.rank - a.rank || b.n - a.n || a.at - b.at)
    .slice(0, SHOWN);
}

/** The column that somebody unassigned is most like, or shares most with. */
function closest(person, { groups, people, things }) {
  const named = groups.named(person.nearest);
  if (named) return named;
  const weigh = (column) => shared(person, column, people, things).reduce((sum, one) => sum + one.rank, 0);
  const ranked = groups.columns.slice(0, -1).map((column) => [weigh(column), column]);
  const [most, column] = ranked.sort(([a], [b]) => b - a)[0] ?? [0, null];
  return most > 0 ? column : null;
}

export const columnName = (column) => (column.key === UNASSIGNED ? say("regroup.unassigned") : column.name);

/** A column: its head, and a card for each of its people. */
export function columnOf(column, at, board, acts) {
  const name = columnName(column);
  const own = column.key !== UNASSIGNED;
  const head = el("header", {},
    el("h2", { id: `h-${column.key}` }, el("kbd", { "aria-hidden": "true" }, String(own ? at + 1 : 0)), " ", name),
    el("p", { class: "soft" }, count("regroup.people", column.people.length)),
    own && el("p", { class: "heads" },
      el("button", { class: "small", onclick: () => acts.rename(column.key) }, say("regroup.rename"), el("span", { class: "vh" }, ` ${name}`)), " ",
      el("button", { class: "small", onclick: () => acts.dissolve(column.key) }, say("regroup.remove"), el("span", { class: "vh" }, ` ${name}`))),
    !own && el("p", { class: "soft note" }, say("regroup.unassigned_note")));
  const cards = column.people.map((id) => cardOf(board.people.get(id), column, board, acts));
  const list = el("ul", { "aria-labelledby": `h-${column.key}` },
    ...cards.length ? cards : [el("li", { class: "nobody soft" }, say("regroup.empty"))]);
  const section = el("section", {
    class: own ? `column c${at % 6}` : "column rest",
    "data-key": column.key,
    "aria-labelledby": `h-${column.key}`,
    ondragover: (event) => { event.preventDefault(); section.classList.add("over"); },
    ondragleave: (event) => { if (!section.contains(event.relatedTarget)) section.classList.remove("over"); },
    ondrop: (event) => { event.preventDefault(); section.classList.remove("over"); acts.drop(column.key); },
  }, head, list);
  return section;
}

function cardOf(person, column, board, acts) {
  const { groups, things, people, missing } = board;
  const compared = column.key === UNASSIGNED ? closest(person, board) : column;
  const rows = compared ? shared(person, compared, people, things) : [];
  const title = column.key === UNASSIGNED ? say("regroup.shares_with", { segment: compared?.name }) : say("regroup.shares");
  const told = rows.length > 0 && compared.name === person.nearest;
  const near = !told && person.nearest && person.nearest !== column.name && say("regroup.near", { segment: person.nearest });
  const was = !near && person.segment && person.segment !== column.name && say("regroup.was", { segment: person.segment });
  const role = [person.job, person.company].filter(Boolean).join(", ");
  const place = say("said.focus", { name: person.name, segment: columnName(column), at: column.people.indexOf(person.id) + 1, of: column.people.length });
  const card = el("li", {
    class: "person", "data-id": person.id, tabindex: -1, draggable: "true",
    "aria-label": [place, role, person.group].filter(Boolean).join(", "),
    onfocus: (event) => { if (event.target === card) acts.focused(person.id); },
    ondragstart: (event) => {
      event.dataTransfer.setData("text/plain", person.name);
      event.dataTransfer.effectAllowed = "move";
      card.classList.add("held");
      acts.hold(person.id);
    },
    ondragend: () => { card.classList.remove("held"); acts.hold(null); },
  },
    el("p", { class: "who" },
      el("b", {}, person.name), " ",
      el("a", { href: `/report#${person.anchor}`, target: "_blank", rel: "noopener", tabindex: -1, draggable: "false", title: say("regroup.open", { name: person.name }) },
        el("span", { "aria-hidden": "true" }, "↗"), el("span", { class: "vh" }, say("regroup.open", { name: person.name }))),
      person.score != null && el("span", { class: "score", title: say("regroup.score_title") }, say("regroup.score", { score: person.score.toFixed(2) }))),
    person.full && el("p", { class: "soft id" }, person.full),
    role && el("p", { class: "soft" }, role),
    (person.group || near || was || missing.has(person.id)) && el("p", { class: "marks" },
      person.group && el("span", { class: "chip" }, person.group), " ",
      (near || was) && el("span", { class: "soft" }, near || was), " ",
      missing.has(person.id) && el("span", { class: "chip warn" }, say("regroup.missing"))),
    rows.length > 0 && el("div", { class: "shares" },
      el("p", { class: "soft" }, title),
      el("ul", {}, ...rows.map((one) => el("li", { class: one.kind },
        el("span", { class: "num" }, say("regroup.share", { n: one.n, of: one.of })), " ", one.quote ? el("q", {}, one.label) : one.label)))),
    choice(person, column, groups, acts));
  return card;
}

function choice(person, column, groups, acts) {
  const label = say("regroup.move_to", { name: person.name });
  return el("select", {
    "aria-label": label, tabindex: -1,
    onchange: (event) => acts.move(person.id, event.target.value),
  }, ...groups.columns.map((one) => el("option", { value: one.key, selected: one.key === column.key }, columnName(one))));
}
