"""The limited warranty in our words, in its order."""

from __future__ import annotations

from typing import Final

from policy.clause import Clause

WARRANTY: Final = (
    Clause(
        "W.cover",
        "The warranty is for defects of material or workmanship that show when the item is used as its guide says.",
        (
            *("warranty.delivered", "warranty.no_defect", "warranty.quality_problem", "reasons.warranty_reasons"),
            "inspection.decide_inspected",
        ),
    ),
    Clause(
        "W.period",
        "Items from our official website have a warranty of {warranty_years} year, counted from the day of purchase.",
        ("channels.bought_officially", "dates.purchase_end", "warranty.is_in_period", "reasons.warranty_reasons"),
    ),
    Clause(
        "W.country",
        "The warranty is good in the country or region where the item was bought.",
        ("warranty.at_home",),
    ),
    Clause(
        "W.remedy",
        "You get the same model of the same value, or else a new product. If that cannot be done, or you prefer, a "
        "refund is offered.",
        ("remedies.remedies_of", "reasons.warranty_reasons"),
    ),
    Clause(
        "W.after-replacement",
        "A replacement is covered as long as the first item would have been, or {replacement_months} months from the "
        "swap if that is longer.",
        ("dates.replacement_end", "warranty.is_in_period", "reasons.warranty_reasons"),
    ),
    Clause("W.after-refund", "The warranty ends when everything has been refunded.", ("warranty.not_refunded",)),
    Clause("W.need.proof", "We need to see that it was bought from us.", ("warranty.proven",)),
    Clause(
        "W.need.troubleshooting",
        "We note down which steps you have already tried to fix it.",
        ("evidence.evidence_of",),
    ),
    Clause(
        "W.need.defect",
        "We need the serial number, or a description of the defect that we can check, or both.",
        ("evidence.evidence_of",),
    ),
    Clause(
        "W.need.inspection",
        "We may ask you to send the item in, so that we can look at it.",
        ("reasons.warranty_reasons",),
    ),
    Clause(
        "W.need.right-item",
        "If we ask for the defective item and get another one, or nothing, the replacement loses its warranty.",
        ("reasons.warranty_reasons", "inspection.decide_inspected"),
    ),
    Clause("W.proof.order", "The order number of our official website is proof enough.", ("warranty.proven",)),
    Clause("W.proof.invoice", "The sales invoice, if you got one, proves the purchase too.", ("warranty.proven",)),
    Clause(
        "W.proof.more",
        "Now and then we have to ask for a second proof, a payment receipt for example.",
        decides_nothing="whether one proof is enough is for the person who reviews the case to say",
    ),
    Clause(
        "W.claim-window",
        "A claim stays open for {claim_open_days} days. After those days and the warranty are both over, we cannot "
        "take it up any more.",
        ("warranty.in_period", "warranty.is_in_period", "dates.claim_until", "reasons.warranty_reasons"),
    ),
    Clause(
        "W.freight.1",
        "For a claim made outside the country or region of purchase, the shipping is yours to pay.",
        ("warranty.at_home", "freight.freight_of"),
    ),
    Clause(
        "W.freight.2",
        "What is sent to us without notice travels at your cost.",
        decides_nothing="it is about a parcel nobody asked for; a decision always comes before the parcel",
    ),
    Clause(
        "W.freight.3",
        "If our check finds that the item works, the shipping is yours to pay.",
        ("reasons.warranty_reasons", "inspection.decide_inspected"),
    ),
    Clause(
        "W.freight.4",
        "Sending a defective item across a border is at your cost.",
        decides_nothing="an item abroad is for a person already, with the freight on the customer (I.abroad)",
    ),
    Clause(
        "W.freight.5",
        "What is sent to us outside the agreed way travels at your cost.",
        decides_nothing="it is about parcels outside a case; a decision is what opens the case",
    ),
    Clause("W.exclude.1", "Without a proof of purchase there is no warranty.", ("warranty.proven",)),
    Clause("W.exclude.2", "The warranty does not replace what was lost or stolen.", ("warranty.lost",)),
    Clause("W.exclude.3", "The time of the warranty is over.", ("warranty.in_period",)),
    Clause(
        "W.exclude.4",
        "It is not a question of quality, and the {return_window_days} days for a refund are over.",
        ("warranty.no_defect",),
    ),
    Clause("W.exclude.5", "Products that were free of charge carry no warranty.", ("warranty.not_free",)),
    Clause(
        "W.exclude.6",
        "The warranty ends when somebody other than us has repaired or serviced the item.",
        ("causes.natural_cause", "warranty.quality_problem"),
    ),
    Clause(
        "W.exclude.7",
        "Damage that came from outside is not covered.",
        ("causes.natural_cause", "warranty.quality_problem"),
    ),
    Clause(
        "W.exclude.8",
        "Damage from rough or wrong handling is not covered: a fall, great heat or cold, and the like.",
        ("causes.natural_cause", "warranty.quality_problem"),
    ),
    Clause(
        "W.exclude.9",
        "What a dealer without our authorization has sold is not covered.",
        ("channels.bought_officially",),
    ),
    Clause(
        "W.label",
        "With the prepaid label that we sent you, loss and damage on the way are our risk.",
        ("reasons.warranty_reasons",),
    ),
    Clause(
        "W.dealer",
        "You bought from an authorized dealer, who takes care of returns and replacements: please turn to them.",
        ("channels.bought_officially",),
    ),
    Clause(
        "W.unauthorized",
        "We cannot vouch for goods that did not come through our official channels.",
        ("channels.bought_officially",),
    ),
    Clause(
        "W.apply",
        "To apply, you as the present owner give us the order number, the first buyer's receipt, and evidence of the "
        "defect.",
        ("evidence.evidence_of",),
    ),
)
