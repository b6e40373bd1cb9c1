"""What the pages of a running sitting show: one item, and the state of all of them. No key ever reaches this file."""

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from quizzes.forms.models import FormItem
from quizzes.sitting import times
from quizzes.sitting.fold import Answers, SlotState
from quizzes.sitting.models import Sitting


@dataclass(frozen=True, slots=True)
class ShownOption:
    letter: str
    id: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One item as the navigator and the review list show it."""

    position: int
    slot: int
    is_answered: bool
    is_flagged: bool
    is_seen: bool
    is_current: bool = False

    @property
    def css(self) -> str:
        shapes = {"is-answered": self.is_answered, "is-unseen": not self.is_seen, "is-flagged": self.is_flagged}
        return " ".join(name for name, applies in shapes.items() if applies)

    @property
    def words(self) -> str:
        state = "answered" if self.is_answered else "not answered" if self.is_seen else "not seen"
        return f"{self.position}, {state}, flagged" if self.is_flagged else f"{self.position}, {state}"


@dataclass(frozen=True, slots=True)
class ItemPage:
    position: int
    slot: int
    stem: str
    options: list[ShownOption]
    choose: int
    state: SlotState
    places: list[Place]
    cpt_year: int | None  # of the CPT numbers in it

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)


def places_of(sitting: Sitting, answers: Answers, *, current: int = 0) -> list[Place]:
    places = []
    for position, slot in enumerate(times.slot_order(sitting.order_seed, sitting.slot_count), start=1):
        state = answers.of(slot)
        places.append(
            Place(position, slot, state.is_answered, state.is_flagged, state.is_seen, is_current=position == current)
        )
    return places


def item_page(sitting: Sitting, answers: Answers, position: int, *, chosen: tuple[str, ...] | None = None) -> ItemPage:
    """`chosen` stands for what the student sent, when the page comes back with a sentence about it."""
    places = places_of(sitting, answers, current=position)
    slot = places[position - 1].slot
    state, body = answers.of(slot), item_body(sitting, slot)
    ticked = state.chosen if chosen is None else chosen
    return ItemPage(
        position=position,
        slot=slot,
        stem=body["stem"],
        options=shown_options(sitting, slot, body, ticked),
        choose=body.get("choose", 1),
        state=state,
        places=places,
        cpt_year=body.get("cpt"),
    )


def item_body(sitting: Sitting, slot: int) -> dict[str, Any]:
    form_id = sitting.administration.form_id
    return FormItem.objects.select_related("item_version").get(form_id=form_id, position=slot).item_version.body


def shown_options(sitting: Sitting, slot: int, body: dict[str, Any], chosen: tuple[str, ...]) -> list[ShownOption]:
    ordered = times.option_order(sitting.order_seed, slot, body["options"])
    return [
        ShownOption(letter, str(option["id"]), str(option["text"]), option["id"] in chosen)
        for letter, option in zip(ascii_uppercase, ordered, strict=False)
    ]


def first_unseen(places: list[Place]) -> int | None:
    return next((place.position for place in places if not place.is_seen), None)


def for_review(places: list[Place]) -> list[Place]:
    """Unanswered first, then flagged, then the rest, each in the order of the exam."""
    return sorted(places, key=lambda place: (place.is_answered, not place.is_flagged, place.position))
