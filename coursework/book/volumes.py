"""The books that lead to a code by its words: the Alphabetic Index, the External Cause Index and the two tables."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from codesets.models import System
from coursework.book import wording


@dataclass(frozen=True)
class Volume:
    """One book of terms. Headwords are what its letters list; a table has columns of codes beside each term."""

    slug: str
    system: System
    columns: tuple[tuple[str, str], ...] = ()
    headword_level: int = 0
    on_a_page: int = 90

    @property
    def title(self) -> str:
        return wording.VOLUMES[self.slug][0]

    @property
    def sentence(self) -> str:
        return wording.VOLUMES[self.slug][1]

    def pointed_to(self, text: str) -> list[tuple[str, str]]:
        """Each term that "see" names, with the address that finds it."""
        jump = reverse("index_jump", args=[self])
        return [(each, f"{jump}?{urlencode({'term': each})}") for each in text.split("; ") if each]


VOLUMES = {
    volume.slug: volume
    for volume in (
        Volume("index", System.CM_INDEX),
        Volume("external-causes", System.CM_EXTERNAL),
        # Its one main term is "Neoplasm": the sites below it are what a reader looks for.
        Volume("neoplasms", System.CM_NEOPLASM, wording.NEOPLASM_COLUMNS, headword_level=1, on_a_page=30),
        Volume("drugs", System.CM_DRUG, wording.DRUG_COLUMNS, on_a_page=30),
    )
}
TABLES = [volume for volume in VOLUMES.values() if volume.slug != "index"]


class VolumeConverter:
    """The word in an address that names a volume."""

    regex = "|".join(VOLUMES)

    def to_python(self, value: str) -> Volume:
        return VOLUMES[value]

    def to_url(self, value: Volume | str) -> str:
        return value if isinstance(value, str) else value.slug
