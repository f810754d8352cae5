"""Sentences that the synthesis itself carries, in the report's language."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.exclusions import EXCLUDED_GROUPS
from icp_synth.domain.groups import group_name
from icp_synth.pipeline.heard import heard
from icp_synth.pipeline.work import Work
from icp_synth.stages.draft import share_enough
from icp_synth.stages.segments import LEAST_PEOPLE

_TEXTS = {
    "en": {
        "too_little": "Too little to draft",
        "undivided": "All {n} participants (not divided)",
        "assumed": "What was assumed",
        "drafted_from": (
            "ICPs and personas are drafted from {n} of {of} participants; people of "
            "other groups, and who fits no segment, count in the themes and not in "
            "the draft."
        ),
        "no_quotes": (
            "{n} of the {of} participants may not be quoted: counted in every “of n”, "
            "never as a yes or a no, and nothing of theirs is shown. Groups are "
            "compared without them."
        ),
        "unread": (
            "Nothing was read of {n} of the {of} participants (pending or failed): "
            "they stand in no “of n” of themes, and claims have not looked at them."
        ),
        "in_part": (
            "Of {n} of the {of} participants a part was not read (pending or failed)."
        ),
        "few_people": (
            "Too little to draft: a draft needs at least {least} participants; this "
            "study has {n} to draft from."
        ),
        "none_left": (
            "Nothing is drafted: of {n} participants who were heard all have left or "
            "are of a group that is not drafted from. What they share stands in the "
            "themes."
        ),
        "see_negative": "Why it is not for those who left: “Who it is not for”.",
        "few_shared": (
            "Too little to draft: no {least} participants share two themes."
        ),
    },
    "zh": {
        "too_little": "資料太少，尚不能起草",
        "undivided": "全部 {n} 位受訪者（未區分）",
        "assumed": "事先的假設",
        "drafted_from": (
            "ICP 與人物誌只依據 {of} 位受訪者中的 {n} 位起草；其他分組的人，以及不屬於"
            "任何區隔的人，計入主題，不計入草稿。"
        ),
        "no_quotes": (
            "{of} 位受訪者中有 {n} 位不可引用：計入總人數，但既不算贊成也不算反對，"
            "內容一律不顯示；分組比較時不列入。"
        ),
        "unread": (
            "{of} 位受訪者中有 {n} 位的話尚未讀取（待處理或失敗）：不計入主題的總人數，"
            "各項主張也尚未查看。"
        ),
        "in_part": "{of} 位受訪者中有 {n} 位的話有一部分未讀取（待處理或失敗）。",
        "few_people": (
            "資料太少，尚不能起草：可據以起草的受訪者只有 {n} 位，至少需要 {least} 位。"
        ),
        "none_left": (
            "未起草：有內容的 {n} 位受訪者都已離開，或屬於不作為起草依據的分組。"
            "他們的共同點見各主題。"
        ),
        "see_negative": "為何不適合已離開的人：見「不適合的對象」。",
        "few_shared": "資料太少，尚不能起草：沒有 {least} 位受訪者共有兩個主題。",
    },
}


def too_little(language: str) -> str:
    """Return the name of a profile that was not drafted."""
    return _TEXTS[language]["too_little"]


def undivided(people: int, language: str) -> str:
    """Return the name of the one group that holds everybody."""
    return _TEXTS[language]["undivided"].format(n=f"{people:,}")


def assumed(language: str) -> str:
    """Return the name of an assumed ICP whose hypotheses give it none."""
    return _TEXTS[language]["assumed"]


def frame_notes(work: Work) -> tuple[str, ...]:
    """Say whom the draft leaves out, and why there is none where there is none."""
    texts = _TEXTS[work.settings.language]
    notes = []
    drafted = {name for group in work.segmentation.groups for name in group}
    made = any(profile.status == "draft" for profile, _ in work.profiles)
    if made and len(drafted) < len(work.people):
        notes.append(texts["drafted_from"].format(n=len(drafted), of=len(work.people)))
    told = heard(work)
    missing = {
        "no_quotes": told.silenced,
        "unread": told.unread,
        "in_part": told.in_part,
    }
    notes.extend(
        texts[code].format(n=len(names), of=len(work.people))
        for code, names in missing.items()
        if names
    )
    notes.extend(_why_not(work, work.drafted, told.people))
    return tuple(notes)


def _why_not(work: Work, people: Sequence[str], told: Sequence[str]) -> list[str]:
    texts = _TEXTS[work.settings.language]
    if told and not people:
        groups = {group_name(work.people[name].group) for name in told}
        where = [texts["see_negative"]] if groups & set(EXCLUDED_GROUPS) else []
        return [texts["none_left"].format(n=len(told)), *where]
    if len(people) < LEAST_PEOPLE:
        return [texts["few_people"].format(n=len(people), least=LEAST_PEOPLE)]
    if not share_enough(work.themes, people):
        return [texts["few_shared"].format(least=LEAST_PEOPLE)]
    return []
