"""What new releases of the code sets mean for the content that is taught."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from cohorts import wording
from cohorts.code_changes.touched import Followed, Touched, followed_releases, owners_for
from coursework.authoring.holdings import Holding
from kit.tables import Column, Kind, Table
from kit.templatetags.kit import day


@login_required
@require_safe
def code_changes(request: HttpRequest) -> HttpResponse:
    owners = owners_for(request.user)
    if not owners:
        raise PermissionDenied
    followed = followed_releases(owners)
    missing = {each.not_regrouped: None for each in followed if each.not_regrouped}
    page = {
        "missing": list(map(wording.stays_not_compared, missing)),
        "tables": [table_of(each) for each in followed if each.touched],
        "quiet": [wording.touches_nothing(each.release, each.before) for each in followed if not each.touched],
    }
    return render(request, "cohorts/code_changes.html", page)


def table_of(followed: Followed) -> Table:
    return Table(
        wording.touched_by(followed.release, followed.before),
        ("Content", "Kind", Column("Code", kind=Kind.CODE), "Change", "Written for"),
        tuple(row_of(each) for each in followed.touched),
    )


def row_of(touched: Touched) -> tuple[str, ...]:
    held = touched.holding
    return (name_of(held), f"{held.kind}, {held.part}", held.code, wording.CHANGES[touched.change], day(held.on))


def name_of(held: Holding) -> str:
    return format_html('<a href="{}">{}</a>', held.address, held.title) if held.address else held.title
