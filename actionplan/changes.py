"""Change a locked proposal: a history row for each field, the first date kept, one version more."""

from collections.abc import Mapping
from typing import Any

from actionplan import obligation
from actionplan.models import ChangeSource, Proposal, ProposalChange
from foundation.accounts.models import User
from foundation.base import clock


def write(proposal: Proposal, said: Mapping[str, Any], *, actor: User, source: ChangeSource) -> list[str]:
    """Bring the proposal in line with `said` and save it. Returns the names of the fields that changed.

    A version is counted even where nothing differs: somebody looked and said how it stands.
    """
    changed = proposal.differs_in(said)
    owed_before = obligation.owed_of(proposal)
    now = clock.now()
    proposal.version += 1
    ProposalChange.objects.bulk_create(
        ProposalChange(
            proposal=proposal,
            version=proposal.version,
            field=name,
            before=as_text(getattr(proposal, name)),
            after=as_text(said[name]),
            at=now,
            by=actor,
            source=source,
        )
        for name in changed
    )
    for name in changed:
        setattr(proposal, name, said[name])
    proposal.by_when_first = proposal.by_when_first or proposal.by_when
    proposal.updated_at = now
    proposal.save(update_fields=[*changed, "title", "by_when_first", "version", "updated_at"])
    obligation.keep_in_step(proposal, owed_before, actor)
    return changed


def as_text(value: Any) -> str:
    """As it is kept in the history: a day as 2026-12-03, a theme by its title, a person by name."""
    return "" if value is None else str(value)
