"""The words of access: how far a case shows itself, its sections, and what may be done with it."""

from django.db import models


class Visibility(models.TextChoices):
    """For everyone without a live share an involved case does not exist; a sealed one not even for teams."""

    INVOLVED = "involved", "Involved teams"
    SIGNPOSTED = "signposted", "Involved teams, signposted for others"
    SEALED = "sealed", "Sealed: named people only"


class Section(models.TextChoices):
    CHRONOLOGY = "chronology", "Chronology"
    PLAN = "plan", "Plan"
    RISK = "risk", "Risk"
    FAMILY = "family", "Family"
    EDUCATION = "education", "Education"
    HEALTH = "health", "Health"
    POLICE = "police", "Police"
    DOCUMENTS = "documents", "Documents"


class Verb(models.TextChoices):
    """Each includes the ones before it."""

    VIEW = "view", "Read"
    CONTRIBUTE = "contribute", "Read and add"
    COORDINATE = "coordinate", "Read, add and share"

    @property
    def includes(self) -> tuple["Verb", ...]:
        order = list(Verb)
        return tuple(order[: order.index(self) + 1])

    @property
    def codename(self) -> str:
        """The permission's codename in guardian's tables."""
        return f"{self.value}_case"
