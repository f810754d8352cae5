"""A study to be reviewed, and a browser's requests to its pages without a socket."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from starlette.testclient import TestClient

from icp_synth.domain.profiles import Synthesis
from icp_synth.review.app import Study, build
from icp_synth.review.gate import Gate
from icp_synth.review.redraft import Drafting, Redraft
from icp_synth.review.security import Guard
from tests.exports.synthesis_factory import synthesis, transcripts

PORT = 8123
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
TOKEN = "the-token"  # noqa: S105 - of these tests alone
SECRET = "the-secret"  # noqa: S105 - of these tests alone


def write_study(folder: Path, **values: Any) -> Path:
    """Write out/synthesis.json and out/report.html, as a run leaves them."""
    out = folder / "out"
    out.mkdir(parents=True, exist_ok=True)
    made = synthesis(transcripts(), **values)
    (out / "synthesis.json").write_text(made.model_dump_json(), "utf-8")
    policy = "default-src 'none'; script-src 'sha256-" + "A" * 43 + "='"
    (out / "report.html").write_text(
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><p>report',
        "utf-8",
    )
    return folder


def read_study(folder: Path) -> Synthesis:
    """Return the synthesis that `write_study` wrote."""
    return Synthesis.model_validate_json(
        (folder / "out" / "synthesis.json").read_bytes()
    )


def a_gate() -> Gate:
    """Return the gate of a server on this machine."""
    hosts = frozenset({"127.0.0.1", "localhost"})
    return Gate(port=PORT, hosts=hosts, token=TOKEN, secret=SECRET)


class Visitor(NamedTuple):
    """Somebody before the pages of a study.

    Attributes:
        http: Sends requests; what it sends by itself is that of a browser.
        drafting: Drafts again.
        visits: Grows with each request that is let in.
    """

    folder: Path
    http: TestClient
    drafting: Drafting
    visits: list[None]

    def board(self) -> Any:
        """Return what the page is made from."""
        answer = self.http.get("/api/segments")
        assert answer.status_code == 200
        return answer.json()

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """Send JSON as the page's script does."""
        own = {"origin": ORIGIN, "sec-fetch-site": "same-origin", **headers}
        return self.http.post(path, json=body, headers=own)

    def save(
        self,
        columns: Mapping[str, list[str]],
        version: str,
        *,
        unassigned: tuple[str, ...] = (),
        **more: Any,
    ) -> Any:
        """Save groups as the page does."""
        body = {
            "version": version,
            "columns": [{"name": name, "people": p} for name, p in columns.items()],
            "unassigned": list(unassigned),
            **more,
        }
        return self.post("/api/segments", body)

    @property
    def file(self) -> Path:
        """segments.yaml."""
        return self.folder / "segments.yaml"


def visit(
    folder: Path, *, redraft: Redraft | None = None, inside: bool = True
) -> Visitor:
    """Return a visitor of a study, with the cookie already when `inside`."""
    drafting = Drafting(redraft)
    visits: list[None] = []
    study = Study(folder, lambda: read_study(folder), "kim")
    app = Guard(build(study, drafting), a_gate(), touch=lambda: visits.append(None))
    http = TestClient(app, base_url=ORIGIN, follow_redirects=False)
    if inside:
        http.headers["cookie"] = f"icp-synth-review-{PORT}={SECRET}"
    return Visitor(folder, http, drafting, visits)
