"""Labels, lists and time-scales that a partnership may change: rows, not strings in code."""

from django.db import models


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, list_name: str) -> "TermQuerySet":
        return self.filter(list=list_name)

    def in_use(self) -> "TermQuerySet":
        """Not retired. A retired term keeps its label on old records and is no longer offered."""
        return self.filter(is_retired=False)

    def choices(self) -> list[tuple[str, str]]:
        return [(term.code, term.label) for term in self]

    def hints(self) -> dict[str, str]:
        return {term.code: term.description for term in self if term.description}

    def labels(self) -> dict[str, str]:
        """Code to label, retired ones included."""
        return {term.code: term.label for term in self}


class Term(models.Model):
    """One value of one list, such as code "knife" of list "harm_type"."""

    list = models.CharField(max_length=40)
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["list", "position", "label"]
        constraints = [models.UniqueConstraint(fields=["list", "code"], name="one_term_per_code")]

    def __str__(self) -> str:
        return self.label


class TimeUnit(models.TextChoices):
    WORKING_DAYS = "working_days", "working days"
    DAYS = "days", "days"


class TimeLimit(models.Model):
    """How long practice allows for something. `source` says where the figure comes from."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    length = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=15, choices=TimeUnit)
    source = models.CharField(max_length=200, help_text="Where the figure comes from. Check local policy.")

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label
