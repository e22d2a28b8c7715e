"""The sign-in form in our own words."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """E-mail and password. (settings.ACCOUNT_FORMS names it.)"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages.update(
            required="Enter your e-mail address", invalid="Enter an e-mail address like name@agency.example"
        )
        self.fields["password"].error_messages["required"] = "Enter your password"
        self.fields["password"].help_text = ""
