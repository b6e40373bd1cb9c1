"""Every form is drawn by the kit's own templates: one field template, one error summary."""

from django.forms.renderers import TemplatesSetting


class KitRenderer(TemplatesSetting):
    form_template_name = "elements/form_fields.html"
    field_template_name = "elements/field.html"
