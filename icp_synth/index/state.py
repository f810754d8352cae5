"""What is known of the index without opening it: its state file and its mark.

The state file says what was put in. The mark stands while chroma is open: when it is
found by a process that holds the project's lock, the one before was killed inside
chroma, and chroma is left alone until it is rebuilt. It counts the builds that ended
so, since one may have been stopped by a person, and the second was not.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from icp_synth.domain.ids import sha256_text
from icp_synth.domain.values import Value
from icp_synth.index.corpus import Corpus


class Collection(Value):
    """One collection of the index: vectors of one embedder and dimension."""

    name: str
    count: int
    digest: str

    @classmethod
    def of(cls, corpus: Corpus) -> Collection:
        """Return what the index should hold of this corpus."""
        name = f"passages-{sha256_text(corpus.embedder)[:16]}-{corpus.dimension}"
        return cls(name=name, count=len(corpus.entries), digest=corpus.digest())


class Folder:
    """Where the index lies: `chroma/NUMBER/`, `index.json` and `index.open`.

    Every rebuild gets a folder with a number of its own. Chroma keeps clients by
    path for the life of the process, failed ones too, so a path that was damaged
    once is never opened again.

    Args:
        root: The `.icp` folder of a project.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.chroma = root / "chroma"
        self._state = root / "index.json"
        self._mark = root / "index.open"

    def current(self) -> Path:
        """Return the folder that is in use; it may not be there."""
        return self.chroma / str(self._read().get("folder") or "none")

    def collections(self) -> dict[str, Collection]:
        """Return what was put in, by name; empty when that is not known."""
        try:
            listed = self._read().get("collections", ())
            found = [Collection.model_validate(one) for one in listed]
        except (ValueError, TypeError):
            return {}
        return {one.name: one for one in found} if self.current().is_dir() else {}

    def fresh(self) -> Path:
        """Clear away every earlier folder and return the path of a new one."""
        self.distrust()
        self.chroma.mkdir(parents=True, exist_ok=True)
        numbers = [0]
        for path in self.chroma.iterdir():
            numbers += [int(path.name)] if path.name.isdecimal() else []
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        return self.chroma / str(max(numbers) + 1)

    def remember(self, folder: Path, collections: dict[str, Collection]) -> None:
        """Write what is in the index now, and in which folder."""
        listed = [collections[name].model_dump() for name in sorted(collections)]
        body = json.dumps({"folder": folder.name, "collections": listed})
        temporary = self._state.with_name(f".{self._state.name}.{os.getpid()}.tmp")
        temporary.write_text(body, "utf-8")
        temporary.replace(self._state)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._state.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def distrust(self) -> None:
        """Forget what is in the index: the next command that needs it rebuilds it."""
        self._state.unlink(missing_ok=True)

    def crashes(self) -> int | None:
        """Return how many builds in a row ended their process.

        None when nothing did, 0 when a search did.
        """
        try:
            return int(self._mark.read_text("utf-8"))
        except OSError:
            return None
        except ValueError:
            return 0

    @contextmanager
    def searching(self) -> Iterator[None]:
        """Hold the mark while chroma is open for a search."""
        with self._marked(0):
            yield

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the mark while chroma is open to be written."""
        with self._marked((self.crashes() or 0) + 1):
            yield

    @contextmanager
    def _marked(self, builds: int) -> Iterator[None]:
        """Set the mark; it goes when the block ends in any way Python lives to see."""
        self.root.mkdir(parents=True, exist_ok=True)
        self._mark.write_text(str(builds), "utf-8")
        try:
            yield
        finally:
            self._mark.unlink(missing_ok=True)
