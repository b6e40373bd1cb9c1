"""Which book a person may use while sitting: the strictest rule among the sittings that still take answers."""

from django.db.models.functions import Now

from accounts.models import User
from codesets.open_book import Book, BookRule
from quizzes import wording
from quizzes.sitting.models import Sitting

STRICTEST_FIRST = (Book.NONE, Book.BOOK_MODE)


def rule_for(user: User) -> BookRule:
    sat_now = Sitting.objects.sat_by(user).running(Now())
    asked = list(sat_now.values_list("administration__book", "administration__allows_marks"))
    books = {book for book, _ in asked}
    book = next((book for book in STRICTEST_FIRST if book in books), Book.WITH_SEARCH)
    return BookRule(book, wording.BOOK_WITHHELD.get(book, ""), all(allows_marks for _, allows_marks in asked))
