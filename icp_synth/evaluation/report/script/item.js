// One item in words: its mark, its line in the list, what is known of it.

const MARKS = { found: "✓", missed: "○", false_alarm: "✕", mismatched: "≠", optional: "◇" };

/** The mark of an item; it says the outcome without colour. */
function markOf(line) {
  return MARKS[line.mismatch ? "mismatched" : line.status] + line.n;
}

function outcomeOf(line) {
  const said = [say(line.status)];
  if (line.mismatch) said.push(say(`mismatch_${line.mismatch}`));
  return said.join(", ");
}

function naming(side) {
  return `${data.kinds[side.kind] ?? side.kind}, ${data.categories[side.category] ?? side.category}`;
}

/** Everything in one line, for those who listen. */
function spoken(line) {
  const side = line.label ?? line.prediction;
  return `${line.n}: ${outcomeOf(line)}; ${naming(side)}; ${side.statement}`;
}

function classesOf(line, side) {
  const kind = (side ?? line.label ?? line.prediction).kind;
  const tint = ["trait", "pain", "motivation"].includes(kind) ? kind : "other";
  return `${tint} ${line.mismatch ? "mismatched" : line.status}`;
}

/** What is known of an item: label left, prediction right; quotes in `lang`. */
function detail(line, lines, select, close, lang) {
  const near = line.near.map((n) => lines.find((one) => one.n === n)).filter(Boolean);
  return [
    make("header", {},
      make("h3", {}, say("item", { n: markOf(line) }), " · ", outcomeOf(line)),
      make("button", { type: "button", class: "button", onclick: close }, say("close"))),
    make("div", { class: "halves" },
      half(say("label"), line.label, say("no_label"), lang),
      half(say("prediction"), line.prediction, say("no_prediction"), lang)),
    line.score === null ? null
      : make("p", { class: "note" }, say("score", { value: `${Math.round(100 * line.score)} %` })),
    near.length === 0 ? null
      : make("p", { class: "note" }, say("near"), " ", near.map((one) =>
        make("button", { type: "button", class: `flag ${classesOf(one)}`, "aria-label": spoken(one), onclick: () => select(one.n) }, markOf(one)))),
  ];
}

function half(title, side, none, lang) {
  if (!side) return make("div", {}, make("h4", {}, title), make("p", { class: "soft" }, none));
  const quotes = side.quotes.map((quote) => quote[2] ?? "");
  const more = [naming(side)];
  if (side.explicit !== undefined) more.push(say(side.explicit ? "explicit" : "implied"));
  if (side.intensity !== undefined) more.push(say(`intensity${side.intensity}`));
  if (side.attribute !== undefined) more.push(`${side.attribute}: ${side.value ?? ""}`);
  const own = quotes.includes(side.statement);
  return make("div", {},
    make("h4", {}, title, " · ", shown(more.join("; "))),
    own ? null : make("p", { class: "text", dir: "auto" }, shown(side.statement)),
    quotes.map((text) => make("blockquote", { dir: "auto", lang }, shown(say("quote", { text })))));
}
