// What is being looked at, kept in the address after #, so that it can be sent around.

const OUTCOMES = ["found", "missed", "false_alarm", "mismatched", "optional"];
const LISTS = { show: OUTCOMES, kind: Object.keys(data.kinds) };

/** Read the state from the address, or null when it names a part of the page. */
function readState(hash) {
  if (!hash.includes("=")) return null;
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const known = data.cases.some((one) => one.name === given.get("interview"));
  const state = {
    interview: known ? given.get("interview") : data.cases[0]?.name,
    model: Math.max(0, data.models.indexOf(given.get("model"))),
    epoch: Number(given.get("epoch")) || null,
    category: Object.hasOwn(data.categories, given.get("category") ?? "") ? given.get("category") : "",
    q: given.get("q") ?? "",
    item: Number(given.get("item")) || null,
  };
  for (const [name, all] of Object.entries(LISTS))
    state[name] = all.filter((one) => (given.get(name) ?? "").split(",").includes(one));
  return state;
}

/** Write the state as it stands after #; what is as at first is left out. */
function writeState(state) {
  const made = new URLSearchParams({ interview: state.interview });
  if (data.models.length > 1) made.set("model", data.models[state.model]);
  for (const name of ["epoch", "category", "q", "item"]) if (state[name]) made.set(name, state[name]);
  for (const name of Object.keys(LISTS)) if (state[name].length) made.set(name, state[name].join(","));
  return `#${made}`;
}

/** Whether an item passes the filters; none chosen lets all pass. */
function passes(line, state) {
  const sides = [line.label, line.prediction].filter(Boolean);
  if (state.show.length && !outcomes(line).some((one) => state.show.includes(one))) return false;
  if (state.kind.length && !sides.some((side) => state.kind.includes(side.kind))) return false;
  if (state.category && !sides.some((side) => side.category === state.category)) return false;
  const wanted = state.q.trim().toLowerCase();
  return !wanted || sides.some((side) => wordsOf(side).toLowerCase().includes(wanted));
}

function outcomes(line) {
  return line.mismatch ? [line.status, "mismatched"] : [line.status];
}

function wordsOf(side) {
  return [side.statement, side.value ?? "", ...side.quotes.map((quote) => quote[2])].join("\n");
}
