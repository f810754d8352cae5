"""The application: pages to look at, and what their scripts may ask for."""

from __future__ import annotations

import shlex
import threading
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.values import Value
from icp_synth.errors import (
    IcpSynthError,
    NotFound,
    ProjectLocked,
    SettingsError,
    StorageError,
)
from icp_synth.project.groups import (
    Changed,
    WouldLose,
    remove_groups,
    save_groups,
)
from icp_synth.review import pages
from icp_synth.review.board import board_of, complete, standing
from icp_synth.review.redraft import Drafting
from icp_synth.review.requests import Begin, Forget, Save
from icp_synth.review.words import review_words

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_STATUS: tuple[tuple[type[IcpSynthError], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (ProjectLocked, HTTPStatus.LOCKED),
    (SettingsError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (StorageError, HTTPStatus.INSUFFICIENT_STORAGE),
)
_Body = TypeVar("_Body", bound=Value)


class Study(NamedTuple):
    """What the pages are about.

    Attributes:
        folder: The project folder.
        synthesis: Reads the last synthesis; raises NotFound where there is none.
        reviewer: Who is assumed to sit before the screen.
        language: Of the pages; None takes the report's.
    """

    folder: Path
    synthesis: Callable[[], Synthesis]
    reviewer: str = ""
    language: str | None = None


def build(study: Study, drafting: Drafting) -> ASGIApp:
    """Return the application; whoever serves it puts a guard before it.

    Args:
        study: What it is about.
        drafting: Drafts again.
    """
    house = _House(study, drafting)
    rooms = [Route(one.path, house.room(one), methods=["GET"]) for one in pages.ROOMS]
    app = Starlette(
        routes=[
            Route("/", house.entrance, methods=["GET"]),
            *rooms,
            Route("/report", house.report, methods=["GET"]),
            Route("/static/{name}", house.static, methods=["GET"]),
            Route("/api/words", house.words, methods=["GET"]),
            Route("/api/segments", house.segments, methods=["GET"]),
            Route("/api/segments", house.save, methods=["POST"]),
            Route("/api/segments/remove", house.remove, methods=["POST"]),
            Route("/api/redraft", house.progress, methods=["GET"]),
            Route("/api/redraft", house.redraft, methods=["POST"]),
        ],
        exception_handlers={IcpSynthError: _told, HTTPException: _refused},
    )
    # A path with two slashes would be sent on to where it names: off this machine.
    app.router.redirect_slashes = False
    return app


class _House:
    """The answers; one save at a time."""

    def __init__(self, study: Study, drafting: Drafting) -> None:
        self._study = study
        self._drafting = drafting
        self._saving = threading.Lock()
        self._kept: tuple[tuple[int, int], Synthesis] | None = None

    # --------------------------------------------------------------------- pages
    def entrance(self, request: Request) -> Response:
        del request
        return RedirectResponse(pages.ROOMS[0].path, status_code=303)

    def room(self, room: pages.Room) -> Callable[[Request], Response]:
        def show(request: Request) -> Response:
            del request
            redraft = self._drafting.redraft
            made = pages.page(
                room,
                language=self._language(),
                model=redraft.model if redraft else None,
                redraft=redraft is not None,
            )
            return HTMLResponse(made)

        return show

    def report(self, request: Request) -> Response:
        del request
        content, policy = pages.report_page(self._study.folder)
        return HTMLResponse(content, headers={"content-security-policy": policy})

    def static(self, request: Request) -> Response:
        found = pages.static(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return Response(found[0], media_type=found[1])

    def words(self, request: Request) -> Response:
        del request
        made = pages.words_json(self._language())
        return Response(made, media_type="application/json")

    # ------------------------------------------------------------------ segments
    def segments(self, request: Request) -> Response:
        del request
        return self._board()

    async def save(self, request: Request) -> Response:
        asked = _parse(Save, await request.body())
        return await run_in_threadpool(self._save, asked)

    def _save(self, asked: Save) -> Response:
        synthesis = self._synthesis()
        with self._saving:
            done = save_groups(
                self._study.folder,
                complete(asked.groups(), synthesis),
                synthesis.participants,
                expected=asked.version,
                drop=asked.drop,
            )
        return self._outcome(done)

    async def remove(self, request: Request) -> Response:
        asked = _parse(Forget, await request.body())
        return await run_in_threadpool(self._remove, asked)

    def _remove(self, asked: Forget) -> Response:
        with self._saving:
            done = remove_groups(self._study.folder, expected=asked.version)
        return self._outcome(done)

    def _outcome(self, done: Value) -> Response:
        if isinstance(done, WouldLose):
            return JSONResponse(
                {"error": "comments", "lost": list(done.lines)}, status_code=409
            )
        if isinstance(done, Changed):
            return JSONResponse(
                {"error": "changed", "version": done.version}, status_code=409
            )
        return self._board()

    def _board(self) -> Response:
        synthesis = self._synthesis()
        stands = standing(self._study.folder, synthesis)
        words = review_words(self._language())
        command = f"icp-synth run --project {shlex.quote(str(self._study.folder))}"
        board = board_of(
            synthesis, stands, words, by=self._study.reviewer, command=command
        )
        headers = {"etag": f'"{stands.version}"'}
        return JSONResponse(board, headers=headers)

    # ------------------------------------------------------------------- redraft
    def progress(self, request: Request) -> Response:
        del request
        return JSONResponse(self._drafting.progress.model_dump())

    async def redraft(self, request: Request) -> Response:
        _parse(Begin, await request.body())
        begun = self._drafting.start()
        status = 202 if begun else 409
        return JSONResponse(self._drafting.progress.model_dump(), status_code=status)

    # ------------------------------------------------------------------- helpers
    def _language(self) -> str:
        if self._study.language:
            return self._study.language
        return str(self._synthesis().manifest.settings.get("language", "en"))

    def _synthesis(self) -> Synthesis:
        """Return the last synthesis, read again only when its file is another."""
        try:
            found = (self._study.folder / "out" / "synthesis.json").stat()
        except FileNotFoundError:
            return self._study.synthesis()
        mark = (found.st_mtime_ns, found.st_size)
        kept = self._kept
        if kept is None or kept[0] != mark:
            kept = (mark, self._study.synthesis())
            self._kept = kept
        return kept[1]


def _parse(kind: type[_Body], body: bytes) -> _Body:
    """Read what a page sent.

    Raises:
        SettingsError: It is of another shape.
    """
    try:
        return kind.model_validate_json(body)
    except ValidationError as cause:
        first = cause.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the request"
        msg = f"{where}: {first['msg']}."
        raise SettingsError(msg, hint="Load the page again.") from cause


def _told(request: Request, error: Exception) -> Response:
    """Answer with an error of the program, in its own words."""
    if not isinstance(error, IcpSynthError):
        raise error
    status = next(
        (status for kind, status in _STATUS if isinstance(error, kind)),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    if not request.url.path.startswith("/api/"):
        return PlainTextResponse(f"{error.message}\n{error.hint}\n", status)
    said: dict[str, Any] = {"error": error.message, "hint": error.hint}
    return JSONResponse(said, status_code=status)


def _refused(request: Request, error: Exception) -> Response:
    """Answer without repeating what was asked for."""
    del request
    status = error.status_code if isinstance(error, HTTPException) else 500
    return PlainTextResponse(f"{HTTPStatus(status).phrase}\n", status)
