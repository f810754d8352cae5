// What folds on a narrow screen, filters by group, company and role, where the reader is, and what links do where they
// lead into a fold. Without this script the page shows everybody, and nothing is folded.

const narrow = matchMedia("(max-width: 42rem)");
const foldable = [...document.querySelectorAll("details.narrow, details.narrow-closed")];

/** Folds what a narrow screen has no room for; paper and wide screens show it. */
function fold() {
  for (const one of foldable) one.open = !narrow.matches;
}
narrow.addEventListener("change", fold);
addEventListener("beforeprint", () => { for (const one of foldable) one.open = true; });
addEventListener("afterprint", fold);
if (narrow.matches) fold();

/** Opens what a link leads into, in browsers that do not do it themselves. */
function unfold() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let up = place?.parentElement?.closest("details:not([open])");
  if (place?.matches("details")) place.open = true;
  if (!up) return;
  for (; up; up = up.parentElement?.closest("details:not([open])")) up.open = true;
  place.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

const form = document.getElementById("filters");
const people = [...document.querySelectorAll("tr[data-person]")];

/** The anchors of the people who pass, or null when everybody does. */
function chosen() {
  const asked = [...form.querySelectorAll("select")].filter((one) => one.value);
  if (asked.length === 0) return null;
  const passes = (row) => asked.every((one) => row.dataset[one.name] === one.value);
  return new Set(people.filter(passes).map((row) => row.id));
}

/** Writes a count anew in the words of its form: `{n}` more quotes, one more quote. */
function recount(place, n) {
  place.dataset.all ??= place.textContent;
  const all = place.dataset.all;
  const count = all.match(/[\d,]+/)?.[0];
  if (count === undefined || n === null) return void (place.textContent = all);
  const form = COUNTED.find((two) => two.some((one) => one.replace("{n}", count) === all.trim()));
  if (form) place.textContent = form[n === 1 ? 0 : 1].replace("{n}", n);
}
const COUNTED = JSON.parse(form?.dataset.counted ?? "[]");

/** Quotes that were brought out of their folds, each with the mark of its place there. */
const brought = new Map();

/** Shows the quotes of those who pass; the first of them stands open. */
function showVoices(theme, kept, inside) {
  for (const one of theme.querySelectorAll(".voice")) one.hidden = !inside(one.dataset.who);
  for (const fold of theme.querySelectorAll("details.voices")) {
    const matching = [...fold.querySelectorAll(".voice:not([hidden])")];
    const open = theme.querySelector(".voice:not([hidden]):not(details.voices .voice)");
    if (kept !== null && !open && matching.length) {
      const mark = document.createComment("");
      const [first] = matching.splice(0, 1);
      first.replaceWith(mark);
      fold.before(first);
      brought.set(first, mark);
    }
    recount(fold.querySelector("summary"), kept === null ? null : matching.length);
    fold.hidden = kept !== null && matching.length === 0;
  }
}

/** Shows how many of a group of themes are left, and hides one of which none is. */
function showGroup(group, kept, inside) {
  const left = [...group.querySelectorAll(".theme:not([hidden])")];
  const said = new Set(left.flatMap((one) => one.dataset.people.trim().split(/\s+/).filter(inside)));
  const [count, ...others] = group.querySelectorAll("summary .facts-line > span");
  const told = count?.querySelector(".kn");
  group.hidden = left.length === 0;
  if (!told) return;
  told.dataset.all ??= told.textContent;
  told.textContent = kept === null ? told.dataset.all : among(said.size, kept.size);
  recount(others.pop(), kept === null ? null : left.length);
  // The interval is that of everybody.
  for (const one of others) one.hidden = kept !== null;
}

/** Says in the form's words how many of those shown say it. */
function among(k, n) {
  return form.dataset.theme.replace("{k}", k).replace("{n}", n);
}

function apply() {
  const kept = chosen();
  const inside = (id) => kept === null || kept.has(id);
  for (const [voice, mark] of brought) mark.replaceWith(voice);
  brought.clear();
  for (const row of people) row.hidden = !inside(row.id);
  for (const one of document.querySelectorAll(".map [data-who]")) one.classList.toggle("out", !inside(one.dataset.who));
  for (const theme of document.querySelectorAll(".theme[data-people]")) {
    const said = theme.dataset.people.trim().split(/\s+/).filter(inside).length;
    const told = theme.querySelector(".among");
    theme.hidden = said === 0;
    told.hidden = kept === null;
    if (kept !== null) told.textContent = among(said, kept.size);
    showVoices(theme, kept, inside);
  }
  for (const group of document.querySelectorAll(".group-of")) showGroup(group, kept, inside);
  for (const fold of document.querySelectorAll(".board > :is(.rest, .narrow)")) {
    const left = fold.querySelectorAll(".theme:not([hidden])").length;
    fold.hidden = left === 0;
    recount(fold.querySelector("summary"), kept === null ? null : left);
  }
  for (const board of document.querySelectorAll(".board")) {
    const alone = board.querySelector(".alone");
    board.hidden = !board.querySelector(".theme:not([hidden])");
    if (alone) alone.hidden = !board.querySelector(".theme:not([hidden]):not(.group-of .theme)");
  }
  const status = form.querySelector("[role=status]");
  status.textContent = kept === null ? "" : form.dataset.status.replace("{n}", kept.size).replace("{of}", people.length);
}

if (form && people.length) {
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
}

/** Marks in the contents where the reader is. */
const entries = new Map([...document.querySelectorAll("#contents a")].map((one) => [one.hash.slice(1), one]));
const seen = new Set();
const watch = new IntersectionObserver((changes) => {
  for (const one of changes) seen[one.isIntersecting ? "add" : "delete"](one.target.id);
  // The last in the order of the page is the innermost: a card, not its section.
  const here = [...entries.keys()].filter((id) => seen.has(id)).at(-1);
  if (here === undefined) return;
  for (const [id, link] of entries) {
    if (id !== here) link.removeAttribute("aria-current");
    else if (!link.hasAttribute("aria-current")) {
      link.setAttribute("aria-current", "location");
      const box = link.closest("nav");
      const top = link.offsetTop - box.offsetTop;
      if (top < box.scrollTop || top + link.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 2;
    }
  }
}, { rootMargin: "-20% 0px -70%" });
for (const id of entries.keys()) {
  const place = document.getElementById(id);
  if (place) watch.observe(place);
}

/** Whole texts of what is cut short, and the person under the pointer in a strip. */
document.addEventListener("pointerover", (event) => {
  const cut = event.target.closest?.("a, .clamped");
  if (cut && !cut.title && cut.scrollHeight > cut.clientHeight + 2) cut.title = cut.textContent.trim();
});
for (const strips of document.querySelectorAll(".strips[data-names]")) {
  const names = JSON.parse(strips.dataset.names);
  strips.addEventListener("pointermove", (event) => {
    const strip = event.target.closest("svg");
    if (!strip) return;
    const box = strip.getBoundingClientRect();
    const name = names[Math.floor(names.length * (event.clientX - box.left) / box.width)] ?? "";
    strip.querySelector("title").textContent = name;
  });
}
