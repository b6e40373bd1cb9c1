/** The CSRF token that base.html gives to htmx as well. */
export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}
