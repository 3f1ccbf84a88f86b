from django.apps import apps
from django.db import models

OURS = [
    model
    for app in ("linkcenter", "centres", "participants", "groups")
    for model in apps.get_app_config(app).get_models()
]


def test_models_say_what_they_are_in_the_real_world():
    silent = [m.__name__ for m in OURS if not m.__doc__ or m.__doc__.startswith(f"{m.__name__}(")]

    assert silent == []


def test_constraints_begin_with_the_name_of_their_model():
    odd = [
        constraint.name
        for model in OURS
        for constraint in model._meta.constraints
        if not begins_with(model, constraint.name.split("_"))
    ]

    assert odd == []


def begins_with(model: type[models.Model], words: list[str]) -> bool:
    """By the whole name or its last words: ``group_sizes`` is of SelfHelpGroup."""
    ends = ["".join(words[:n]) for n in range(1, len(words) + 1)]
    return any((model._meta.model_name or "").endswith(end) for end in ends)


def test_models_take_no_files():
    files = [
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.fields
        if isinstance(field, models.FileField)
    ]

    assert files == []


def test_models_have_names_that_staff_can_read():
    nameless = [
        model.__name__
        for model in OURS
        if not {"verbose_name", "verbose_name_plural"} <= set(model._meta.original_attrs)
    ]

    assert nameless == []
