"""Which book a person may use while sitting: the strictest rule among the sittings that still take answers."""

from django.db.models.functions import Now

from accounts.models import User
from codesets.open_book import Book, BookRule
from quizzes import wording
from quizzes.sitting.models import Sitting

STRICTEST_FIRST = (Book.NONE, Book.BOOK_MODE)


def rule_for(user: User) -> BookRule:
    sat_now = Sitting.objects.sat_by(user).running(Now())
    asked = set(sat_now.values_list("administration__book", flat=True))
    book = next((book for book in STRICTEST_FIRST if book in asked), None)
    return BookRule(book, wording.BOOK_WITHHELD[book]) if book else BookRule()
