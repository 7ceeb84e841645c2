"""What was bought, as the shop told us, and who tried to prove it."""

from django.db import models


class Channel(models.TextChoices):
    """Where an order was placed (order.channel of the decision contract)."""

    OFFICIAL_WEBSITE = "official_website"
    AMAZON_STORE = "amazon_store"
    AUTHORIZED_DEALER = "authorized_dealer"
    OFFLINE_STORE = "offline_store"
    UNAUTHORIZED = "unauthorized"
    OTHER = "other"


class Order(models.Model):
    """One order. An instant stands beside the calendar date it had where it was written down (_on) and its offset.

    delivered: null when the shop does not know. country, invoice_issued: likewise.
    """

    number = models.CharField(max_length=32, unique=True)
    printed_number = models.CharField(max_length=64)
    source = models.CharField(max_length=16)
    remark = models.CharField(max_length=500, blank=True)

    email = models.CharField(max_length=254, blank=True)
    postcode = models.CharField(max_length=32, blank=True)
    phone = models.CharField(max_length=64, blank=True)
    payment = models.CharField(max_length=200, blank=True)

    channel = models.CharField(max_length=20, choices=Channel.choices)
    country = models.CharField(max_length=2, null=True)  # unknown is not empty
    currency = models.CharField(max_length=3)

    placed_at = models.DateTimeField()
    placed_offset_minutes = models.SmallIntegerField()
    placed_on = models.DateField()
    delivered = models.BooleanField(null=True)
    delivered_at = models.DateTimeField(null=True)
    delivered_offset_minutes = models.SmallIntegerField(null=True)
    delivered_on = models.DateField(null=True)
    delivery_due_at = models.DateTimeField(null=True)

    expedited_fee = models.DecimalField(max_digits=12, decimal_places=2)
    invoice_issued = models.BooleanField(null=True)
    fully_refunded = models.BooleanField()
    imported_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(delivered_on__isnull=True) | models.Q(delivered=True, delivered__isnull=False),
                name="order_delivery_date_means_delivered",
            ),
        )

    def __str__(self) -> str:
        return self.number


class Line(models.Model):
    """One line of an order; position: its place there, from 0. unit_price_paid: for one piece, discounts taken off."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    sku = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=300)
    colour = models.CharField(max_length=100, blank=True)
    quantity = models.PositiveIntegerField()
    unit_price_paid = models.DecimalField(max_digits=12, decimal_places=2)
    free = models.BooleanField()
    serials = models.JSONField(default=list)
    exchanges_made = models.PositiveIntegerField()
    replaced_on = models.DateField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["order", "position"], name="line_position_once"),)

    def __str__(self) -> str:
        return f"{self.quantity} x {self.name}"


class Gift(models.Model):
    """A gift that came with an order; value: its total price (R.gift)."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="gifts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["order", "position"], name="gift_position_once"),)

    def __str__(self) -> str:
        return self.name


class ProofAttempt(models.Model):
    """Somebody tried to prove an order. What was typed as proof is not kept in any form.

    number: as typed, in stored form, whether such an order exists or not; a digest when it is no number at all.
    """

    class Outcome(models.TextChoices):
        FAILED = "failed"
        PROVEN = "proven"
        REFUSED = "refused"  # not looked at, because of the failures before; counts for nothing

    conversation_id = models.CharField(max_length=200)
    number = models.CharField(max_length=64)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)

    class Meta:
        indexes = (
            models.Index(fields=["conversation_id", "outcome"], name="proof_by_conversation"),
            models.Index(fields=["number", "outcome", "at"], name="proof_by_number"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"
