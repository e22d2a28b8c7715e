"""Anyone a record is about: young person, family, peer. A person continues past 18."""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models

from cases.people import visibility
from foundation.base import clock
from foundation.base.pg.guard import Guarded, GuardedQuerySet


class PersonQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """People who stand in a case the viewer may see, and those the viewer made and no case has yet."""
        return self.filter(visibility.seen_by(user))

    def named_like(self, words: str) -> Self:
        """Whose name or used name holds every word that was typed."""
        found = self
        for word in words.split():
            found = found.filter(models.Q(name__icontains=word) | models.Q(known_as__icontains=word))
        return found


class Person(Guarded):
    """One human being. Unknown facts are None or empty, never guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    known_as = models.CharField(max_length=120, blank=True)
    born_on = models.DateField(null=True)
    school = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = PersonQuerySet.as_manager()

    class Meta(Guarded.Meta):
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.known_as or self.name

    def age_on(self, day: date) -> int | None:
        """Whole years on `day`; None where the date of birth is not known."""
        if self.born_on is None:
            return None
        before_birthday = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before_birthday

    def age_in_words(self, day: date) -> str:
        """Such as "17, turns 18 in 5 months". The months are whole ones; in the last month it says so."""
        age = self.age_on(day)
        if age is None or self.born_on is None:
            return "Age not known"
        if age != 17:
            return str(age)
        months = (self.born_on.year + 18 - day.year) * 12 + self.born_on.month - day.month
        months -= self.born_on.day < day.day
        if months < 1:
            return "17, turns 18 in less than a month"
        return f"17, turns 18 in {months} month{'' if months == 1 else 's'}"
