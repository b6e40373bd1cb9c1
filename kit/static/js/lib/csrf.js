/** Requests with the CSRF token that base.html gives to htmx as well. */
export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}

function post(url, body, headers) {
  return fetch(url, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": csrfToken(), Accept: "application/json", ...headers },
    credentials: "same-origin",
  });
}

/** Sends a form element or FormData. The caller reads the answer's status. */
export function postForm(url, form) {
  return post(url, form instanceof FormData ? form : new FormData(form), {});
}

export function postJSON(url, value) {
  return post(url, JSON.stringify(value), { "Content-Type": "application/json" });
}
