"""Names of the tables that every policy on case data reads. Used by migrations."""

from foundation.access.wall import CaseWall

WALL = CaseWall(
    case="records_case",
    user_grants="records_usergrant",
    team_grants="records_teamgrant",
    exclusions="records_exclusion",
    app_label="records",
)
