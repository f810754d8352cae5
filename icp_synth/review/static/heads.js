// What stands above: how the file stands, and a column's name while it is written.
import { byId, count, el, kept, say } from "./page.js";

/** Returns the line on segments.yaml, what is not saved, and who saves. */
export function standingLine(standing, groups, { askName, back }) {
  const ofFile = standing.source === "file";
  const written = standing.written_by ? say("state.from_file", { by: standing.written_by }) : say("state.from_file_nobody");
  const found = say(standing.decided ? "state.from_run_decided" : "state.from_run");
  const line = [ofFile ? written : found, " "];
  if (ofFile && standing.current) line.push(say("state.current"), " ");
  if (!standing.current && !standing.problem) {
    const [before, after] = say("state.waiting", { command: "\u0000" }).split("\u0000");
    line.push(before, el("code", {}, standing.command), after, " ");
  }
  if (groups.unsaved) line.push(el("b", {}, count("state.unsaved", groups.unsaved)), " ");
  const by = kept.get("by");
  if (by) line.push(say("state.as", { by }), " ", el("button", { class: "small", onclick: askName }, say("state.change")));
  if (standing.version !== "absent") {
    line.push(" ", el("button", { id: "back", class: "small", onclick: back }, say("regroup.back")));
  }
  return line;
}

/** Puts a field in place of a column's name; `done` shows the board again. */
export function editName(key, { groups, tell, done }) {
  const old = groups.column(key).name;
  const input = el("input", { class: "name", value: old, maxlength: 200, "aria-label": say("regroup.name_of"), autocomplete: "off" });
  let over = false;

  const end = (keep) => {
    if (over) return;
    const name = input.value.trim().replaceAll(/\s+/g, " ");
    const taken = groups.named(name);
    if (keep && !name) { tell(say("said.name_missing")); input.focus(); return; }
    if (keep && taken && taken.key !== key) { tell(say("said.name_taken", { name })); input.focus(); return; }
    over = true;
    if (keep && name !== old) {
      groups.rename(key, name, say("what.rename", { old, name }));
      tell(say("said.renamed", { old, name }));
    }
    done();
  };

  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.isComposing) end(true);
    if (event.key === "Escape") end(false);
  });
  input.addEventListener("blur", () => {
    const name = input.value.trim();
    end(Boolean(name) && !groups.named(name));
  });
  byId(`h-${key}`).replaceChildren(input);
  input.focus();
  input.select();
}
