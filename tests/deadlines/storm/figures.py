"""The figures of a storm: from the tables, the ledger and the post office, held against the reckoning."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.deadlines.storm.ground import Ground
from tests.deadlines.storm.post_office import Taken
from tests.deadlines.storm.reckoning import Due, Key, Verdict, reckon, reckon_mail

STANDS = """
SELECT d.scope_id::text, d.state, d.round, (d.due_at AT TIME ZONE 'Europe/London')::date::text, coalesce(u.email, ''),
       d.stuck_because
FROM deadlines_deadline d LEFT JOIN accounts_user u ON u.id = d.owner_id"""
STANDS_AS = ("state", "round", "due_on", "owner", "stuck")
NOTICES = """
SELECT n.id::text, d.scope_id::text, n.round, n.step, coalesce(u.email, n.inbox), extract(epoch FROM n.told_at)::float8,
       n.sent_at IS NOT NULL, n.withdrawn_at IS NOT NULL, n.parked_at IS NOT NULL, n.instead_of, t.name
FROM deadlines_notice n JOIN deadlines_deadline d ON d.id = n.deadline_id
LEFT JOIN accounts_user u ON u.id = n.recipient_id JOIN accounts_team t ON t.group_id = n.team_id"""

NOTICES_AS = (
    "id", "scope", "round", "step", "address", "told_at", "sent", "withdrawn", "parked", "instead", "team",
)  # fmt: skip


class Account:
    """Everything that is known when the storm is over."""

    def __init__(self, ground: Ground, folder: Path, taken: list[Taken], clear_at: float) -> None:
        self.ground, self.clear_at = ground, clear_at
        self.acts = [
            json.loads(line) for line in (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        self.teams = json.loads((folder / "town.json").read_text(encoding="utf-8"))["teams"]
        self.stands = {row[0]: dict(zip(STANDS_AS, row[1:], strict=True)) for row in ground.ask(STANDS)}
        rows = [dict(zip(NOTICES_AS, row, strict=True)) for row in ground.ask(NOTICES)]
        self.notices = [row for row in rows if not row["instead"]]
        self.copies = [row for row in rows if row["instead"]]
        self.taken: dict[str, list[tuple[float, str]]] = {}
        for each in sorted(taken, key=lambda one: one.at):
            self.taken.setdefault(each.message_id, []).append((each.at, each.address))

    def verdict(self) -> tuple[Verdict, dict[Key, Due]]:
        verdict, wanted = reckon(self.acts, self.stands, self.notices, self.teams, self.ground.now())
        settled = {
            act["scope"]: act["really"]
            for act in self.acts
            if act["act"] == "settle" and self.stands[act["scope"]]["state"] != "open"
        }
        reckon_mail(self.notices, self.copies, self.taken, settled, self.teams, verdict)
        return verdict, wanted

    def figures(self, verdict: Verdict, wanted: Mapping[Key, Due]) -> dict[str, Any]:
        acts = Counter(f"{act['act']} {act['outcome']}" for act in self.acts)
        return {
            "obligations": len(self.stands),
            "acts": dict(sorted(acts.items())),
            "notices that had to be": verdict.due,
            "notices told": len(self.notices),
            "rungs told": sum(notice["step"].startswith("rung") for notice in self.notices),
            "inboxes that stepped in": len(self.copies),
            "lost": len(verdict.lost) + len(verdict.mail_lost),
            "doubled": len(verdict.doubled),
            "told too early": len(verdict.too_early),
            "told after it was settled": len(verdict.too_late),
            "told without need": len(verdict.unknown),
            "acknowledged acts lost": len(verdict.acts_lost),
            "stuck": sum(bool(row["stuck"]) for row in self.stands.values()),
            "messages": sum(map(len, self.taken.values())),
            "duplicate messages": sum(len(each) - 1 for each in self.taken.values()),
            **self.lateness(wanted),
        }

    def lateness(self, wanted: Mapping[Key, Due]) -> dict[str, str]:
        """Real seconds from when a notice was due: until it stood in the service, and until mail was first taken."""
        told, mailed, calm = [0.0], [0.0], [0.0]
        for notice in self.notices:
            due = wanted.get((notice["scope"], notice["round"], notice["step"], notice["address"]))
            if due is None or notice["id"] not in self.taken:
                continue
            arrived, was_due = self.taken[notice["id"]][0][0], self.ground.really(due.not_before)
            told.append(self.ground.really(notice["told_at"]) - was_due)
            mailed.append(arrived - was_due)
            calm.append(arrived - max(was_due, self.clear_at))
        return {
            "seconds late in the storm, told": spread(told),
            "seconds late in the storm, mailed": spread(mailed),
            "seconds late after the faults cleared": f"{max(calm):.1f}",
        }


def spread(seconds: list[float]) -> str:
    seconds.sort()
    middle, most = seconds[len(seconds) // 2], seconds[len(seconds) * 99 // 100]
    return f"half within {middle:.1f}, 99 of 100 within {most:.1f}, worst {seconds[-1]:.1f}"
