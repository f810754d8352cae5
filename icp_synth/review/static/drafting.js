// Drafting again from the page: begun, followed, and told when it is done.
import { ask, byId, el, question, say } from "./page.js";

const POLL = 700;

/** Makes the button work. `page` says and shows; `resume` follows a run under way. */
export function drafting({ unsaved, look, tell, trouble, failed }) {
  const button = byId("redraft");

  async function begin() {
    if (unsaved()) { tell(say("ask.save_first")); return; }
    const { model } = button.dataset;
    const note = { title: say("regroup.redraft"), note: say("ask.model", { model }), ok: say("ask.model_ok") };
    if (model && (await question(note)) === null) return;
    const answer = await ask("/api/redraft", {});
    if (answer.ok || answer.status === 409) {
      tell(say(answer.ok ? "draft.started" : "draft.busy"));
      follow();
    } else failed(answer);
  }

  async function follow() {
    button.disabled = true;
    const answer = await ask("/api/redraft");
    const { said } = answer;
    if (answer.ok && said.state === "running") {
      if (said.stage) tell(say(said.total ? "draft.running" : "draft.begun", said));
      setTimeout(follow, POLL);
      return;
    }
    button.disabled = false;
    if (!answer.ok) failed(answer);
    else if (said.state === "failed") {
      tell("");
      const close = el("button", { onclick: () => trouble("") }, say("trouble.keep"));
      trouble(`${say("draft.failed", said)} ${said.hint}`, close);
    } else {
      await look();
      const link = el("a", { href: "/report", target: "_blank", rel: "noopener" }, say("draft.look"));
      byId("said").replaceChildren(say("draft.done", said), " ", link);
    }
  }

  button?.addEventListener("click", begin);
  return {
    async resume() {
      if (button && (await ask("/api/redraft")).said.state === "running") follow();
    },
  };
}
