"""A Chromium that tests drive over its DevTools protocol, one call at a time.

Everything waits for an event or an answer with a time limit; nothing sleeps. What a
page logs and what it asks the network for are kept as they come in.
"""

from __future__ import annotations

import base64
import json
import queue
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from websockets.sync.client import ClientConnection, connect

FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
LIMIT: Final = 30.0
"""Seconds after which a browser that says nothing is given up."""

_CODES: Final = {"Escape": 27}
"""Keys that the browser itself knows by number, on every system."""
_LISTENING: Final = re.compile(r"DevTools listening on (ws://\S+)")
_PROBES: Final = (Path(__file__).parent / "probes.js").read_text("utf-8")
_BAD_LOGS: Final = frozenset({"warning", "error"})
_BAD_CALLS: Final = frozenset({"warning", "error", "assert"})

Json = Mapping[str, Any]


class DriverError(Exception):
    """The browser did not start, did not answer, or refused."""


class Browser:
    """One browser; its pages share nothing.

    Args:
        socket: An open connection to the browser's own target.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._last = 0
        self._pages: dict[str, Page] = {}

    def call(self, method: str, *, session: str | None = None, **params: Any) -> Any:
        """Ask for something and wait for the answer; events go to their pages.

        Args:
            method: Of the protocol, as `Page.navigate`.
            session: Of a page; the browser itself without it.
            params: Of the method.

        Raises:
            DriverError: The browser says no.
            TimeoutError: It says nothing.
        """
        self._last += 1
        asked: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if session is not None:
            asked["sessionId"] = session
        self._socket.send(json.dumps(asked))
        while (said := self._hear()).get("id") != asked["id"]:
            pass
        if "error" in said:
            msg = f"{method}: {said['error']['message']}"
            raise DriverError(msg)
        return said["result"]

    def wait(self, page: Page, event: str) -> None:
        """Take in what the browser says until a page has had an event."""
        while event not in page.events:
            self._hear()

    @contextmanager
    def page(self) -> Iterator[Page]:
        """Open an empty page with storage of its own, and close it afterwards."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call(
            "Target.createTarget", url="about:blank", browserContextId=context
        )["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, session["sessionId"])
        self._pages[page.session] = page
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        try:
            yield page
        finally:
            del self._pages[page.session]
            self.call("Target.disposeBrowserContext", browserContextId=context)

    def _hear(self) -> Any:
        said = json.loads(self._socket.recv(timeout=LIMIT))
        page = self._pages.get(said.get("sessionId", ""))
        if page is not None and "method" in said:
            page.hear(said["method"], said["params"])
        return said


class Page:
    """One tab, and what its page has said since it was opened.

    Attributes:
        session: Its name in the protocol.
        events: Names of the events since the last navigation.
        complaints: Errors and warnings of the console, refusals of the content
            policy and exceptions, in words.
        requests: Addresses that it asked for, its own among them.
        failures: Requests that failed, in words.
    """

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self.session = session
        self.events: set[str] = set()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.failures: list[str] = []

    def hear(self, event: str, params: Json) -> None:
        """Take in an event."""
        self.events.add(event)
        if event == "Log.entryAdded":
            entry = params["entry"]
            if entry["level"] in _BAD_LOGS:
                self.complaints.append(f"{entry['level']}: {entry['text']}")
        elif event == "Runtime.consoleAPICalled":
            if params["type"] in _BAD_CALLS:
                said = [str(one.get("value", "")) for one in params["args"]]
                self.complaints.append(f"{params['type']}: {' '.join(said)}")
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(_exception(params["exceptionDetails"]))
        elif event == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif event == "Network.loadingFailed":
            self.failures.append(params["errorText"])

    def call(self, method: str, **params: Any) -> Any:
        """Ask for something of this page; see `Browser.call`."""
        return self._browser.call(method, session=self.session, **params)

    # ------------------------------------------------------------- going places
    def look(
        self,
        width: int = 1280,
        *,
        height: int = 900,
        dark: bool = False,
        media: str = "",
    ) -> None:
        """Set how the page is seen.

        Args:
            width: Of the window, CSS pixels.
            height: Of the window, CSS pixels.
            dark: Whether its owner prefers dark colours.
            media: `print`, or nothing for a screen.
        """
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        wishes = {
            "prefers-color-scheme": "dark" if dark else "light",
            # Without motion, so that a scroll has ended when it was asked for.
            "prefers-reduced-motion": "reduce",
        }
        features = [{"name": name, "value": value} for name, value in wishes.items()]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def open(self, path: Path, *, fragment: str = "") -> None:
        """Load a file and wait until it is there.

        Args:
            path: An HTML file.
            fragment: What stands after `#`, escaped as in an address.
        """
        # From an empty page, since a change after `#` alone would load nothing.
        self._load("Page.navigate", url="about:blank")
        for kept in (self.complaints, self.requests, self.failures):
            kept.clear()
        address = path.resolve().as_uri() + (f"#{fragment}" if fragment else "")
        self._load("Page.navigate", url=address)

    def visit(self, address: str) -> None:
        """Load a page of a server and wait until it is there."""
        for kept in (self.complaints, self.requests, self.failures):
            kept.clear()
        self._load("Page.navigate", url=address)

    def reload(self) -> None:
        """Load the same address again."""
        self._load("Page.reload")

    def _load(self, method: str, **params: Any) -> None:
        self.events.clear()
        answer = self.call(method, **params)
        if "errorText" in answer:
            raise DriverError(answer["errorText"])
        self._browser.wait(self, "Page.loadEventFired")

    # ------------------------------------------------------------------- asking
    def run(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, as JSON holds it.

        Raises:
            DriverError: It threw.
        """
        answer = self.call(
            "Runtime.evaluate",
            expression=expression,
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in answer:
            raise DriverError(_exception(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def probe(self, name: str, *args: Any) -> Any:
        """Return what a function of probes.js finds."""
        given = ", ".join(json.dumps(arg) for arg in args)
        return self.run(f"{_PROBES}.{name}({given})")

    def texts(self, selector: str) -> list[str]:
        """Return the text of all elements that a selector finds, as it is drawn."""
        found: list[str] = self.run(
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            ".map((one) => one.innerText)"
        )
        return found

    def count(self, selector: str) -> int:
        """Return how many elements a selector finds."""
        found: int = self.run(
            f"document.querySelectorAll({json.dumps(selector)}).length"
        )
        return found

    def pdf(self) -> bytes:
        """Return the page as it would be printed."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True)
        return base64.b64decode(printed["data"])

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Write a picture of the page, for a person who looks for a fault."""
        shot = self.call(
            "Page.captureScreenshot", format="png", captureBeyondViewport=whole
        )
        path.write_bytes(base64.b64decode(shot["data"]))

    # ------------------------------------------------------------------- acting
    @contextmanager
    def until(self, event: str) -> Iterator[None]:
        """Wait at the end of a block until the window has had an event."""
        once = f"addEventListener({json.dumps(event)}, done, {{once: true}})"
        self.run(f"void (window.awaited = new Promise((done) => {once}))")
        yield
        self.run("window.awaited.then(() => null)")

    def press(self, key: str) -> None:
        """Press a key: a character, or a name as `Escape`."""
        text: dict[str, Any] = {"text": key} if len(key) == 1 else {}
        if key in _CODES:
            text["windowsVirtualKeyCode"] = _CODES[key]
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def write(self, text: str) -> None:
        """Write a text where the cursor stands."""
        self.call("Input.insertText", text=text)

    def click(self, selector: str, at: int = 0) -> None:
        """Press the mouse on an element, where it is seen.

        Args:
            selector: Of the element.
            at: Which of those that it finds.
        """
        x, y = self.probe("middle", selector, at)
        for kind in ("mousePressed", "mouseReleased"):
            self.call(
                "Input.dispatchMouseEvent",
                type=kind,
                x=x,
                y=y,
                button="left",
                clickCount=1,
            )


def _exception(details: Json) -> str:
    thrown = details.get("exception", {})
    return str(thrown.get("description") or details["text"])


@contextmanager
def started(program: Path, profile: Path) -> Iterator[Browser]:
    """Start a browser, and end it afterwards.

    Args:
        program: Chromium or a relative of it.
        profile: An empty folder for its profile.

    Raises:
        DriverError: It ended, or did not say where it listens.
    """
    command = [str(program), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        try:
            address = _address(process)
            with connect(address, max_size=None, proxy=None) as socket:
                browser = Browser(socket)
                yield browser
                browser.call("Browser.close")
                process.wait(timeout=LIMIT)
        finally:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    """Return where the browser listens, and read on so that it never has to wait."""
    said: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        for line in process.stderr or ():
            said.put(line)
        said.put("")

    threading.Thread(target=listen, daemon=True).start()
    lines: list[str] = []
    while True:
        try:
            line = said.get(timeout=LIMIT)
        except queue.Empty:
            line = ""
        found = _LISTENING.search(line)
        if found is not None:
            return found[1]
        lines.append(line)
        if not line:
            msg = "The browser did not start: " + "".join(lines[-6:]).strip()
            raise DriverError(msg)
