"""Foreign keys point the way imports do, those written as text too."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

ORDER = [
    "base",
    "web",
    "audit",
    "vocabulary",
    "accounts",
    "access",
    "deadlines",
    "people",
    "records",
    "chronology",
    "plans",
    "contexts",
    "episodes",
]
TOP = {"referrals", "actionplan", "riskassess"}
HIGHEST = {"reviews", "demo"}
THEIRS = {
    "auth",
    "contenttypes",
    "sessions",
    "guardian",
    "axes",
    "account",
    "messages",
    "staticfiles",
    "postgres",
    "forms",
    "allauth",
    "csp",
}


def height(label: str) -> int | None:
    """How high up the house an app stands; None for other people's apps."""
    if label in ORDER:
        return ORDER.index(label)
    return len(ORDER) if label in TOP else len(ORDER) + 1 if label in HIGHEST else None


def wrong_arrows(model: type[models.Model]) -> list[str]:
    """Relations of `model` that point up, or sideways between siblings."""
    own = model._meta.app_label
    found = []
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if not field.is_relation or field.related_model is None:
            continue
        targets = [field.related_model]
        if through := getattr(field.remote_field, "through", None):
            targets.append(through)
        for target in targets:
            label = target._meta.app_label  # type: ignore[union-attr]
            there, here = height(label), height(own)
            if label != own and there is not None and here is not None and there >= here:
                found.append(f"{model.__name__}.{field.name} points to {label}")
    return found


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if height(model._meta.app_label) is not None
    ]


def test_every_app_has_its_height() -> None:
    labels = {config.label for config in apps.get_app_configs()}
    assert {label for label in labels - THEIRS if height(label) is None} == set()


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_the_way_imports_do(model: type[models.Model]) -> None:
    assert wrong_arrows(model) == []


@pytest.mark.parametrize(
    ("label", "target"),
    [("accounts", "records.Case"), ("records", "chronology.Entry"), ("referrals", "actionplan.ActionPlan")],
)
@pytest.mark.parametrize("relation", [models.ForeignKey, models.OneToOneField, models.ManyToManyField])
def test_a_relation_that_points_up_or_sideways_is_found(label: str, target: str, relation: Any) -> None:
    more = {} if relation is models.ManyToManyField else {"on_delete": models.CASCADE}
    with isolate_apps():
        fields = {
            "__module__": __name__,
            "Meta": type("Meta", (), {"app_label": label}),
            "planted": relation(apps.get_model(target), related_name="+", **more),
        }
        planted = type("Planted", (models.Model,), fields)
        assert wrong_arrows(planted) == [f"Planted.planted points to {target.split('.')[0]}"]


@pytest.mark.parametrize("label", ["audit", "deadlines"])
def test_below_the_cases_a_scope_is_an_id_and_no_foreign_key(label: str) -> None:
    for model in [each for each in our_models() if each._meta.app_label == label]:
        assert not [
            field.name for field in model._meta.local_fields if field.is_relation and field.name == "scope"
        ]


def test_no_model_of_ours_points_at_anything_by_content_type() -> None:
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model._meta.label == "contenttypes.ContentType"  # type: ignore[union-attr]
    ]
    assert pointing == []
