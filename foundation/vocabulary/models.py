"""Labels, lists and time-scales that a partnership may change: rows, not strings in code."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from foundation.base import clock
from foundation.base.pg.guard import Guarded, GuardedQuerySet

LABEL_LENGTH, DESCRIPTION_LENGTH, SOURCE_LENGTH = 120, 600, 200
"""Units: characters."""

ADMINISTRATOR = "administrator"
"""Role.ADMINISTRATOR of accounts, which this room may not import: a test holds the two together."""


class TermQuerySet(models.QuerySet["Term"]):
    def of(self, list_name: str) -> "TermQuerySet":
        return self.filter(list=list_name)

    def in_use(self, also: Iterable[str] = ()) -> "TermQuerySet":
        """Not retired. A retired term keeps its label on old records and is no longer offered.

        `also`: codes that a record has already, so that editing it takes nothing away.
        """
        return self.filter(Q(is_retired=False) | Q(code__in=list(also)))

    def under(self, parent_code: str) -> "TermQuerySet":
        """Those that belong to a value of another list, such as the wards of a locality."""
        return self.filter(parent__code=parent_code)

    def choices(self) -> list[tuple[str, str]]:
        return [(term.code, term.label) for term in self]

    def hints(self) -> dict[str, str]:
        return {term.code: term.description for term in self if term.description}

    def labels(self) -> dict[str, str]:
        """Code to label, retired ones included."""
        return {term.code: term.label for term in self}

    def label_of(self, list_name: str, code: str) -> str:
        """What people call it here, retired or not; the code itself where there is no such value."""
        found = self.of(list_name).filter(code=code).values_list("label", flat=True).first()
        return found or code


class Term(models.Model):
    """One value of one list, such as code "knife" of list "harm_type".

    Its code never changes and it is never deleted. `parent` is a value of another list that this one belongs
    to. `review_every_days` is for lists that say how often a case is looked at again; `returned_as` holds the
    codes under which a value is counted in a statutory return, separated by spaces.
    """

    list = models.CharField(max_length=40)
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=LABEL_LENGTH)
    description = models.CharField(max_length=DESCRIPTION_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    review_every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    returned_as = models.CharField(max_length=40, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["list", "position", "label"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="one_term_per_code"),
            models.UniqueConstraint(
                "list", Lower("label"), condition=Q(is_retired=False), name="one_live_term_per_label"
            ),
        ]

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
    source = models.CharField(
        max_length=SOURCE_LENGTH, help_text="Where the figure comes from. Check local policy."
    )

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label

    @property
    def in_words(self) -> str:
        """Such as "1 working day"; nothing is "the day itself"."""
        if self.length == 0:
            return "the day itself"
        unit = self.get_unit_display()
        return f"{self.length} {unit.removesuffix('s') if self.length == 1 else unit}"


TIME_LIMITS = "time_limit"
"""What `Change.list` holds where a time limit was changed; its `code` is the limit's."""


class What(models.TextChoices):
    """What about a word or figure was changed."""

    ADDED = "added", "Added"
    LABEL = "label", "Words"
    DESCRIPTION = "description", "Explanation"
    PARENT = "parent", "Belongs to"
    REVIEW = "review_every_days", "Days between reviews"
    RETURNED_AS = "returned_as", "Codes in returns"
    POSITION = "position", "Place in the list"
    RETIRED = "retired", "Retired"
    BROUGHT_BACK = "brought_back", "Brought back"
    LENGTH = "length", "Length"
    SOURCE = "source", "Source"


class ChangeQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everything for administrators, nothing for others."""
        return self.all() if ADMINISTRATOR in user.roles else self.none()

    def about(self, list_name: str, code: str = "") -> Self:
        """Of a whole list, or of one value of it; the latest first."""
        return self.filter(list=list_name, code=code) if code else self.filter(list=list_name)


class Change(Guarded):
    """Who changed which word or figure, when, from what to what. Written once, behind the second wall.

    `list` and `code` name the value; they never change. The audit row beside it holds ids alone.
    """

    list = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    what = models.CharField(max_length=20, choices=What)
    before = models.CharField(max_length=DESCRIPTION_LENGTH, blank=True)
    after = models.CharField(max_length=DESCRIPTION_LENGTH, blank=True)
    actor = models.BigIntegerField()
    actor_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    objects = ChangeQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["-pk"]
        indexes = [models.Index(fields=["list", "code", "-id"], name="changes_of_a_word")]

    def __str__(self) -> str:
        return f"{self.what} of {self.list} {self.code}"
