"""The words of the reports, in English and in Chinese (Traditional, Taiwan).

One flat table per language with the same keys and the same placeholders. Keys that
count come in pairs, `KEY.one` and `KEY.many`, read by `Words.count`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icp_synth.errors import UsageError

ENGLISH: Mapping[str, str] = {
    # the page
    "page.title": "{name}: ideal customers and personas",
    "page.untitled": "Ideal customers and personas",
    "page.kicker": "Draft synthesis of interviews",
    "page.kicker_reviewed": "Synthesis of interviews",
    "page.contents": "Contents",
    "page.skip": "Skip to the report",
    "page.draft": "Draft",
    "page.draft_note": "Nobody has reviewed all of it yet.",
    "page.reviewed": "Reviewed",
    "page.baseline_title": "A baseline reading: quotes, not interpretations",
    "page.baseline": (
        "No language model took part. Sentences were picked and grouped by fixed "
        "rules, so every theme is named by one of its own quotes and nothing is "
        "summed up. Read it as a sorted board of quotes."
    ),
    "page.made": "Made {when} by {analyst}, version {version}.",
    "page.analyst_embedded": "the embedded analyst (no language model)",
    "page.analyst_model": "the analyst {name} with {model}",
    "page.how": "How it was made",
    # the sample
    "frame.line": "n = {n}: {groups}; {type}",
    "frame.plain": "n = {n}; {type}",
    "frame.only": (
        "All of them are super-users: nobody who left or never bought was heard."
    ),
    "frame.ungrouped": (
        "No groups are recorded: the study does not say who is a super-user, who left "
        "and who is new."
    ),
    "frame.people.one": "{n} participant",
    "frame.people.many": "{n} participants",
    "type.proto": "proto: under 5 people, a guess to test",
    "type.qualitative": "qualitative",
    "type.statistical": "statistical",
    "group.super-user.one": "{n} super-user",
    "group.super-user.many": "{n} super-users",
    "group.churned.one": "{n} churned",
    "group.churned.many": "{n} churned",
    "group.new.one": "{n} new",
    "group.new.many": "{n} new",
    "group.prospect.one": "{n} prospect",
    "group.prospect.many": "{n} prospects",
    "group.unknown.one": "{n} of unknown group",
    "group.unknown.many": "{n} of unknown group",
    "group.other": "{n} {name}",
    "group.name.super-user": "super-user",
    "group.name.churned": "churned",
    "group.name.new": "new",
    "group.name.prospect": "prospect",
    "group.name.unknown": "group unknown",
    # sections
    "section.overview": "At a glance",
    "section.icps": "Ideal customer profiles",
    "section.icps_note": (
        "Who is worth winning. Each condition can be checked on one account."
    ),
    "section.personas": "Personas",
    "section.personas_note": (
        "The people inside. Named by what defines them: no invented names, photos "
        "or ages."
    ),
    "section.negative": "Who it is not for",
    "section.audience": "The wider audience",
    "section.minority": "Minority views",
    "section.minority_note": "Said by few, kept because they differ.",
    "section.themes": "Quotes board",
    "section.themes_note": (
        "What at least two participants said alike, most people first; people are "
        "counted, not mentions. The thin line is the 95 % interval that would hold if "
        "these were a random sample, which they are not."
    ),
    "section.map": "Who said what",
    "section.map_note": (
        "Each row is a theme, each column a participant. A filled cell means that the "
        "participant said it; the figure is how often. An empty cell does not mean "
        "no: it was "
        "perhaps never asked."
    ),
    "section.people": "Participants",
    "section.refused": "What was refused",
    "section.refused_note": (
        "Quotes that do not stand in the source as given. They count for nothing "
        "and are "
        "not shown here."
    ),
    "section.refused_none": "Nothing was refused.",
    "section.sources": "Sources",
    "section.excerpts": "Quotes in their place",
    "section.excerpts_note": "Each quote with the turn before and the turn after.",
    "section.read": "How to read this",
    # overview
    "figure.people.one": "participant",
    "figure.people.many": "participants",
    "figure.interviews.one": "interview",
    "figure.interviews.many": "interviews",
    "figure.insights.one": "insight with verified quotes",
    "figure.insights.many": "insights with verified quotes",
    "figure.refused.one": "quote refused",
    "figure.refused.many": "quotes refused",
    "figure.themes.one": "shared theme",
    "figure.themes.many": "shared themes",
    "figure.drafts.one": "profile or persona drafted",
    "figure.drafts.many": "profiles and personas drafted",
    "overview.pain": "What hurts",
    "overview.motivation": "What moves them",
    "overview.trait": "Who they are, how they work",
    "overview.sample": "Who was heard",
    # counts
    "count.of": "{k} of {n}",
    "count.of_people": "{k} of {n} participants",
    "count.mentions.one": "{n} mention",
    "count.mentions.many": "{n} mentions",
    "count.people.one": "{n} person",
    "count.people.many": "{n} people",
    "count.companies.one": "{n} company",
    "count.companies.many": "{n} companies",
    "count.more_quotes.one": "{n} more quote",
    "count.more_quotes.many": "{n} more quotes",
    "count.not_shown.one": "{n} more participant said it; in synthesis.json",
    "count.not_shown.many": "{n} more participants said it; in synthesis.json",
    "count.themes_not_shown.one": (
        "{n} more theme with fewer people is in synthesis.json."
    ),
    "count.themes_not_shown.many": (
        "{n} more themes with fewer people are in synthesis.json."
    ),
    "count.turns.one": "{n} turn",
    "count.turns.many": "{n} turns",
    "count.interval": "{low}–{high} % if these were a random sample",
    "count.asked": "{n} were asked",
    "count.stability": "stability {value}",
    "count.score": "fit {value}",
    "stance.all": "All {n} participants:",
    "stance.supports": "supports",
    "stance.contradicts": "contradicts",
    "stance.silent": "silent",
    "stance.unjudged": "unjudged",
    # claims and cards
    "claim.evidence": "evidence",
    "claim.inference": "inference",
    "claim.explicit": "{n} said outright",
    "claim.implicit": "{n} implied",
    "claim.leading.one": "{n} after a leading question",
    "claim.leading.many": "{n} after leading questions",
    "claim.confidence": "confidence {value}",
    "claim.accepted": "accepted by {by}",
    "claim.edited": "edited by {by}",
    "claim.rejected": "rejected by {by}",
    "claim.stale": "the evidence has changed since",
    "claim.counter": "Against it",
    "claim.uncited": "No quote carries this sentence; it is inferred.",
    "card.account": "kind of account",
    "card.person": "kind of person",
    "card.little.one": "{n} group with too little to draft",
    "card.little.many": "{n} groups with too little to draft",
    "card.too_little": "Too little to draft; here is what they share",
    "card.too_few_people": (
        "Only {n} in this group; three people who share two themes are the least "
        "that a "
        "draft needs."
    ),
    "card.too_few_themes": (
        "These {n} share fewer than two themes; three people who share two are the "
        "least "
        "that a draft needs."
    ),
    "card.nothing_shared": "No two of them said anything alike.",
    "card.none": (
        "No group of at least three people shares two themes, so nothing is "
        "drafted. The "
        "quotes board below shows what there is."
    ),
    "card.criteria": "Conditions",
    "card.merged": "merged into {name}",
    "card.of_icp": "Within",
    "card.personas": "Personas",
    "card.members": "Who they are",
    "card.other": "Other claims",
    "card.signals": "Fit signals",
    "criterion.field": "Field",
    "criterion.operator": "Is",
    "criterion.value": "Value",
    "criterion.status": "Rests on",
    "criterion.coverage": "Known for",
    "criterion.effect": "Effect",
    "criterion.assumption": "assumption",
    "criterion.evidence": "evidence",
    "criterion.knock_out": "knock-out",
    "criterion.weight": "weight",
    "operator.=": "is",
    "operator.>=": "at least",
    "operator.<=": "at most",
    "operator.between": "between",
    "operator.in": "one of",
    "operator.not in": "none of",
    # quotes
    "quote.open": "in context",
    "quote.marks": "“{text}”",
    "quote.see_html": "Each quote with the turns around it: report.html.",
    "quote.close": "Close",
    "quote.before": "Turn before",
    "quote.after": "Turn after",
    "quote.no_before": "Nothing stands before it.",
    "quote.no_after": "Nothing stands after it.",
    "quote.interviewer": "interviewer",
    "quote.participant": "participant",
    "quote.unknown_role": "role unknown",
    "quote.leading": "leading question",
    "quote.leading_note": "The question before it offers the answer.",
    "quote.implied": "implied",
    "quote.implied_note": "Not said outright; read out of the words.",
    "quote.hidden": "hidden characters",
    "quote.hidden_note": (
        "The source holds invisible characters here; they are shown by code."
    ),
    "quote.hidden_one": "hidden character {code}",
    "quote.read_as": "Read as a {kind}",
    "quote.place": "characters {start} to {end}, turn {turn}",
    "quote.exact": "letter for letter in the source",
    "quote.folded": "in the source, but for spacing, case or quote marks",
    "quote.moved": "found in another turn than the reader named",
    "quote.intensity.1": "mentioned",
    "quote.intensity.2": "stressed",
    "quote.intensity.3": "decisive",
    # kinds and categories
    "kind_one.trait": "trait",
    "kind_one.pain": "pain",
    "kind_one.motivation": "motivation",
    "kind.trait": "Traits",
    "kind.pain": "Pains",
    "kind.motivation": "Motivations",
    "category.role": "role",
    "category.decision_authority": "who decides",
    "category.firmographic": "company",
    "category.technology": "tools",
    "category.budget_price": "budget and price",
    "category.demographic": "demographics",
    "category.socioeconomic": "income and household",
    "category.psychographic": "values and attitudes",
    "category.behaviour": "behaviour",
    "category.purchase_pattern": "how they buy",
    "category.channel": "channels",
    "category.brand_affinity": "loyalty",
    "category.problem": "problem",
    "category.obstacle": "obstacle",
    "category.workaround": "workaround",
    "category.dislike": "dislike",
    "category.fear": "fear",
    "category.objection": "objection",
    "category.goal": "goal",
    "category.desired_gain": "desired gain",
    "category.trigger": "trigger",
    "category.like": "like",
    "category.reason_to_stay": "reason to stay",
    "category.advocacy": "advocacy",
    "field.industry": "industry",
    "field.headcount_company": "people in the company",
    "field.headcount_department": "people in the department",
    "field.revenue": "revenue",
    "field.budget": "budget",
    "field.geography": "geography",
    "field.sites": "sites",
    "field.company_age": "age of the company",
    "field.customer_count": "customers",
    "field.maturity": "maturity",
    "field.technology": "tools",
    "field.sales_cycle": "sales cycle",
    "field.role": "job",
    "field.seniority": "seniority",
    "field.experience": "experience",
    "field.decision_role": "part in deciding",
    "field.price_paid": "price paid",
    "field.willingness_to_pay": "would pay",
    "field.tenure": "customer for",
    "field.usage_frequency": "how often they use it",
    "field.age": "age",
    "field.sex": "sex",
    "field.income": "income",
    "field.education": "education",
    "field.family": "family",
    "field.place": "place",
    "field.language": "language",
    "field.media": "media",
    "field.audience": "audience",
    "field.why_us": "why us",
    "signal.ready": "ready",
    "signal.willing": "willing",
    "signal.able": "able",
    "signal.success_potential": "can succeed",
    "signal.acquisition_efficiency": "cheap to win",
    "signal.ascension_potential": "will buy more",
    "signal.advocacy_potential": "will speak for it",
    # people
    "people.name": "Participant",
    "people.group": "Group",
    "people.company": "Company, job",
    "people.segment": "Segment",
    "people.facts": "Facts, as said",
    "people.more_facts.one": "{n} more",
    "people.more_facts.many": "{n} more",
    "people.no_facts": "none stated",
    "people.unassigned": "no fit",
    "people.unknown": "not known",
    "people.segment_number": "segment {n}",
    "map.theme": "Theme",
    "map.people": "People",
    "map.row": "{k} of {n} participants: {by_segment}",
    "map.by_segment": "{name} {k} of {n}",
    # refused quotes
    "reason.too_short": "too short to be found for certain",
    "reason.exact": "stands in the source",
    "reason.folded": "stands in the source but for spacing",
    "reason.elided": "joined over an omission",
    "reason.interviewer": "the interviewer's words",
    "reason.stitched": "put together from separate places",
    "reason.altered_number": "a number or unit was changed",
    "reason.altered_negation": "a negation was changed",
    "reason.altered_words": "words were changed",
    "reason.not_found": "not in the source at all",
    "reason.no_quote": "no quote was given",
    "reason.unknown_category": "a category that the codebook does not know",
    "reason.two_speakers": "words of two people in one",
    "reason.invalid_item": "an item that did not fit the answer's form",
    "refused.reason": "Reason",
    "refused.count": "Quotes",
    "refused.by_source": "By interview",
    # sources and making
    "sources.file": "File",
    "sources.language": "Language",
    "sources.date": "Date",
    "sources.turns": "Turns",
    "sources.cited": "Cited",
    "sources.hash": "SHA-256 of the file",
    "sources.list.one": "{n} interview read",
    "sources.list.many": "{n} interviews read",
    "sources.coverage": "What was read and what was left out",
    "coverage.sources": "files",
    "coverage.read": "read",
    "coverage.duplicate": "the same content twice",
    "coverage.left_out": "left out",
    "coverage.refused": "refused",
    "coverage.failed": "could not be read",
    "coverage.ignored": "ignored",
    "coverage.characters": "characters that participants said",
    "coverage.read_uncited": "read, not cited",
    "coverage.unread": "not read",
    "coverage.all": "in all",
    "coverage.windows": "windows",
    "coverage.merged_insights": "remarks merged as duplicates",
    "coverage.cited": "cited",
    "made.created": "Created",
    "made.analyst": "Analyst",
    "made.model": "Model",
    "made.no_model": "none",
    "made.prompts": "Prompts",
    "made.version": "Version",
    "made.code": "Code",
    "made.embedding": "Vectors",
    "made.tokens": "Tokens counted by",
    "made.readers": "Readers",
    "made.settings": "Settings",
    "made.inputs.one": "{n} input with its SHA-256",
    "made.inputs.many": "{n} inputs with their SHA-256",
    # notes on reading
    "read.counts": (
        "k of n counts participants. Ten remarks of one person are one of n; mentions "
        "come second."
    ),
    "read.interval": (
        "The interval (Wilson, 95 %) says how far k of n would reach if the "
        "participants "
        "had been drawn at random. They were not; take it as a caution."
    ),
    "read.stance": (
        "Supports and contradicts are people with a quote. Silent: their nearest "
        "passages were read and say nothing of it. Unjudged: nobody has looked."
    ),
    "read.basis": (
        "Evidence has at least one quote that stands in the source letter for letter. "
        "Inference has none."
    ),
    "read.leading": (
        "A leading question offers its own answer; what follows weighs less."
    ),
    "read.quotes": (
        "Only participants' words are quoted, each cut out of the transcript by "
        "position."
    ),
}
"""English."""

CHINESE: Mapping[str, str] = {
    "page.title": "{name}：理想客戶與人物誌",
    "page.untitled": "理想客戶與人物誌",
    "page.kicker": "訪談綜整草稿",
    "page.kicker_reviewed": "訪談綜整",
    "page.contents": "目錄",
    "page.skip": "跳到報告內容",
    "page.draft": "草稿",
    "page.draft_note": "尚未全部經人審閱。",
    "page.reviewed": "已審閱",
    "page.baseline_title": "基準讀法：只有引文，沒有詮釋",
    "page.baseline": (
        "未使用語言模型。句子依固定規則挑選、分組，因此每個主題都以其中一句引文為名，"
        "不作任何摘要。請把本報告當成整理過的引文牆來讀。"
    ),
    "page.made": "{when} 由{analyst}產生，版本 {version}。",
    "page.analyst_embedded": "內建分析器（無語言模型）",
    "page.analyst_model": "分析器 {name}（模型 {model}）",
    "page.how": "製作方式",
    "frame.line": "n = {n}：{groups}；{type}",
    "frame.plain": "n = {n}；{type}",
    "frame.only": "全部都是重度使用者：沒有聽到離開者或從未購買者的聲音。",
    "frame.ungrouped": "沒有分組紀錄：研究未說明誰是重度使用者、誰已離開、誰是新客戶。",
    "frame.people.one": "{n} 位受訪者",
    "frame.people.many": "{n} 位受訪者",
    "type.proto": "雛形：不到 5 人，只是待驗證的猜測",
    "type.qualitative": "質性",
    "type.statistical": "統計",
    "group.super-user.one": "{n} 位重度使用者",
    "group.super-user.many": "{n} 位重度使用者",
    "group.churned.one": "{n} 位已流失",
    "group.churned.many": "{n} 位已流失",
    "group.new.one": "{n} 位新客戶",
    "group.new.many": "{n} 位新客戶",
    "group.prospect.one": "{n} 位潛在客戶",
    "group.prospect.many": "{n} 位潛在客戶",
    "group.unknown.one": "{n} 位未分組",
    "group.unknown.many": "{n} 位未分組",
    "group.other": "{n} 位 {name}",
    "group.name.super-user": "重度使用者",
    "group.name.churned": "已流失",
    "group.name.new": "新客戶",
    "group.name.prospect": "潛在客戶",
    "group.name.unknown": "未分組",
    "section.overview": "概覽",
    "section.icps": "理想客戶輪廓（ICP）",
    "section.icps_note": "值得爭取的對象。每項條件都能拿一個客戶來檢驗。",
    "section.personas": "人物誌",
    "section.personas_note": "其中的人。以定義他們的特點為名，不虛構姓名、照片或年齡。",
    "section.negative": "不適合的對象",
    "section.audience": "更廣的受眾",
    "section.minority": "少數意見",
    "section.minority_note": "只有少數人說，因與眾不同而保留。",
    "section.themes": "引文牆",
    "section.themes_note": (
        "至少兩位受訪者說過的相近內容，人數多者在前；計人數，不計次數。細線是假如"
        "隨機抽樣時的 95 % 區間，但這並非隨機樣本。"
    ),
    "section.map": "誰說了什麼",
    "section.map_note": (
        "每列是一個主題，每欄是一位受訪者。有色的格子表示說過，數字是次數。空格不代表"
        "否定，也許從未被問到。"
    ),
    "section.people": "受訪者",
    "section.refused": "被拒絕的引文",
    "section.refused_note": "與原文不符的引文，一律不採計，也不在此顯示。",
    "section.refused_none": "沒有被拒絕的引文。",
    "section.sources": "資料來源",
    "section.excerpts": "引文在原處",
    "section.excerpts_note": "每段引文連同前後各一個話輪。",
    "section.read": "如何閱讀",
    "figure.people.one": "位受訪者",
    "figure.people.many": "位受訪者",
    "figure.interviews.one": "場訪談",
    "figure.interviews.many": "場訪談",
    "figure.insights.one": "則有據洞察",
    "figure.insights.many": "則有據洞察",
    "figure.refused.one": "段引文被拒",
    "figure.refused.many": "段引文被拒",
    "figure.themes.one": "個共同主題",
    "figure.themes.many": "個共同主題",
    "figure.drafts.one": "份輪廓或人物誌草稿",
    "figure.drafts.many": "份輪廓或人物誌草稿",
    "overview.pain": "困擾他們的",
    "overview.motivation": "驅動他們的",
    "overview.trait": "他們是誰、怎麼工作",
    "overview.sample": "聽到了誰",
    "count.of": "{n} 位中 {k} 位",
    "count.of_people": "{n} 位受訪者中 {k} 位",
    "count.mentions.one": "提及 {n} 次",
    "count.mentions.many": "提及 {n} 次",
    "count.people.one": "{n} 人",
    "count.people.many": "{n} 人",
    "count.companies.one": "{n} 家公司",
    "count.companies.many": "{n} 家公司",
    "count.more_quotes.one": "另 {n} 段引文",
    "count.more_quotes.many": "另 {n} 段引文",
    "count.not_shown.one": "另有 {n} 位受訪者說過；見 synthesis.json",
    "count.not_shown.many": "另有 {n} 位受訪者說過；見 synthesis.json",
    "count.themes_not_shown.one": "另有 {n} 個人數較少的主題，見 synthesis.json。",
    "count.themes_not_shown.many": "另有 {n} 個人數較少的主題，見 synthesis.json。",
    "count.turns.one": "{n} 個話輪",
    "count.turns.many": "{n} 個話輪",
    "count.interval": "若為隨機樣本則為 {low}–{high} %",
    "count.asked": "{n} 位被問到",
    "count.stability": "穩定度 {value}",
    "count.score": "契合度 {value}",
    "stance.all": "全部 {n} 位受訪者：",
    "stance.supports": "支持",
    "stance.contradicts": "反對",
    "stance.silent": "未提",
    "stance.unjudged": "未判定",
    "claim.evidence": "有據",
    "claim.inference": "推論",
    "claim.explicit": "{n} 段明說",
    "claim.implicit": "{n} 段隱含",
    "claim.leading.one": "{n} 段在誘導性提問之後",
    "claim.leading.many": "{n} 段在誘導性提問之後",
    "claim.confidence": "信心 {value}",
    "claim.accepted": "{by} 已接受",
    "claim.edited": "{by} 已修改",
    "claim.rejected": "{by} 已否決",
    "claim.stale": "其後證據有變",
    "claim.counter": "相反的說法",
    "claim.uncited": "沒有引文支持這句話，屬於推論。",
    "card.account": "客戶類型",
    "card.person": "人的類型",
    "card.little.one": "{n} 個群組資料太少，未起草",
    "card.little.many": "{n} 個群組資料太少，未起草",
    "card.too_little": "資料太少，不足以起草；以下是他們的共同點",
    "card.too_few_people": "本組只有 {n}；至少要有三人共有兩個主題才起草。",
    "card.too_few_themes": (
        "這 {n}的共同主題不到兩個；至少要有三人共有兩個主題才起草。"
    ),
    "card.nothing_shared": "沒有任何兩位說過相近的話。",
    "card.none": "沒有至少三人且共有兩個主題的群組，因此未起草。現有內容見下方引文牆。",
    "card.criteria": "條件",
    "card.merged": "已併入 {name}",
    "card.of_icp": "屬於",
    "card.personas": "人物誌",
    "card.members": "成員",
    "card.other": "其他主張",
    "card.signals": "契合訊號",
    "criterion.field": "欄位",
    "criterion.operator": "關係",
    "criterion.value": "值",
    "criterion.status": "依據",
    "criterion.coverage": "已知",
    "criterion.effect": "作用",
    "criterion.assumption": "假設",
    "criterion.evidence": "有據",
    "criterion.knock_out": "淘汰",
    "criterion.weight": "加權",
    "operator.=": "等於",
    "operator.>=": "至少",
    "operator.<=": "至多",
    "operator.between": "介於",
    "operator.in": "屬於",
    "operator.not in": "不屬於",
    "quote.open": "看原處",
    "quote.marks": "「{text}」",
    "quote.see_html": "每段引文的前後話輪見 report.html。",
    "quote.close": "關閉",
    "quote.before": "前一話輪",
    "quote.after": "後一話輪",
    "quote.no_before": "之前沒有內容。",
    "quote.no_after": "之後沒有內容。",
    "quote.interviewer": "訪談者",
    "quote.participant": "受訪者",
    "quote.unknown_role": "身分不明",
    "quote.leading": "誘導性提問",
    "quote.leading_note": "前面的問題已提示了答案。",
    "quote.implied": "隱含",
    "quote.implied_note": "並未明說，由話中讀出。",
    "quote.hidden": "隱藏字元",
    "quote.hidden_note": "原文此處含有看不見的字元，以代碼顯示。",
    "quote.hidden_one": "隱藏字元 {code}",
    "quote.read_as": "讀作{kind}",
    "quote.place": "第 {start} 至 {end} 字元，第 {turn} 話輪",
    "quote.exact": "與原文逐字相同",
    "quote.folded": "除空白、大小寫或引號外與原文相同",
    "quote.moved": "實際出現在另一個話輪",
    "quote.intensity.1": "提到",
    "quote.intensity.2": "強調",
    "quote.intensity.3": "關鍵",
    "kind_one.trait": "特徵",
    "kind_one.pain": "痛點",
    "kind_one.motivation": "動機",
    "kind.trait": "特徵",
    "kind.pain": "痛點",
    "kind.motivation": "動機",
    "category.role": "職務",
    "category.decision_authority": "決策權",
    "category.firmographic": "公司概況",
    "category.technology": "工具",
    "category.budget_price": "預算與價格",
    "category.demographic": "人口特徵",
    "category.socioeconomic": "收入與家戶",
    "category.psychographic": "價值與態度",
    "category.behaviour": "行為",
    "category.purchase_pattern": "購買方式",
    "category.channel": "管道",
    "category.brand_affinity": "忠誠度",
    "category.problem": "問題",
    "category.obstacle": "阻礙",
    "category.workaround": "變通做法",
    "category.dislike": "不滿",
    "category.fear": "擔憂",
    "category.objection": "異議",
    "category.goal": "目標",
    "category.desired_gain": "想要的好處",
    "category.trigger": "觸發",
    "category.like": "喜歡",
    "category.reason_to_stay": "留下的理由",
    "category.advocacy": "推薦",
    "field.industry": "產業",
    "field.headcount_company": "公司人數",
    "field.headcount_department": "部門人數",
    "field.revenue": "營收",
    "field.budget": "預算",
    "field.geography": "地區",
    "field.sites": "據點",
    "field.company_age": "公司年齡",
    "field.customer_count": "客戶數",
    "field.maturity": "成熟度",
    "field.technology": "工具",
    "field.sales_cycle": "銷售週期",
    "field.role": "工作",
    "field.seniority": "職級",
    "field.experience": "經驗",
    "field.decision_role": "決策角色",
    "field.price_paid": "實付價格",
    "field.willingness_to_pay": "願付價格",
    "field.tenure": "往來時間",
    "field.usage_frequency": "使用頻率",
    "field.age": "年齡",
    "field.sex": "性別",
    "field.income": "收入",
    "field.education": "教育",
    "field.family": "家庭",
    "field.place": "地點",
    "field.language": "語言",
    "field.media": "媒體",
    "field.audience": "受眾",
    "field.why_us": "為何選我們",
    "signal.ready": "有迫切問題",
    "signal.willing": "願意行動",
    "signal.able": "有能力",
    "signal.success_potential": "能成功",
    "signal.acquisition_efficiency": "取得成本低",
    "signal.ascension_potential": "會買更多",
    "signal.advocacy_potential": "會幫忙說話",
    "people.name": "受訪者",
    "people.group": "組別",
    "people.company": "公司、工作",
    "people.segment": "區隔",
    "people.facts": "事實（照其所說）",
    "people.more_facts.one": "另 {n} 項",
    "people.more_facts.many": "另 {n} 項",
    "people.no_facts": "未說明",
    "people.unassigned": "不屬任何區隔",
    "people.unknown": "不詳",
    "people.segment_number": "區隔 {n}",
    "map.theme": "主題",
    "map.people": "人數",
    "map.row": "{n} 位受訪者中 {k} 位：{by_segment}",
    "map.by_segment": "{name} {n} 位中 {k} 位",
    "reason.too_short": "太短，無法確定出處",
    "reason.exact": "與原文相同",
    "reason.folded": "除空白外與原文相同",
    "reason.elided": "省略後接合",
    "reason.interviewer": "訪談者的話",
    "reason.stitched": "由不同地方拼接",
    "reason.altered_number": "數字或單位被改",
    "reason.altered_negation": "否定詞被改",
    "reason.altered_words": "字詞被改",
    "reason.not_found": "原文中沒有",
    "reason.no_quote": "沒有附引文",
    "reason.unknown_category": "編碼簿沒有的類別",
    "reason.two_speakers": "兩個人的話混在一起",
    "reason.invalid_item": "不合回答格式的項目",
    "refused.reason": "原因",
    "refused.count": "引文數",
    "refused.by_source": "依訪談",
    "sources.file": "檔案",
    "sources.language": "語言",
    "sources.date": "日期",
    "sources.turns": "話輪",
    "sources.cited": "引用",
    "sources.hash": "檔案 SHA-256",
    "sources.list.one": "已讀 {n} 場訪談",
    "sources.list.many": "已讀 {n} 場訪談",
    "sources.coverage": "讀了什麼、略過什麼",
    "coverage.sources": "檔案",
    "coverage.read": "已讀",
    "coverage.duplicate": "內容重複",
    "coverage.left_out": "略過",
    "coverage.refused": "拒絕",
    "coverage.failed": "無法讀取",
    "coverage.ignored": "忽略",
    "coverage.characters": "受訪者所說的字元",
    "coverage.read_uncited": "已讀未引用",
    "coverage.unread": "未讀",
    "coverage.all": "合計",
    "coverage.windows": "視窗",
    "coverage.merged_insights": "合併的重複內容",
    "coverage.cited": "已引用",
    "made.created": "產生時間",
    "made.analyst": "分析器",
    "made.model": "模型",
    "made.no_model": "無",
    "made.prompts": "提示詞",
    "made.version": "版本",
    "made.code": "程式碼",
    "made.embedding": "向量",
    "made.tokens": "詞元計數",
    "made.readers": "讀取器",
    "made.settings": "設定",
    "made.inputs.one": "{n} 個輸入檔及其 SHA-256",
    "made.inputs.many": "{n} 個輸入檔及其 SHA-256",
    "read.counts": "「n 之 k」計的是受訪者。一個人說十次仍只算一位；次數放在其次。",
    "read.interval": (
        "區間（Wilson，95 %）表示假如受訪者是隨機抽出的，比例可能落在哪裡。實際上不是，"
        "請當作提醒。"
    ),
    "read.stance": (
        "支持與反對都是有引文的人。未提：已讀過最相近的段落，沒有談到。未判定：還沒有人看過。"
    ),
    "read.basis": "有據：至少一段引文與原文逐字相符。推論：沒有引文。",
    "read.leading": "誘導性提問自帶答案，其後的回答份量較輕。",
    "read.quotes": "只引用受訪者的話，每段都依位置從逐字稿切出。",
}
"""Chinese, Traditional, as written in Taiwan."""

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


@dataclass(frozen=True)
class Words:
    """The words of one language.

    Attributes:
        language: `en` or `zh`.
        table: Key to text with `{placeholders}`.
    """

    language: str
    table: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its placeholders filled."""
        return self.table[key].format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """Return `KEY.one` or `KEY.many`, with `{n}` filled."""
        form = "one" if n == 1 else "many"
        return self(f"{key}.{form}", n=f"{n:,}", **values)

    def named(self, group: str, name: str) -> str:
        """Return `GROUP.NAME`, or the name itself, spaced, where no word is known."""
        known = self.table.get(f"{group}.{name}")
        return known if known is not None else name.replace("_", " ")

    @property
    def tag(self) -> str:
        """The language tag of a page, as in BCP 47."""
        return "zh-Hant-TW" if self.language == "zh" else self.language


def words_of(language: str) -> Words:
    """Return the words of a language.

    Args:
        language: `en` or `zh`.

    Raises:
        UsageError: When there is no table for it.
    """
    if language not in LANGUAGES:
        msg = f"There is no report in the language {language!r}."
        raise UsageError(msg, hint=f"Choose one of {', '.join(sorted(LANGUAGES))}.")
    return Words(language=language, table=LANGUAGES[language])
