"""Whose product is spoken of where none is named."""

from __future__ import annotations

import pytest

from icp_synth.domain.mentions import names_another


@pytest.mark.parametrize(
    "text",
    [
        "It's the last tool I'd give up",
        "The last software update fixed the sync",
        "Our last system update took an hour",
        "The previous software version was slower",
        "It sends the job straight to the customer's own app",
        "The job is sent straight to the customer's own app",
        "It works with the customer's own app",
        "It opens the client's portal by itself",
        "Jobs appear in the customer's own app",
        "The invoices go straight into the client's portal",
        "It talks to the client's system and the customer's own app",
        "它直接把訂單傳到供應商的系統",
    ],
)
def test_what_ours_is_or_does_is_of_no_other_product(text: str) -> None:
    assert not names_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "My last tool lost the photos",
        "our last supplier never rang back",
        "At my last employer nobody planned",
        "The last supplier we had never rang back",
        "The previous system was a pain",
        "The supplier's portal logs her out",
        "I have to type it all into the client's own portal",
        "We still log in to the manufacturer portal for that",
        "I go into the client's portal every night",
        "There we must use the customer's software",
        "There's a supplier portal that I log into thirty times a day",
        "I spend so much time with the permit portal",
        "I have to send it all to the supplier's portal",
        "We had the offer of a manufacturer's own software for free",
        "登入供應商的系統很慢",
    ],
)
def test_what_was_used_before_or_is_anothers_is_another_product(text: str) -> None:
    assert names_another(text)
