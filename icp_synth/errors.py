"""Every error of the package, drawn as one tree.

```
IcpSynthError                       exit 70 unless a class below says otherwise
├── CheckFailed                     1    a check that was asked for did not pass
├── UsageError                      2    the command or its settings are wrong
│   ├── SettingsError               2    study.toml, participants.csv, a flag
│   ├── NameClash                   2    two sources, or an ID, that are ambiguous
│   ├── NotFound                    2    an ID, file or format that is not there
│   ├── PromptError                 2    a prompt file that does not hold together
│   ├── ProjectLocked               2    another process writes this project
│   ├── ProjectTooNew               2    the ledger was written by a later version
│   └── EndpointRefused             2    401, 403 or 404: key, right or model name
├── Waiting                         3    answers are missing; `batch export` is next
├── ReadError                       3    a file cannot be read; the others go on
│   ├── SourceRefused               3    readable, but not to be trusted
│   └── SourceFailed                3    broken, unreadable, another format
├── CallFailed                      3    one model call ended without an answer
│   ├── RateLimited                 3    429 that may be tried again
│   ├── EndpointUnavailable         3    5xx, connection, DNS, TLS, time-out
│   ├── ContextTooLong              3    the request does not fit the model
│   ├── SchemaRefused               3    the endpoint does not know this wire form
│   └── AnswerUnusable              3    truncated, refused, filtered, empty, invalid
├── StorageError                    3    the disk is full or not writable; resumable
├── Stopped                         4    by budget or quota; what is done stays
│   ├── BudgetReached               4
│   └── QuotaExhausted              4
└── Interrupted                     130  by the user; `run` resumes
```

A message says what happened and where; `hint` says what to do next.
"""

from __future__ import annotations

from typing import ClassVar


class IcpSynthError(Exception):
    """Base of every error that this package raises on purpose.

    Args:
        message: What happened, and where (file, line, row, turn).
        hint: What to do next, as one sentence; may be empty.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class CheckFailed(IcpSynthError):
    """A check that was asked for did not pass."""

    exit_code = 1


class UsageError(IcpSynthError):
    """The command or its settings are wrong; nothing was done."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting, study.toml or participants.csv does not hold together."""


class NameClash(UsageError):
    """Two things have one name, or a name fits several."""


class NotFound(UsageError):
    """What was asked for by name is not there."""


class PromptError(UsageError):
    """A prompt file lacks a variable, a key or a schema."""


class ProjectLocked(UsageError):
    """Another process holds the project's lock."""


class ProjectTooNew(UsageError):
    """The ledger was written by a later version of the program."""


class EndpointRefused(UsageError):
    """The endpoint said 401, 403 or 404: nothing will be tried again."""


class Waiting(IcpSynthError):
    """Answers of the model are missing and nothing can fetch them here."""

    exit_code = 3


class ReadError(IcpSynthError):
    """A source cannot be read. The others go on.

    Args:
        message: What is wrong.
        code: A stable reason code, e.g. `no_timing_lines`.
        place: Line, cue, row or byte offset, in words; empty when it is the file.
        hint: One concrete way out.
    """

    exit_code = 3

    def __init__(
        self, message: str, *, code: str, place: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.code = code
        self.place = place

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place else ""
        return f"{self.message}{where}. {self.hint}".strip()


class SourceRefused(ReadError):
    """The file can be decoded, but not be trusted as a transcript."""


class SourceFailed(ReadError):
    """The file is broken, unreadable, or not what its ending says."""


class CallFailed(IcpSynthError):
    """One model call ended without an answer that can be used.

    Args:
        message: What the endpoint said, without any secret.
        outcome: A stable outcome code, e.g. `timeout`, `refused`, `truncated`.
        retry_after: Seconds that the endpoint asked us to wait, if it did.
        status: HTTP status, if there was one.
        hint: What to do next.
    """

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        outcome: str,
        retry_after: float | None = None,
        status: int | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.outcome = outcome
        self.retry_after = retry_after
        self.status = status


class RateLimited(CallFailed):
    """429 that goes away by waiting."""


class EndpointUnavailable(CallFailed):
    """5xx, refused connection, DNS, TLS or time-out."""


class ContextTooLong(CallFailed):
    """The request does not fit the model's context."""


class SchemaRefused(CallFailed):
    """The endpoint does not take this form of structured output."""


class AnswerUnusable(CallFailed):
    """An answer came, but truncated, refused, filtered, empty or invalid."""


class StorageError(IcpSynthError):
    """The disk is full or a folder is not writable; a rerun resumes."""

    exit_code = 3


class Stopped(IcpSynthError):
    """The run was stopped on purpose; what is done stays."""

    exit_code = 4


class BudgetReached(Stopped):
    """The next call would pass the budget."""


class QuotaExhausted(Stopped):
    """The provider says that the account's quota is used up."""


class Interrupted(IcpSynthError):
    """The user stopped the run; it resumes where it was."""

    exit_code = 130
