"""Every form is drawn by the kit's own templates: one field template, one error summary, the same words in both."""

from django.forms import BoundField, ChoiceField
from django.forms.renderers import TemplatesSetting


class KitRenderer(TemplatesSetting):
    form_template_name = "elements/form_fields.html"
    field_template_name = "elements/field.html"


def error_sentences(field: BoundField) -> list[str]:
    """What is wrong and what to do. "This field is required" names neither, so it is said anew with the label."""
    return [
        sentence
        for error in field.errors.as_data()
        for sentence in ([empty_sentence(field)] if error.code == "required" else error.messages)
    ]


def empty_sentence(field: BoundField) -> str:
    act = "Choose one" if isinstance(field.field, ChoiceField) else "Fill it in"
    return f"“{field.label}” is empty. {act}."
