// Spans over a text. Offsets count code points, as Python does, never UTF-16 units.

/** Give each quote its text where the page holds it by place only. */
function fillQuotes(one) {
  if (one.turns === null || one.filled) return;
  const turns = one.turns.map(([, , start, text]) => ({ start, points: Array.from(text) }));
  for (const line of one.lines)
    for (const side of [line.label, line.prediction])
      for (const quote of side?.quotes ?? [])
        quote[2] = turns.map((turn) => within(turn, quote)).filter(Boolean).join(" … ");
  one.filled = true;
}

function within(turn, [start, end]) {
  return turn.points.slice(Math.max(0, start - turn.start), Math.max(0, end - turn.start)).join("");
}

/** The items of spans, each once: two quotes of one item may begin together. */
function once(spans) {
  return [...new Set(spans.map((span) => span.line))].sort((a, b) => a.n - b.n);
}

/**
 * Cut a turn at every border of a span, so that spans may overlap.
 * Returns pieces {text, lines, starts}: the items over it, shortest first, and those
 * that begin with it.
 */
function cut(text, start, spans) {
  const points = Array.from(text);
  const end = start + points.length;
  const here = spans.filter((span) => span.start < end && span.end > start);
  const borders = new Set([start, end]);
  for (const span of here) {
    borders.add(Math.max(start, span.start));
    borders.add(Math.min(end, span.end));
  }
  const places = [...borders].sort((a, b) => a - b);
  const length = (span) => span.end - span.start;
  return places.slice(0, -1).map((from, at) => {
    const to = places[at + 1];
    const over = here.filter((span) => span.start <= from && span.end >= to)
      .sort((a, b) => length(a) - length(b) || a.line.n - b.line.n);
    return {
      text: points.slice(from - start, to - start).join(""),
      lines: [...new Set(over.map((span) => span.line))],
      starts: once(over.filter((span) => Math.max(span.start, start) === from)),
    };
  });
}
