"""Which theme a row of an import belongs to, by the adopted words it names."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from actionplan.models import ActionPlan, Proposal, Theme


@dataclass
class ThemesOfPlan:
    """The themes of one locked plan. A theme found, reworded or made here is saved here."""

    plan: ActionPlan
    proposals: Sequence[Proposal]
    named_by: dict[int, str]  # number of a proposal -> the theme its row in the file names
    known: dict[str, Theme] = field(init=False)
    written: set[Theme] = field(default_factory=set)
    last_position: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        themes = list(self.plan.themes.all())
        self.last_position = max((theme.position for theme in themes), default=0)
        self.known = {theme.title.casefold(): theme for theme in themes}
        self.known |= {theme.wording.casefold(): theme for theme in themes if theme.wording}

    def named(self, words: str, present: Theme | None) -> Theme | None:
        """The theme for a proposal that stands under `present`. Blank words leave it where it stands."""
        if not words:
            return present
        if found := self.known.get(words.casefold()):
            return found
        if present and (not present.wording or self.is_reworded(present, words)):
            return self.reworded(present, words)
        return self.made(words)

    def is_reworded(self, theme: Theme, words: str) -> bool:
        """Every proposal of the theme is now filed under the same new words: only the heading changed."""
        numbers = [p.number for p in self.proposals if p.theme_id == theme.pk]
        return all(self.named_by.get(number, "").casefold() == words.casefold() for number in numbers)

    def reworded(self, theme: Theme, words: str) -> Theme:
        if theme.title == theme.wording:  # the title was never ours
            theme.title = words
        theme.wording = words
        theme.save(update_fields=["title", "wording"])
        return self.kept(theme, words)

    def made(self, words: str) -> Theme:
        """A theme the plan did not have, at its end. Without plain words of ours, its title is theirs."""
        self.last_position += 1
        theme = Theme.objects.create(plan=self.plan, position=self.last_position, title=words, wording=words)
        return self.kept(theme, words)

    def kept(self, theme: Theme, words: str) -> Theme:
        self.known[words.casefold()] = theme
        self.written.add(theme)
        return theme
