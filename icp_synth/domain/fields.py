"""The closed lists of the codebook (version 1) and the catalogue of fields."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, get_args

from icp_synth.domain.values import Value

CODEBOOK_VERSION = 1

Kind = Literal["trait", "pain", "motivation"]
KINDS: tuple[Kind, ...] = get_args(Kind)

CATEGORIES: dict[Kind, dict[str, str]] = {
    "trait": {
        "role": "job, seniority, responsibility, years of experience",
        "decision_authority": "who decides, approves or pays; whose budget",
        "firmographic": "industry, headcount, revenue, geography, sites, customers",
        "technology": "tools, systems and services in use, integrations",
        "budget_price": "prices paid, budget, willingness to pay",
        "demographic": "age, sex, family, education, place; only when said",
        "socioeconomic": "income, household, neighbourhood; only when said",
        "psychographic": "values, beliefs, interests, attitude to risk, media",
        "behaviour": "how they work or use the product: steps, frequency, habits",
        "purchase_pattern": "how they search, compare, buy, renew, upgrade",
        "channel": "where and how they want to be reached, whom they listen to",
        "brand_affinity": "loyalty, tenure, other brands, recommending, switching",
    },
    "pain": {
        "problem": "something that goes wrong now, with its cost",
        "obstacle": "what keeps them from a goal: skill, feature, access, time",
        "workaround": "an effort made only because something else fails",
        "dislike": "what they reject about a product, supplier or way of working",
        "fear": "something that may happen and that worries them",
        "objection": "a reason against buying, adopting, renewing, paying more",
    },
    "motivation": {
        "goal": "an outcome that they want to reach",
        "desired_gain": "a benefit that they look for or already value",
        "trigger": "the event that made them start, search, buy or switch",
        "like": "what they praise about a product, supplier or way of working",
        "reason_to_stay": "why they keep using, renew or expand",
        "advocacy": "they recommend, refer, or would speak for it",
    },
}
"""Kind → category → what belongs there, in the codebook's order."""

KIND_OF: dict[str, Kind] = {
    category: kind for kind, entries in CATEGORIES.items() for category in entries
}
"""The kind of each category; names are unique over kinds."""

SIGNALS: dict[str, str] = {
    "ready": "knows the problem, and it is urgent",
    "willing": "is acting to solve it",
    "able": "has budget and authority",
    "success_potential": "can reach the outcome with what they have",
    "acquisition_efficiency": "cheap to win and to serve",
    "ascension_potential": "will buy more",
    "advocacy_potential": "will speak for it",
}
"""The seven fit signals (Lincoln Murphy) and what each asks."""

FieldType = Literal["text", "number", "money", "category"]
Level = Literal["account", "person"]


class ProfileField(Value):
    """A row of the catalogue of profile fields.

    `operators` are those that an ICP criterion may use on the field; `protected`
    fields are kept when said and never enter a score by default.
    """

    name: str
    type: FieldType
    unit: str | None
    operators: tuple[str, ...]
    level: Level
    category: str
    protected: bool = False


_NUMBER = ("=", ">=", "<=", "between")
_TEXT = ("=", "in", "not in")


def _field(
    name: str,
    kind: FieldType,
    level: Level,
    category: str,
    *,
    unit: str | None = None,
    protected: bool = False,
) -> ProfileField:
    operators = _NUMBER if kind in {"number", "money"} else _TEXT
    return ProfileField(
        name=name,
        type=kind,
        unit=unit,
        operators=operators,
        level=level,
        category=category,
        protected=protected,
    )


PROFILE_FIELDS: dict[str, ProfileField] = {
    field.name: field
    for field in (
        _field("industry", "category", "account", "firmographic"),
        _field("headcount_company", "number", "account", "firmographic", unit="people"),
        _field(
            "headcount_department", "number", "account", "firmographic", unit="people"
        ),
        _field("revenue", "money", "account", "firmographic", unit="per year"),
        _field("budget", "money", "account", "budget_price"),
        _field("geography", "category", "account", "firmographic"),
        _field("sites", "number", "account", "firmographic", unit="sites"),
        _field("company_age", "number", "account", "firmographic", unit="years"),
        _field("customer_count", "number", "account", "firmographic", unit="customers"),
        _field("maturity", "text", "account", "firmographic"),
        _field("technology", "category", "account", "technology"),
        _field("sales_cycle", "number", "account", "purchase_pattern", unit="days"),
        _field("role", "category", "person", "role"),
        _field("seniority", "category", "person", "role"),
        _field("experience", "number", "person", "role", unit="years"),
        _field("decision_role", "category", "person", "decision_authority"),
        _field("price_paid", "money", "account", "budget_price"),
        _field("willingness_to_pay", "money", "account", "budget_price"),
        _field("tenure", "number", "account", "brand_affinity", unit="years"),
        _field("usage_frequency", "text", "person", "behaviour"),
        _field("age", "number", "person", "demographic", unit="years", protected=True),
        _field("sex", "category", "person", "demographic", protected=True),
        _field("income", "money", "person", "socioeconomic", protected=True),
        _field("education", "category", "person", "demographic"),
        _field("family", "text", "person", "demographic", protected=True),
        _field("place", "category", "person", "demographic"),
        _field("language", "category", "person", "demographic"),
        _field("media", "category", "person", "psychographic"),
    )
}
"""The closed catalogue; `other:NAME` is allowed beside it."""

OTHER = "other:"


def attribute_of(name: str | None) -> str | None:
    """Map a free word for an attribute to the catalogue.

    Args:
        name: What a model or a label file wrote, e.g. `Headcount (company)`.

    Returns:
        The field's name, `other:NAME`, or None for nothing.
    """
    if not name:
        return None
    free = name.strip().lower().removeprefix(OTHER)
    word = "_".join(_NO_WORD.sub(" ", free).split())
    if not word:
        return None
    if word in PROFILE_FIELDS:
        return word
    return _ALIASES.get(word, f"{OTHER}{word}")


def comparable(value: str) -> str:
    """Return a value's words in the form in which two people's are compared.

    Currency signs, `%`, `+` and `#` tell values apart and stay.

    Example:
        >>> comparable("  The Xero. "), comparable("C++"), comparable("1,200")
        ('xero', 'c++', '1200')
    """
    folded = unicodedata.normalize("NFKC", value).casefold()
    words = _PUNCTUATION.sub(" ", _THOUSANDS.sub("", folded)).split()
    kept = [word for word in words if word not in {"the", "a", "an"}]
    return " ".join(kept or words) or value.strip()


_NO_WORD = re.compile(r"[\W_]+")
_PUNCTUATION = re.compile(r"[^\w+#%$€£¥]+|_+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


_ALIASES = {
    "job": "role",
    "job_title": "role",
    "title": "role",
    "occupation": "role",
    "headcount": "headcount_company",
    "company_size": "headcount_company",
    "employees": "headcount_company",
    "team_size": "headcount_department",
    "tool": "technology",
    "tools": "technology",
    "software": "technology",
    "location": "place",
    "city": "place",
    "country": "geography",
    "region": "geography",
    "price": "price_paid",
    "years_of_experience": "experience",
    "frequency": "usage_frequency",
    "gender": "sex",
}


def claim_fields(extra: tuple[tuple[str, str], ...] = ()) -> tuple[str, ...]:
    """Return every value that a claim's `field` may take, in a fixed order.

    Args:
        extra: Own categories of study.toml as (kind, category).
    """
    by_category = [
        f"{kind}/{category}" for kind in KINDS for category in CATEGORIES[kind]
    ]
    own = [f"{kind}/{category}" for kind, category in extra]
    signals = [f"signal/{name}" for name in SIGNALS]
    return (*PROFILE_FIELDS, *by_category, *own, "audience", "why_us", *signals)
