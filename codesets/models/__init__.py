"""The tables of codesets: releases, their codes and notes, the books beside them, and what is under licence."""

from codesets.models.books import GuidelineSection, IndexEntry, PcsRow, PcsTable, PcsTerm
from codesets.models.codes import Code, CodeQuerySet
from codesets.models.licensed import CptLicence, CptReader, LicensedCode
from codesets.models.notes import CodeNote, HeldNote, NoteKind
from codesets.models.payment import CcExclusion, CodingEdit, Drg, HccMapping, ListedCode, UnitLimit
from codesets.models.releases import NoRelease, Release, Section
from codesets.models.supplied import Supplied
from codesets.systems import System

__all__ = [
    "CcExclusion",
    "Code",
    "CodeNote",
    "CodeQuerySet",
    "CodingEdit",
    "CptLicence",
    "CptReader",
    "Drg",
    "GuidelineSection",
    "HccMapping",
    "HeldNote",
    "IndexEntry",
    "LicensedCode",
    "ListedCode",
    "NoRelease",
    "NoteKind",
    "PcsRow",
    "PcsTable",
    "PcsTerm",
    "Release",
    "Section",
    "Supplied",
    "System",
    "UnitLimit",
]
