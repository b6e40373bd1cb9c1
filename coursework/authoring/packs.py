"""The state of a pack while it is loaded in steps; every page says so until it is ready."""

from accounts.models import Institution
from coursework.authoring.models import Pack
from coursework.authoring.read_pack import PackText


def begin_pack(text: PackText, institution: Institution) -> Pack:
    pack, _ = Pack.objects.update_or_create(
        institution=institution, namespace=text.namespace, slug=text.slug, defaults={"title": text.title}
    )
    return pack


def finish_pack(pack: Pack) -> None:
    Pack.objects.filter(pk=pack.pk).update(state=Pack.State.READY)
