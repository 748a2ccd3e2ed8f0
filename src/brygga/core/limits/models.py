"""How often something was done from one network address today. Nothing here outlives the day."""

import secrets

from django.db import models


def new_salt() -> str:
    return secrets.token_hex(32)


class DailySalt(models.Model):
    """Makes the hashes of one day worthless on the next, when it has been deleted."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64, default=new_salt)

    def __str__(self) -> str:
        return str(self.day)


class LimitCounter(models.Model):
    day = models.DateField()
    key = models.CharField(max_length=64)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="limit_counter_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.key[:8]}: {self.count}"
