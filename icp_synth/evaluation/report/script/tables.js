// Tables that sort: by number where a column holds numbers, otherwise by name.

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

function valueOf(row, at) {
  return row.cells[at]?.textContent.trim() ?? "";
}

/** What has no figure stands last, whichever way it goes. */
function compare(a, b, down) {
  const [x, y] = [a, b].map((text) => Number.parseFloat(text.replaceAll(",", "")));
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  const order = Number.isNaN(x) ? collator.compare(a, b) : x - y;
  return down ? -order : order;
}

function sortBy(table, head) {
  const heads = [...head.parentElement.cells];
  const at = heads.indexOf(head);
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const one of heads) one.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const [rows] = table.tBodies;
  const numbers = head.classList.contains("num");
  const order = numbers ? compare : (a, b, turned) => (turned ? -1 : 1) * collator.compare(a, b);
  rows.append(...[...rows.rows].sort((a, b) => order(valueOf(a, at), valueOf(b, at), down)));
}

for (const table of document.querySelectorAll("table.sortable"))
  for (const head of table.tHead.rows[0].cells) {
    if ("fixed" in head.dataset) continue;
    const label = head.textContent;
    const press = () => sortBy(table, head);
    head.replaceChildren(make("button", { type: "button", class: "sort", title: say("sort", { column: label }), onclick: press }, label));
  }
