"""Addresses of lessons, cases, the workspace and the code book."""

from django.urls import path, re_path, register_converter

from codesets.models import System
from coursework.book import groups, procedure_pages, supplies
from coursework.book import guideline_views as guidelines
from coursework.book import index_views as index
from coursework.book import mark_views as marks
from coursework.book import views as book
from coursework.book.absent import newest_edition
from coursework.book.volumes import VolumeConverter
from coursework.cases import views as cases
from coursework.drills import views as drills
from coursework.lessons import views as lessons
from coursework.practice import views as practice
from coursework.weights import views as weights

register_converter(VolumeConverter, "volume")

urlpatterns = [
    # Lessons
    path("learn/", lessons.lessons, name="lessons"),
    path("learn/<slug:slug>/", lessons.lesson, name="lesson"),
    path("learn/<slug:slug>/checks/<slug:check_slug>/", lessons.check, name="check"),
    # Cases
    path("practise/", cases.cases, name="cases"),
    path("practise/<slug:slug>/", cases.case, name="case"),
    path("practise/<slug:slug>/start/", cases.start, name="start_attempt"),
    # The workspace
    path("attempts/<int:pk>/", practice.attempt, name="attempt"),
    path("attempts/<int:pk>/lines/", practice.add_line, name="add_line"),
    path("attempts/<int:pk>/lines/<int:line>/poa/", practice.set_poa, name="set_poa"),
    path("attempts/<int:pk>/lines/<int:line>/move/", practice.move_line, name="move_line"),
    path("attempts/<int:pk>/lines/<int:line>/remove/", practice.remove_line, name="remove_line"),
    path("attempts/<int:pk>/undo/", practice.undo_remove, name="undo_remove"),
    path("attempts/<int:pk>/submit/", practice.submit, name="submit_attempt"),
    path("attempts/<int:pk>/feedback/", practice.feedback, name="feedback"),
    # How grades are weighed, for institution admins
    path("grading/weights/", weights.weights, name="weights"),
    # The code book
    path("codes/", book.code_search, name="code_search"),
    path("codes/at/<path:key>/", marks.book_page, name="book_page"),
    path("codes/marks/", marks.marks, name="marks"),
    path("codes/marks/export/", marks.export_marks, name="export_marks"),
    re_path(r"^codes/marks/(?P<kind>tab|note|highlight)/$", marks.add_mark, name="add_mark"),
    path("codes/marks/<int:pk>/edit/", marks.edit_mark, name="edit_mark"),
    path("codes/marks/<int:pk>/remove/", marks.take_mark, name="remove_mark"),
    path("codes/marks/<int:pk>/undo/", marks.return_mark, name="bring_mark_back"),
    path("codes/mode/", book.switch_mode, name="book_mode"),
    path("codes/tabular/", book.tabular_home, name="tabular"),
    path("codes/tabular/<str:label>/", book.tabular_home, name="tabular_of"),
    path("codes/tabular/<str:label>/<str:name>/", book.section, name="section"),
    path("codes/tables/", index.tables, name="tables"),
    path("codes/guidelines/", guidelines.contents, name="guidelines"),
    path("codes/guidelines/<str:number>/", guidelines.section, name="guideline"),
    path("codes/guidelines/<str:label>/<str:number>/", guidelines.section, name="guideline_in_release"),
    path("codes/<volume:volume>/", index.volume_home, name="volume"),
    path("codes/<volume:volume>/go/", index.jump, name="index_jump"),
    path("codes/<volume:volume>/terms/<path:way>/", index.term, name="index_term"),
    path("codes/<volume:volume>/<str:letter>/", index.letter, name="index_letter"),
    path("codes/icd10cm/<str:code>/", book.code, name="code"),
    path("codes/icd10cm/<str:label>/<str:code>/", book.code, name="code_in_release"),
    # Find-it drills
    path("codes/drills/", drills.drills, name="drills"),
    path("codes/drills/start/", drills.start_drill, name="start_drill"),
    path("codes/drills/<int:pk>/", drills.drill, name="drill"),
    path("codes/drills/<int:pk>/repeat/", drills.repeat_drill, name="repeat_drill"),
    path("codes/drills/<int:pk>/next/", drills.next_task, name="next_task"),
    path("codes/drills/<int:pk>/<int:place>/", drills.drill_task, name="drill_task"),
    path("codes/drills/<int:pk>/<int:place>/answer/", drills.answer_task, name="answer_task"),
    # Procedures, supplies and groups
    path("codes/icd10pcs/", newest_edition, {"system": System.PCS_TABLES, "page": "pcs_builder"}, name="pcs"),
    path("codes/icd10pcs/<str:edition>/", procedure_pages.pcs_builder, name="pcs_builder"),
    re_path(r"^codes/icd10pcs/(?P<edition>[^/]+)/(?P<table>\w{3})/$", procedure_pages.pcs_builder, name="pcs_table"),
    re_path(r"^codes/icd10pcs/(?P<edition>[^/]+)/(?P<code>\w{7})/$", procedure_pages.pcs_code, name="pcs_code"),
    path("codes/hcpcs/", newest_edition, {"system": System.HCPCS, "page": "hcpcs_sections"}, name="hcpcs"),
    path("codes/hcpcs/<str:edition>/", supplies.sections, name="hcpcs_sections"),
    path("codes/hcpcs/<str:edition>/modifiers/", supplies.modifiers, name="hcpcs_modifiers"),
    re_path(r"^codes/hcpcs/(?P<edition>[^/]+)/(?P<letter>[A-Z])/$", supplies.section, name="hcpcs_section"),
    re_path(r"^codes/hcpcs/(?P<edition>[^/]+)/(?P<code>\w{5})/$", supplies.code, name="hcpcs_code"),
    path("codes/ms-drg/", newest_edition, {"system": System.MS_DRG, "page": "drg_categories"}, name="ms_drg"),
    path("codes/ms-drg/<str:edition>/", groups.categories, name="drg_categories"),
    path("codes/ms-drg/<str:edition>/mdc/<slug:mdc>/", groups.category, name="drg_category"),
    re_path(r"^codes/ms-drg/(?P<edition>[^/]+)/(?P<number>\d{3})/$", groups.drg, name="drg"),
]
