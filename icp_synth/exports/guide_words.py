"""The words of the interview guide, in English and in Chinese (Traditional)."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "title": "Interview guide",
    "frame": (
        "Drawn from a synthesis of {participants}, made on {created}. "
        "{planned} of {minutes} minutes are planned."
    ),
    "people.one": "{n} participant",
    "people.many": "{n} participants",
    "use": (
        "Ask the questions in your own words, one at a time, and let silence work. "
        "What stands under “Why” is for you alone: reading it out would put words "
        "into somebody's mouth."
    ),
    "nothing": "Nothing is open: every field has been spoken of by three people.",
    "names": "What the ids stand for",
    "name": "{id}: {name}",
    "seek": "Whom to look for",
    "callbacks": "Whom to talk to again",
    "questions": "Questions",
    "later": "If time is left, or in the next interview",
    "unasked": "What no question asks",
    "opening": "Opening.",
    "closing": "Closing.",
    "minutes": "{n} min",
    "why": "Why:",
    "comma": ", ",
    "then": " ",
    "ask": "Questions: {ids}",
    "ask_all": "Questions: all.",
    "all_study": "the whole study",
    "section.warm_up": "Who they are",
    "section.before": "How it began",
    "section.today": "How it goes today",
    "section.trouble": "What goes wrong",
    "section.product": "What they use, and why",
    "section.choice": "How it is chosen",
    "section.money": "What it costs and is worth",
    "section.ahead": "What they want",
    "gap.contradicted": (
        "{subject}: {known} of {of} support it, the others speak against it."
    ),
    "gap.uncovered": "{subject}: nobody of {of} has said anything ({where}).",
    "gap.hypothesis": (
        "{subject}: an assumption; {known} of {of} support it, which is too few "
        "({where})."
    ),
    "gap.contradicted_assumption": (
        "{subject}: an assumption ({where}); {known} of {of} support it, the others "
        "speak against it."
    ),
    "gap.untested": (
        "{subject}: an assumption about people of whom nobody was interviewed "
        "({where})."
    ),
    "gap.whom": "Ask {whom}.",
    "gap.unsaturated": (
        "{subject}: {known} of {of} statements are shared by others; the rest is new "
        "from person to person."
    ),
    "gap.thin": "{subject}: only {known} of {of} have said something ({where}).",
    "gap.note": "Not to be read out: {note}",
    "seek.group_missing": "{subject}: none interviewed; {wanted} would do.",
    "seek.group_thin": "{subject}: {known} interviewed; {wanted} would do.",
    "seek.groups_unknown": (
        "Nobody's group is recorded: say in participants.csv who is a super-user, "
        "churned, new or a prospect."
    ),
    "seek.icp_untested": (
        "{subject}: assumed, and nobody of it was interviewed; {wanted} would do."
    ),
    "seek.note": "Who belongs to it: {note}.",
    "seek.still_new": (
        "More of {subject}: {known} interviewed, and the last {last} of them "
        "alone still bring {new} of {themes} themes ({kinds}; mean over all orders). "
        "Interview {wanted} more, then look again."
    ),
    "kinds.trait": "traits",
    "kinds.pain": "pains",
    "kinds.motivation": "motivations",
    "seek.icp_thin": "{subject}: {known} interviewed; {wanted} would do.",
    "seek.company_thin": (
        "{subject}: one voice; others of the study have several. A second one would do."
    ),
    "seek.company_heavy": (
        "Not {subject}: {known} of the participants are from there, more than half."
    ),
    "seek.companies_unknown": (
        "Of {known} of {wanted} participants the company is known: complete "
        "participants.csv."
    ),
    "seek.decider_missing": "{subject}: somebody who decides or pays.",
    "seek.one_source_kind": (
        "All sources are of one kind ({subject}): a survey, support calls or a "
        "usability test would show whether it holds elsewhere."
    ),
    "callback.line": "{name}: {why}.",
    "callback.contradicts": "stands against {claims} of the claims",
    "callback.little_said": "said little ({insights} insights)",
    "group.super-user": "Super-users",
    "group.churned": "Churned customers",
    "group.new": "New customers",
    "group.prospect": "Prospects",
    "kind.interview": "interview",
    "kind.survey": "survey",
    "kind.support_call": "support call",
    "kind.usability_test": "usability test",
    "kind.focus_group": "focus group",
    "kind.sales_call": "sales call",
    "kind.other": "other",
    "kind.unstated": "not stated",
}

CHINESE: Mapping[str, str] = {
    "title": "訪談大綱",
    "frame": (
        "依 {participants}的綜整結果（{created}）擬定；"
        "安排 {planned} 分鐘，共 {minutes} 分鐘。"
    ),
    "people.one": "{n} 位受訪者",
    "people.many": "{n} 位受訪者",
    "use": (
        "請用自己的話，一次問一題，並容許沉默。「為何要問」只供訪談者參考："
        "唸出來等於替對方說話。"
    ),
    "nothing": "沒有待補之處：每個欄位都有三位受訪者談到。",
    "names": "代號說明",
    "name": "{id}：{name}",
    "seek": "接下來要找誰",
    "callbacks": "值得再訪的人",
    "questions": "問題",
    "later": "若還有時間，或留待下次",
    "unasked": "沒有題目可問的項目",
    "opening": "開場：",
    "closing": "結尾：",
    "minutes": "{n} 分鐘",
    "why": "為何要問：",
    "comma": "、",
    "then": "",
    "ask": "問題：{ids}",
    "ask_all": "問題：全部。",
    "all_study": "整個研究",
    "section.warm_up": "對方是誰",
    "section.before": "起因",
    "section.today": "現在怎麼做",
    "section.trouble": "出了什麼問題",
    "section.product": "使用什麼、為什麼",
    "section.choice": "如何選擇",
    "section.money": "花費與價值",
    "section.ahead": "期望",
    "gap.contradicted": "{subject}：{of} 人中 {known} 人支持，其餘的人說法相反。",
    "gap.uncovered": "{subject}：{of} 人中沒有人談到（{where}）。",
    "gap.hypothesis": (
        "{subject}：仍是假設；{of} 人中 {known} 人支持，尚不足夠（{where}）。"
    ),
    "gap.contradicted_assumption": (
        "{subject}：一項假設（{where}）；{of} 人中 {known} 人支持，其餘的人說法相反。"
    ),
    "gap.untested": "{subject}：仍是假設，所指的人尚無一位受訪（{where}）。",
    "gap.whom": "請問：{whom}。",
    "gap.unsaturated": (
        "{subject}：{of} 句中只有 {known} 句與他人相同，其餘因人而異、仍有新內容。"
    ),
    "gap.thin": "{subject}：{of} 人中只有 {known} 人談到（{where}）。",
    "gap.note": "請勿唸出：{note}",
    "seek.group_missing": "{subject}：尚無受訪者；建議 {wanted} 位。",
    "seek.group_thin": "{subject}：已訪 {known} 位；建議 {wanted} 位。",
    "seek.groups_unknown": (
        "沒有記錄受訪者的分組：請在 participants.csv 註明誰是超級用戶、"
        "已流失、新客戶或潛在客戶。"
    ),
    "seek.icp_untested": "{subject}：事先的假設，尚無受訪者；建議 {wanted} 位。",
    "seek.note": "所指的人：{note}。",
    "seek.still_new": (
        "再找 {subject}：已訪 {known} 位，{themes} 個主題中仍有 {new} 個"
        "只來自最後 {last} 位（{kinds}；各種順序的平均）。"
        "建議再訪 {wanted} 位後重看。"
    ),
    "kinds.trait": "特徵",
    "kinds.pain": "痛點",
    "kinds.motivation": "動機",
    "seek.icp_thin": "{subject}：已訪 {known} 位；建議 {wanted} 位。",
    "seek.company_thin": "{subject}：只有一人受訪，其他公司有多位；建議再訪一位。",
    "seek.company_heavy": (
        "不再找 {subject}：已有 {known} 位受訪者來自該公司，超過一半。"
    ),
    "seek.companies_unknown": (
        "{wanted} 位受訪者中只知道 {known} 位的公司：請補齊 participants.csv。"
    ),
    "seek.decider_missing": "{subject}：需要一位做決定或付費的人。",
    "seek.one_source_kind": (
        "所有來源都是同一種（{subject}）：問卷、客服通話或易用性測試可以看出"
        "在別處是否也成立。"
    ),
    "callback.line": "{name}：{why}。",
    "callback.contradicts": "與 {claims} 項論點相反",
    "callback.little_said": "談得不多（{insights} 則洞察）",
    "group.super-user": "超級用戶",
    "group.churned": "已流失的客戶",
    "group.new": "新客戶",
    "group.prospect": "潛在客戶",
    "kind.interview": "訪談",
    "kind.survey": "問卷",
    "kind.support_call": "客服通話",
    "kind.usability_test": "易用性測試",
    "kind.focus_group": "焦點團體",
    "kind.sales_call": "銷售通話",
    "kind.other": "其他",
    "kind.unstated": "未註明",
}
