"""The analyst that asks a language model: renders prompts, reads answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from icp_synth.analysts.answered import (
    group_names,
    read_answer,
    read_drafts,
    theme_names,
    verdicts,
    wording,
)
from icp_synth.analysts.answers import (
    GroupNames,
    Judgement,
    ThemeNames,
    Wording,
    extraction_schema,
    group_names_schema,
    theme_names_schema,
    verdicts_schema,
    wording_schema,
)
from icp_synth.analysts.examples import check_prompt, shown
from icp_synth.analysts.material import (
    by_person,
    fence,
    indented,
    one_line_each,
    people_numbers,
    turn_line,
)
from icp_synth.analysts.protocol import (
    Asked,
    Brief,
    ClaimToJudge,
    Drafts,
    GroupToName,
    Skeleton,
    ThemeToName,
    Verdicts,
    Wordings,
)
from icp_synth.domain.chat import ChatReply, ChatRequest, Message
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.ids import canonical_json
from icp_synth.domain.passages import Rendered
from icp_synth.prompting import Prompt, load_prompt, render_prompt

A = TypeVar("A", bound=BaseModel)
T = TypeVar("T")

_LANGUAGES = {"en": "English", "zh": "Traditional Chinese"}
_STATEMENTS_SHOWN = 8


class LlmAnalyst:
    """Reads with a language model over the `ChatModel` seam.

    Args:
        model: Name without the provider's prefix; part of every cache key.
        brief: The study; extraction sees the product, what it is, the research
            questions, own categories and examples, and nothing else.
        prompts: `--prompts DIR`, or None for those of the package.
        parameters: Sent with every request (`temperature` …).
        gleaning: 1 asks each window once more for what was missed.

    Raises:
        PromptError: A prompt does not hold together, has an example that cannot be
            grounded, or no place for the examples of the study.
        UsageError: An example of the study cannot be grounded.
    """

    name = "llm"
    guesses_kinds = False

    def __init__(
        self,
        model: str,
        brief: Brief,
        *,
        prompts: Path | None = None,
        parameters: Mapping[str, Any] | None = None,
        gleaning: int = 0,
    ) -> None:
        self.model: str | None = model
        self._model = model
        self._brief = brief
        self._parameters = dict(parameters or {})
        self._extract = load_prompt("extract", prompts)
        self._name = load_prompt("name_themes", prompts)
        self._name_groups = load_prompt("name_groups", prompts)
        self._draft = load_prompt("draft", prompts)
        self._judge = load_prompt("judge", prompts)
        self._glean = load_prompt("glean", prompts) if gleaning else None
        check_prompt(self._extract, brief)
        extra = [category for category, _, _ in brief.extra]
        self._schemas = {
            "extract": extraction_schema(extra),
            "glean": extraction_schema(extra),
            "name_themes": theme_names_schema(),
            "name_groups": group_names_schema(),
            "draft": wording_schema(),
            "judge": verdicts_schema(),
        }

    def fingerprints(self) -> Mapping[str, str]:
        """Return prompt id → `ID@VERSION#HASH`."""
        return {
            prompt.id: prompt.fingerprint(self._schemas[prompt.id])
            for prompt in (
                self._extract,
                self._glean,
                self._name,
                self._name_groups,
                self._draft,
                self._judge,
            )
            if prompt is not None
        }

    def extract(self, rendered: Rendered) -> Asked[Drafts]:
        """Ask for the insights of one window."""
        numbers = people_numbers(rendered.turns)
        request = self._request(
            self._extract,
            step="extract",
            about=(rendered.transcript,),
            values={
                "product": self._brief.product or "not named",
                "what": self._brief.what,
                "questions": self._brief.questions,
                "extra": self._brief.extra,
                "examples": [shown(example) for example in self._brief.examples],
                "fence": fence(*(turn.text for turn in rendered.turns)),
                "turns": "\n".join(turn_line(turn, numbers) for turn in rendered.turns),
            },
        )
        schema = request.response_schema
        asked = _asked(request, lambda reply: read_drafts(reply, schema))
        if self._glean is None:
            return asked
        return replace(asked, more=self._gleaner(self._glean, request))

    def _gleaner(
        self, prompt: Prompt, request: ChatRequest
    ) -> Callable[[ChatReply], Asked[Drafts]]:
        """Return what asks, as one dialogue, for what an answer missed."""
        schema = self._schemas[prompt.id]
        question = render_prompt(prompt)

        def more(reply: ChatReply) -> Asked[Drafts]:
            answer = Message(role="assistant", content=reply.text)
            update = {
                "messages": (*request.messages, answer, *question),
                "prompt": prompt.fingerprint(schema),
                "step": prompt.id,
            }
            gleaning = request.model_copy(update=update)
            return _asked(gleaning, lambda reply: read_drafts(reply, schema))

        return more

    def name_themes(
        self, themes: Sequence[ThemeToName], language: str
    ) -> Asked[Wordings]:
        """Ask for the names of some themes, and who does not carry them."""
        shown = [
            {
                "number": theme.number,
                "kind": theme.kind,
                "statements": by_person(theme),
                "quotes": one_line_each(theme.quotes),
                "neighbours": one_line_each(theme.neighbours),
            }
            for theme in themes
        ]
        values = {
            "language": _LANGUAGES.get(language, language),
            "fence": fence(canonical_json(shown)),
            "themes": shown,
        }
        wanted = {theme.number: len(theme.statements) for theme in themes}
        request = self._request(self._name, step="themes", values=values)
        return _answered(request, ThemeNames, partial(theme_names, wanted=wanted))

    def name_groups(
        self, groups: Sequence[GroupToName], language: str
    ) -> Asked[Wordings]:
        """Ask for the names of some groups of themes."""
        shown = [
            {
                "number": group.number,
                "kind": group.kind,
                "words": one_line_each(group.words),
                "themes": one_line_each(group.themes),
                "statements": one_line_each(group.statements[:_STATEMENTS_SHOWN]),
                "neighbours": one_line_each(group.neighbours),
            }
            for group in groups
        ]
        values = {
            "language": _LANGUAGES.get(language, language),
            "fence": fence(canonical_json(shown)),
            "groups": shown,
        }
        wanted = frozenset(group.number for group in groups)
        request = self._request(self._name_groups, step="themes", values=values)
        return _answered(request, GroupNames, partial(group_names, wanted=wanted))

    def draft(self, skeleton: Skeleton, language: str) -> Asked[Wordings]:
        """Ask for the words of one skeleton."""
        wanted = frozenset(claim.number for claim in skeleton.claims)
        request = self._draft_request(skeleton, language)
        return _answered(request, Wording, partial(wording, wanted=wanted))

    def _draft_request(self, skeleton: Skeleton, language: str) -> ChatRequest:
        shown = [
            {
                **claim.model_dump(),
                "statements": one_line_each(claim.statements[:_STATEMENTS_SHOWN]),
                "quotes": one_line_each(claim.quotes),
                "value": label if claim.field in PROFILE_FIELDS else None,
            }
            for claim in skeleton.claims
            for label in one_line_each([claim.label])
        ]
        subjects = {
            "icp": "an ideal customer profile (a kind of company)",
            "icp_of_people": "an ideal customer profile (a kind of customer)",
            "persona": "a persona (a kind of person)",
        }
        return self._request(
            self._draft,
            step="draft",
            values={
                "language": _LANGUAGES.get(language, language),
                "product": self._brief.product or "not named",
                "what": self._brief.what,
                "value_proposition": self._brief.value_proposition,
                "outcome": self._brief.outcome,
                "subject": subjects.get(skeleton.what, skeleton.what),
                "people": skeleton.people,
                "of": skeleton.of,
                "fence": fence(canonical_json(shown)),
                "claims": shown,
            },
        )

    def judge(self, claim: ClaimToJudge) -> Asked[Verdicts]:
        """Ask what people whom a claim does not cite say of it."""
        passages = [
            {
                "number": one.number,
                "question": " ".join(one.question.split()),
                "text": indented(one.text),
            }
            for one in claim.passages
        ]
        statements = one_line_each(claim.statements)
        request = self._request(
            self._judge,
            step="challenge",
            about=claim.about,
            values={
                "field": claim.field,
                "claim": " ".join(claim.text.split()),
                "statements": statements,
                "fence": fence(claim.text, *statements, canonical_json(passages)),
                "passages": passages,
            },
        )
        wanted = frozenset(one.number for one in claim.passages)
        return _answered(request, Judgement, partial(verdicts, wanted=wanted))

    def _request(
        self,
        prompt: Prompt,
        *,
        step: str,
        values: Mapping[str, Any],
        about: tuple[str, ...] = (),
    ) -> ChatRequest:
        schema = self._schemas[prompt.id]
        return ChatRequest(
            model=self._model,
            messages=render_prompt(prompt, **values),
            parameters=self._parameters,
            schema_name=prompt.schema_name,
            response_schema=schema,
            prompt=prompt.fingerprint(schema),
            about=about,
            step=step,
        )


def _answered(
    request: ChatRequest, answer: type[A], read: Callable[[A], T]
) -> Asked[T]:
    """Return the request with what reads an answer that fits its schema."""
    schema = request.response_schema
    return _asked(request, lambda reply: read(read_answer(reply, schema, answer)))


def _asked(request: ChatRequest, read: Callable[[ChatReply], T]) -> Asked[T]:
    """Return the request with its reader; it may be asked once more as a dialogue."""

    def again(reply: ChatReply, fault: str) -> ChatRequest:
        correction = f"{fault} Answer again, with JSON of the schema and nothing else."
        added = (
            Message(role="assistant", content=reply.text),
            Message(role="user", content=correction),
        )
        return request.model_copy(update={"messages": (*request.messages, *added)})

    return Asked(request=request, read=read, again=again)
