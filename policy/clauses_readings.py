"""How we read what the two documents leave open, in our words."""

from __future__ import annotations

from typing import Final

from policy.clause import Clause

READINGS: Final = (
    Clause(
        "I.days",
        "Days count by date, and the last day still counts. A year or a month ends on the same date, or on the last "
        "day of a shorter month.",
        (
            *(
                "dates.return_until",
                "dates.is_late",
                "dates.purchase_end",
                "dates.replacement_end",
                "returns.in_window",
            ),
            *("warranty.in_period", "reasons.return_reasons", "reasons.warranty_reasons", "reasons.refusal_reasons"),
        ),
    ),
    Clause(
        "I.where",
        "The day you asked is the day where you are; if we do not know your time zone, the last place on Earth counts.",
        (
            *("dates.request_date", "dates.is_late", "returns.in_window", "warranty.in_period"),
            *("reasons.return_reasons", "reasons.warranty_reasons", "reasons.refusal_reasons"),
        ),
    ),
    Clause(
        "I.working-days",
        "Working days are Monday to Friday without public holidays; the day you ask is day 0.",
        ("dates.review_by", "reasons.return_reasons", "reasons.warranty_reasons", "reasons.cancel_reasons"),
    ),
    Clause(
        "I.fault-beats-condition",
        "When the fault is ours, you are not refused for what it made unavoidable: a defect that shows only in use "
        "goes the way of the warranty, and if packaging or parts are missing too, a person decides.",
        (
            *("returns.damaged_on_arrival", "returns.complete", "returns.wrong_item", "returns.missing_accessories"),
            *("returns.is_redirected", "reasons.return_reasons", "reasons.warranty_reasons"),
        ),
    ),
    Clause(
        "I.damaged-on-arrival",
        "Damage found on arrival counts as a quality problem, whatever happened on the way. Please show it in a photo.",
        (
            *("returns.damaged_on_arrival", "warranty.damaged_on_arrival", "evidence.evidence_of"),
            *("reasons.return_reasons", "reasons.warranty_reasons"),
        ),
    ),
    Clause(
        "I.amazon",
        "You bought in our Amazon store, so one of us will look at your request in person.",
        ("channels.is_amazon",),
    ),
    Clause(
        "I.abroad",
        "The item is in another country than the one it was bought in: a person decides, and the shipping is yours.",
        ("warranty.at_home", "freight.freight_of"),
    ),
    Clause(
        "I.review",
        "This is not yet a yes: we open a case, and a person checks it.",
        ("reasons.return_reasons", "reasons.warranty_reasons", "reasons.cancel_reasons"),
    ),
    Clause(
        "I.other-reason",
        "Our terms do not name your reason, so a person looks at it.",
        ("returns.other", "returns.reason", "warranty.other", "warranty.reason"),
    ),
    Clause(
        "I.expedited",
        "The fee for faster delivery is not refunded with a return, whoever is at fault.",
        ("money.refund_of", "reasons.return_reasons"),
    ),
    Clause(
        "I.water",
        "These products live with water, so water alone is never a reason to refuse: a person looks.",
        ("causes.natural_cause", "returns.quality_problem", "warranty.quality_problem"),
    ),
    Clause(
        "I.unsure",
        "Something that matters here could not be said for sure, so a person decides.",
        ("step.holds", "step.one_of", "returns.reason", "warranty.reason"),
    ),
    Clause(
        "I.delivery-date",
        "We look up the day of the delivery first, and ask you only if the shop does not know it.",
        ("returns.in_window",),
    ),
    Clause(
        "I.no-estimate",
        "We have no estimate of the day of delivery, so a person decides about the cancellation.",
        ("cancel.in_time",),
    ),
)
