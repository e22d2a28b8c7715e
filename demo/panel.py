"""The demo accounts under the sign-in form, grouped by agency."""

from typing import Any

from demo.accounts import ACCOUNTS, AGENCIES, PASSWORD, TEAMS


class DemoAccounts:
    template = "demo/accounts.html"

    def context(self) -> dict[str, Any]:
        """Agencies with the people who work there."""
        agency_of = {team.key: team.agency for team in TEAMS}
        groups = [
            (agency, [each for each in ACCOUNTS if agency_of[each.team] == agency]) for agency in AGENCIES
        ]
        return {"groups": [group for group in groups if group[1]], "password": PASSWORD}
