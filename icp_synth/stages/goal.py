"""Tell which claims and criteria serve the study's goal or a differentiator.

Two ways lead to "serves": a claim says a word of what the goal is about ("renewed" for
a goal of customers who stay), or it is like the goal. A claim that merely stands in a
field of that matter (`tenure`) may serve the goal or not: that is `unknown`. What
serves neither is said so; it may be true and still be of no use here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from icp_synth.domain.brief import Brief
from icp_synth.domain.likeness import Likeness
from icp_synth.domain.mentions import names_any
from icp_synth.domain.positioning import GoalCode, GoalFit
from icp_synth.domain.profiles import Claim, Criterion


class _Topic(NamedTuple):
    """Words of a goal, and the fields that they are about."""

    name: str
    words: tuple[str, ...]
    fields: frozenset[str]


def _topic(name: str, english: str, chinese: str, fields: str) -> _Topic:
    words = (*english.split(", "), *chinese.split())
    return _Topic(name, words, frozenset(fields.split()))


_TOPICS = (
    _topic(
        "retention",
        "stay, stays, staying, retain, retention, retained, keep, renew, renewal, "
        "renewals, churn, loyal, loyalty, leave, cancel, cancellations, tenure",
        "留存 續約 续约 流失 忠誠 忠诚 留住 續訂 续订 留下",
        "tenure motivation/reason_to_stay trait/brand_affinity pain/dislike "
        "pain/objection signal/success_potential",
    ),
    _topic(
        "advocacy",
        "recommend, recommends, recommendation, recommendations, refer, referral, "
        "referrals, advocate, advocates, advocacy, reviews, word of mouth, reference",
        "推薦 推荐 口碑 轉介 转介 介紹 介绍",
        "motivation/advocacy motivation/like signal/advocacy_potential "
        "trait/channel media",
    ),
    _topic(
        "revenue",
        "revenue, sales, turnover, profit, profits, margin, margins, income, deal, "
        "deals, deal size, contract value, price, prices, pricing, budget, arr, mrr, "
        "lifetime value, ltv",
        "營收 营收 收入 利潤 利润 銷售 销售 價格 价格 客單價 客单价 預算 预算",
        "budget price_paid willingness_to_pay revenue trait/budget_price "
        "trait/purchase_pattern signal/able decision_role trait/decision_authority "
        "pain/objection",
    ),
    _topic(
        "expansion",
        "expand, expansion, upgrade, upgrades, upsell, cross-sell, add-on, add-ons, "
        "grow accounts, more seats, buy more, ascension",
        "擴展 扩展 升級 升级 加購 加购 增購 增购",
        "signal/ascension_potential headcount_company headcount_department sites "
        "customer_count motivation/goal",
    ),
    _topic(
        "acquisition",
        "sign-up, sign-ups, signups, new customers, acquire, acquisition, leads, "
        "win, conversion, trials, demos, adoption, market share, prospects, cac",
        "新客 獲客 获客 註冊 注册 轉化 转化 潛在客戶 潜在客户 成交",
        "motivation/trigger trait/purchase_pattern trait/channel media sales_cycle "
        "signal/ready signal/willing signal/acquisition_efficiency pain/objection "
        "decision_role trait/decision_authority",
    ),
    _topic(
        "service_cost",
        "support load, support cost, support costs, service cost, cost to serve, "
        "onboarding, self-service, tickets, overloaded",
        "客服成本 支援成本 服務成本 服务成本 導入 上手",
        "maturity experience technology trait/technology pain/obstacle "
        "signal/acquisition_efficiency signal/success_potential",
    ),
    _topic(
        "usage",
        "use it, usage, active, engagement, engaged, daily, habit, outcome, outcomes, "
        "get the most, value, success, successful",
        "使用 活躍 活跃 成功 成效 價值 价值",
        "usage_frequency trait/behaviour motivation/desired_gain motivation/goal "
        "signal/success_potential pain/problem",
    ),
)


def goal_fit(
    claims: Sequence[Claim],
    criteria: Sequence[Criterion],
    brief: Brief,
    *,
    likeness: Likeness,
    near: float,
) -> tuple[GoalFit, ...]:
    """Say of each claim, and each criterion without one, what it serves.

    Args:
        claims: Of one ICP.
        criteria: Of the same; one that rests on a claim is said with it.
        brief: Its outcome and differentiators.
        likeness: Of texts.
        near: The least cosine that counts.

    Returns:
        In the order given. A claim may serve both; `unknown` and `neither` are said
        outright, and `no_goal` where the brief leaves nothing to serve.
    """
    subjects = [(one.id, one.field, one.text) for one in claims]
    known = {one.id for one in claims}
    subjects += [
        (one.field, one.field, _words_of(one))
        for one in criteria
        if one.claim not in known
    ]
    goal, sets_apart = brief.outcome.strip(), brief.differentiators
    topics = [topic for topic in _TOPICS if goal and names_any(goal, topic.words)]
    targets = [*([goal] if goal else []), *sets_apart]
    texts = [text for _, _, text in subjects]
    rows = likeness(texts, targets) if texts and targets else [[] for _ in texts]
    return tuple(
        _fit(subject, list(row), topics, goal=goal, sets_apart=sets_apart, near=near)
        for subject, row in zip(subjects, rows, strict=True)
    )


def _fit(
    subject: tuple[str, str, str],
    row: Sequence[float],
    topics: Sequence[_Topic],
    *,
    goal: str,
    sets_apart: Sequence[str],
    near: float,
) -> GoalFit:
    name, field, text = subject
    with_goal = float(row[0]) if goal else 0.0
    about = [topic for topic in topics if field in topic.fields]
    spoken = [topic for topic in topics if names_any(text, topic.words)]
    shared = tuple(topic.name for topic in topics if topic in (*about, *spoken))
    served = tuple(
        one
        for one, cosine in zip(sets_apart, row[1 if goal else 0 :], strict=True)
        if cosine >= near
    )
    codes: list[GoalCode] = []
    if spoken or (goal and with_goal >= near):
        codes.append("serves_goal")
    if served:
        codes.append("serves_differentiator")
    if not codes and about:
        codes.append("unknown")
    if not codes:
        codes.append("neither" if goal or sets_apart else "no_goal")
    by: Literal["words", "likeness", "field"] | None = None
    if "serves_goal" in codes:
        by = "words" if spoken else "likeness"
    elif "unknown" in codes:
        by = "field"
    return GoalFit(
        subject=name,
        field=field,
        text=text,
        codes=tuple(codes),
        by=by,
        topics=shared,
        differentiators=served,
        likeness=round(with_goal, 4),
    )


def _words_of(criterion: Criterion) -> str:
    value = criterion.value
    listed = value if isinstance(value, tuple) else (value,)
    words = " ".join(str(one) for one in listed)
    return f"{criterion.field.replace('_', ' ')} {words}"
