"""What we promised, to whom, and why."""

from django.db import models


class Case(models.Model):
    """One request of one customer about one order: what a person at SOOCAS decides on."""

    class State(models.TextChoices):
        UNDER_REVIEW = "under_review"
        WITHDRAWN = "withdrawn"
        CLOSED = "closed"

    number = models.CharField(max_length=16, unique=True)
    opened_by = models.CharField(max_length=100, unique=True, help_text="message id and action: opens one case only")
    conversation = models.CharField(max_length=64, db_index=True)
    order_number = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.UNDER_REVIEW)
    outcome = models.CharField(max_length=20)
    policy_version = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    review_by = models.DateField(help_text="the last day to answer, in the customer's time zone")
    timezone = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.number


class CaseItem(models.Model):
    """One thing of the order with its own reason: its facts with their sources, its evidence, its decision.

    facts: {"claim.reason": {"value": "colour", "source": "customer"}, …}; sources are shop, customer, agent, photo.
    decision: the decision contract's JSON as it was made, so that it can be made again years later.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    lines = models.JSONField(help_text="the order's lines with how many of each: [[line, quantity], …]")
    facts = models.JSONField()
    evidence = models.JSONField()
    decision = models.JSONField()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("case", "position"), name="one_item_a_position"),)
