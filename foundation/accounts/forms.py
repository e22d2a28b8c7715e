"""The sign-in form in our own words, and the form of who is away."""

from typing import Any

from allauth.account.forms import LoginForm

from foundation.accounts.models import User
from foundation.accounts.policies import colleagues
from foundation.web.forms import ChoiceField, DateField, Form


class SignInForm(LoginForm):
    """E-mail and password. (settings.ACCOUNT_FORMS names it.)"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages.update(
            required="Enter your e-mail address", invalid="Enter an e-mail address like name@agency.example"
        )
        self.fields["password"].error_messages["required"] = "Enter your password"
        self.fields["password"].help_text = ""


NOBODY = "nobody"


class AwayForm(Form):
    """`deputy` is a colleague's key, or `nobody`."""

    begins_on = DateField(label="First day away", help_text="Such as 21 12 2026")
    ends_on = DateField(label="Last day away", earliest="today", help_text="Such as 4 1 2027")
    deputy = ChoiceField(label="Who stands in for you?", choices=(), missing="Select who stands in for you")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in colleagues(user)}
        self.fields["deputy"].choices = [  # type: ignore[attr-defined]
            *(
                (key, f"{each.name}, {each.job_title}" if each.job_title else each.name)
                for key, each in self.people.items()
            ),
            (NOBODY, "Nobody: my team's inbox is told instead"),
        ]

    @property
    def chosen(self) -> User | None:
        """Who was chosen; None for nobody."""
        return self.people.get(self.cleaned_data["deputy"])
