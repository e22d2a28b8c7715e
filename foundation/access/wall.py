"""The predicate as SQL, for the policies. What a migration has used here is never edited: add a name beside it."""

from dataclasses import dataclass

VIEWER = "(SELECT wall.viewer())"
TEAMS = "((SELECT wall.teams())::int[])"
LIVE = "(g.expires_at IS NULL OR g.expires_at > now())"


@dataclass(frozen=True)
class CaseWall:
    """Names of the tables that hold cases, grants and exclusions."""

    case: str
    user_grants: str
    team_grants: str
    exclusions: str
    app_label: str

    def permission(self, verb: str) -> str:
        """The permission's id as an uncorrelated sub-select: read once a query."""
        return (
            "(SELECT a.id FROM public.auth_permission a JOIN public.django_content_type t ON t.id = a.content_type_id "
            f"WHERE t.app_label = '{self.app_label}' AND t.model = 'case' AND a.codename = '{verb}_case')"
        )

    def see_case(self) -> str:
        view = self.permission("view")
        return f"""
            NOT EXISTS (SELECT 1 FROM {self.exclusions} x WHERE x.case_id = {self.case}.id AND x.user_id = {VIEWER})
            AND (EXISTS (SELECT 1 FROM {self.user_grants} g WHERE g.content_object_id = {self.case}.id
                    AND g.user_id = {VIEWER} AND g.permission_id = {view} AND {LIVE})
              OR ({self.case}.visibility <> 'sealed' AND EXISTS (
                  SELECT 1 FROM {self.team_grants} g WHERE g.content_object_id = {self.case}.id
                    AND g.group_id = ANY {TEAMS} AND g.permission_id = {view} AND {LIVE})))"""

    def see_child(self, table: str) -> str:
        """Through the parent's own policy, then by section, then by handling."""
        view = self.permission("view")
        admits = f"({table}.section = '' OR g.sections = '{{}}' OR {table}.section = ANY (g.sections))"
        return f"""
            (EXISTS (SELECT 1 FROM {self.case} p JOIN {self.user_grants} g ON g.content_object_id = p.id
                  WHERE p.id = {table}.case_id AND g.user_id = {VIEWER}
                    AND g.permission_id = {view} AND {LIVE} AND {admits})
              OR EXISTS (SELECT 1 FROM {self.case} p JOIN {self.team_grants} g ON g.content_object_id = p.id
                  WHERE p.id = {table}.case_id AND p.visibility <> 'sealed' AND g.group_id = ANY {TEAMS}
                    AND g.permission_id = {view} AND {LIVE} AND {admits}))
            AND ({table}.restricted_to = '{{}}' OR {table}.originator_id = ANY {TEAMS}
              OR {table}.restricted_to && {TEAMS})"""

    def write_child(self, table: str, verb: str = "contribute") -> str:
        """May write in the row's section, and only in the name of a team of one's own."""
        return (
            f"wall.may({table}.case_id, '{verb}', {table}.section) "
            f"AND ({table}.originator_id IS NULL OR {table}.originator_id = ANY {TEAMS})"
        )

    def see_grant(self, mine: str) -> str:
        return f"({mine} AND (expires_at IS NULL OR expires_at > now())) OR wall.may(content_object_id, 'coordinate', '')"

    def may_body(self) -> str:
        """Body of wall.may(the_case uuid, verb text, the_section text)."""
        grant = """g.content_object_id = c.id AND a.codename = verb || '_case'
                AND (g.expires_at IS NULL OR g.expires_at > now())
                AND (the_section = '' OR g.sections = '{}' OR the_section = ANY (g.sections))
                AND (verb <> 'coordinate' OR g.sections = '{}')"""
        permission = f"""JOIN public.auth_permission a ON a.id = g.permission_id
                JOIN public.django_content_type t ON t.id = a.content_type_id AND t.app_label = '{self.app_label}'"""
        return f"""RETURN EXISTS (SELECT FROM public.{self.case} c WHERE c.id = the_case
            AND NOT EXISTS (SELECT FROM public.{self.exclusions} x
                WHERE x.case_id = c.id AND x.user_id = wall.viewer())
            AND (EXISTS (SELECT FROM public.{self.user_grants} g {permission}
                  WHERE g.user_id = wall.viewer() AND {grant})
              OR (c.visibility <> 'sealed' AND EXISTS (SELECT FROM public.{self.team_grants} g {permission}
                  WHERE g.group_id = ANY (wall.teams()) AND {grant}))));"""

    def hears_of_body(self) -> str:
        """Body of wall.hears_of(the_case uuid, the_person bigint): may this person be told of the case today?"""
        grant = """g.content_object_id = c.id AND a.codename = 'view_case'
                AND (g.expires_at IS NULL OR g.expires_at > now())"""
        permission = f"""JOIN public.auth_permission a ON a.id = g.permission_id
                JOIN public.django_content_type t ON t.id = a.content_type_id AND t.app_label = '{self.app_label}'"""
        return f"""RETURN EXISTS (SELECT FROM public.{self.case} c WHERE c.id = the_case
            AND NOT EXISTS (SELECT FROM public.{self.exclusions} x WHERE x.case_id = c.id AND x.user_id = the_person)
            AND (EXISTS (SELECT FROM public.{self.user_grants} g {permission}
                  WHERE g.user_id = the_person AND {grant})
              OR (c.visibility <> 'sealed' AND EXISTS (SELECT FROM public.{self.team_grants} g {permission}
                  JOIN public.accounts_membership m ON m.team_id = g.group_id AND m.user_id = the_person
                    AND m.begins_on <= (now() AT TIME ZONE 'Europe/London')::date
                    AND (m.ends_on IS NULL OR m.ends_on > (now() AT TIME ZONE 'Europe/London')::date)
                  JOIN public.accounts_user_groups u ON u.group_id = g.group_id AND u.user_id = the_person
                  WHERE {grant}))));"""

    def may_grant_body(self) -> str:
        """Body of wall.may_grant(the_case uuid): coordinators, and whoever has just opened a case nobody holds."""
        return f"""RETURN wall.may(the_case, 'coordinate', '') OR (
            EXISTS (SELECT FROM public.{self.case} c WHERE c.id = the_case AND c.opened_by_id = wall.viewer())
            AND NOT EXISTS (SELECT FROM public.records_share s WHERE s.case_id = the_case AND s.ended_at IS NOT NULL)
            AND NOT EXISTS (SELECT FROM public.{self.exclusions} x
                WHERE x.case_id = the_case AND x.user_id = wall.viewer())
            AND NOT EXISTS (SELECT FROM public.{self.user_grants} g WHERE g.content_object_id = the_case)
            AND NOT EXISTS (SELECT FROM public.{self.team_grants} g WHERE g.content_object_id = the_case));"""
