// Who stands where, and every step back. Knows nothing of the page.

export const UNASSIGNED = "unassigned";

/** Columns with people in them; the last is the unassigned. Each change is a step. */
export class Groups {
  #steps = [];
  #next = 0;

  constructor(columns, unassigned) {
    this.columns = this.#made(columns, unassigned);
    this.base = this.text();
  }

  #made(columns, unassigned) {
    return [
      ...columns.map(({ name, people }) => ({ key: `c${this.#next++}`, name, people: [...people] })),
      { key: UNASSIGNED, name: null, people: [...unassigned] },
    ];
  }

  /** Steps that can be undone. */
  get depth() { return this.#steps.length; }

  /** How many steps lead from what is saved to what is shown. */
  get unsaved() { return this.text() === this.base ? 0 : Math.max(1, this.depth - this.savedAt); }
  savedAt = 0;

  column(key) { return this.columns.find((one) => one.key === key); }
  of(person) { return this.columns.find((one) => one.people.includes(person)); }
  named(name) { return this.columns.find((one) => one.key !== UNASSIGNED && one.name === name); }

  /** What is sent and kept: names and people, no more. */
  plain() {
    const bare = this.columns.slice(0, -1).map(({ name, people }) => ({ name, people }));
    return { columns: bare, unassigned: this.columns.at(-1).people };
  }

  text() { return JSON.stringify(this.plain()); }

  #step(what, columns) {
    this.#steps.push({ what, columns: this.columns });
    this.columns = columns;
  }

  move(person, key, what) {
    // Columns that nobody leaves or joins stay the same object: they are not drawn anew.
    this.#step(what, this.columns.map((one) => {
      if (one.key === key) return { ...one, people: [...one.people.filter((it) => it !== person), person] };
      return one.people.includes(person) ? { ...one, people: one.people.filter((it) => it !== person) } : one;
    }));
  }

  add(name, what) {
    const key = `c${this.#next++}`;
    this.#step(what, [...this.columns.slice(0, -1), { key, name, people: [] }, this.columns.at(-1)]);
    return key;
  }

  rename(key, name, what) {
    this.#step(what, this.columns.map((one) => (one.key === key ? { ...one, name } : one)));
  }

  dissolve(key, what) {
    const { people } = this.column(key);
    const rest = this.columns.filter((one) => one.key !== key);
    this.#step(what, rest.map((one) => (one.key === UNASSIGNED ? { ...one, people: [...one.people, ...people] } : one)));
  }

  /** Shows another version as one step, so that undoing brings back this one. */
  load({ columns, unassigned }, what) { this.#step(what, this.#made(columns, unassigned)); }

  /** Says that what is shown is what is saved. */
  saved() {
    this.base = this.text();
    this.savedAt = this.depth;
  }

  /** Goes back a step and returns what it was, or null. */
  undo() {
    const step = this.#steps.pop();
    if (!step) return null;
    this.columns = step.columns;
    return step.what;
  }
}

/** A version with exactly the people of the study: who left is out, who came unassigned. */
export function reconciled({ columns, unassigned }, everybody) {
  const there = new Set();
  const kept = (people) => people.filter((one) => everybody.has(one) && !there.has(one) && there.add(one));
  const made = columns.map(({ name, people }) => ({ name, people: kept(people) }));
  const rest = kept(unassigned);
  const joined = [...everybody].filter((one) => !there.has(one));
  const given = [...columns.flatMap((one) => one.people), ...unassigned];
  const left = given.filter((one) => !everybody.has(one));
  return { columns: made, unassigned: [...rest, ...joined], joined, left };
}
