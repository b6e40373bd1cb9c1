"""The product's own icons, drawn on a 20 px grid with a 1.5 px stroke, and the verdict badges by shape."""

from django.utils.safestring import SafeString, mark_safe

# Each value is the `d` of one path, drawn as a line.
PATHS = {
    "arrow-down": "M10 4v12M5 11l5 5 5-5",
    "arrow-left": "M16 10H4M9 5l-5 5 5 5",
    "arrow-right": "M4 10h12M11 5l5 5-5 5",
    "arrow-up": "M10 16V4M5 9l5-5 5 5",
    "book": "M10 5.5C8.5 4.3 6.2 3.8 3 4v11.5c3.2-.2 5.5.3 7 1.5 1.5-1.2 3.8-1.7 7-1.5V4c-3.2-.2-5.5.3-7 1.5z"
    "M10 5.5V17",
    "chart": "M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5.5M7.5 13.5h5.5",
    "check": "M4 10.5l4 4 8-9",
    "clock": "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 6v4.2l3 1.8",
    "close": "M5 5l10 10M15 5L5 15",
    "down": "M5 7.5l5 5 5-5",
    "edit": "M12.5 4l3.5 3.5L7.5 16H4v-3.5zM10.5 6L14 9.5",
    "exam": "M4 3h12v14H4zM6.5 7.5l1.2 1.2L9.5 6.5M6.5 12.5l1.2 1.2 1.8-2.2M11.5 8h2.5M11.5 13h2.5",
    "external": "M8 4H4v12h12v-4M11.5 3.5h5v5M16.5 3.5L9 11",
    "flag": "M5 17.5v-15M5 3.5h10l-2 3.5 2 3.5H5",
    "info": "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 9v4.5M10 6.2v.3",
    "key": "M6.5 8a3.5 3.5 0 110 7 3.5 3.5 0 010-7zM9 9l7-5.5M13.5 5.5l2 2.5",
    "left": "M12.5 5l-5 5 5 5",
    "list": "M7.5 5h9M7.5 10h9M7.5 15h9M3.5 5h.5M3.5 10h.5M3.5 15h.5",
    "lock": "M5 9h10v8H5zM7 9V6.5a3 3 0 016 0V9",
    "menu": "M3 5.5h14M3 10h14M3 14.5h14",
    "people": "M7.5 4a2.8 2.8 0 110 5.6A2.8 2.8 0 017.5 4zM2.5 16.5c.3-3 2-4.5 5-4.5s4.7 1.5 5 4.5"
    "M13 4.5a2.5 2.5 0 010 4.8M14.5 12.2c1.8.5 2.8 1.9 3 4.3",
    "person": "M10 3a3.3 3.3 0 110 6.6A3.3 3.3 0 0110 3zM3.5 17c.4-3.5 2.6-5 6.5-5s6.1 1.5 6.5 5",
    "plus": "M10 4v12M4 10h12",
    "right": "M7.5 5l5 5-5 5",
    "search": "M8.5 3a5.5 5.5 0 110 11 5.5 5.5 0 010-11zM12.5 12.5L17 17",
    "trash": "M4 6h12M8 6V3.5h4V6M5.5 6l.8 11h7.4l.8-11",
    "undo": "M4 8h8a4 4 0 010 8H8M7.5 4.5L4 8l3.5 3.5",
    "warning": "M10 3l7.5 13.5h-15zM10 8v4M10 14v.3",
}

# Shape carries the verdict; colour only helps (grey print and colour-blind readers see the same shapes).
BADGES = {
    "exact": '<circle class="badge__body" cx="10" cy="10" r="8"/><path class="badge__ink" d="M6 10.3l2.8 2.8 5.2-6"/>',
    "partial": '<circle class="badge__body" cx="10" cy="10" r="8"/><path class="badge__half" d="M10 2a8 8 0 000 16z"/>',
    "wrong": '<path class="badge__body" d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7z"/>'
    '<path class="badge__ink" d="M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 6.4"/>',
    "missed": '<circle class="badge__ring" cx="10" cy="10" r="7.5"/>',
    "extra": '<rect class="badge__body" x="2" y="2" width="16" height="16" rx="2"/>'
    '<path class="badge__ink" d="M10 6v8M6 10h8"/>',
    "compliance": '<path class="badge__body" d="M10 1.5l7 2.5v5.5c0 4-2.6 7-7 9-4.4-2-7-5-7-9V4z"/>'
    '<path class="badge__ink" d="M10 5.5v5.5M10 13.5v.5"/>',
    "not-scored": '<circle class="badge__outline" cx="10" cy="10" r="7.5"/><path class="badge__ink" d="M6.5 10h7"/>',
}


def icon(name: str) -> SafeString:
    return mark_safe(  # noqa: S308  only this file's own paths
        '<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
        f'<path d="{PATHS[name]}"/></svg>'
    )


def badge_shape(kind: str) -> SafeString:
    return mark_safe(  # noqa: S308  only this file's own shapes
        '<svg class="badge__shape" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
        f"{BADGES[kind]}</svg>"
    )
