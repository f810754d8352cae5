// What folds on a narrow screen, filters by group, company and role, and what links do where they lead into a fold.
// Without this script the page shows everybody, and nothing is folded.

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

function apply() {
  const kept = chosen();
  const inside = (id) => kept === null || kept.has(id);
  for (const row of people) row.hidden = !inside(row.id);
  for (const one of document.querySelectorAll("[data-who]")) one.classList.toggle("out", !inside(one.dataset.who));
  for (const theme of document.querySelectorAll(".theme[data-people]")) {
    const said = theme.dataset.people.trim().split(/\s+/).filter(inside).length;
    const among = theme.querySelector(".among");
    theme.hidden = said === 0;
    among.hidden = kept === null;
    if (kept !== null) among.textContent = form.dataset.theme.replace("{k}", said).replace("{n}", kept.size);
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
