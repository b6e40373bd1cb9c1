/** The list under `?`, over the page, so that nobody leaves a chart or an exam to read it. */
import { table } from "./keyboard.js";

function element(name, text, parts = []) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...parts);
  return made;
}

function keysOf(shortcut) {
  return shortcut.shown.flatMap((parts, index) => [
    ...(index ? [` ${shortcut.joined_by} `] : []),
    ...parts.flatMap((part, place) => [...(place ? [" "] : []), element("kbd", part)]),
  ]);
}

function section({ where, title }) {
  const list = element("dl");
  list.className = "key-list";
  for (const row of table.filter((shortcut) => shortcut.where === where)) {
    list.append(element("div", "", [element("dt", "", keysOf(row)), element("dd", row.does)]));
  }
  return [element("h3", title), list];
}

function build() {
  const dialog = element("dialog");
  const close = element("button", "Close");
  close.className = "button button--secondary";
  close.addEventListener("click", () => dialog.close());
  dialog.className = "stack keys-dialog";
  const head = element("div", "", [element("h2", "Keyboard shortcuts"), close]);
  head.className = "keys-dialog__head";
  dialog.append(head, ...table.filter((shortcut) => shortcut.title).flatMap(section));
  dialog.setAttribute("aria-label", "Keyboard shortcuts");
  return dialog;
}

let dialog = null;

/** Claims the shortcut event, so that the link in the footer is not followed. */
export function startKeysDialog() {
  document.addEventListener("shortcut", (event) => {
    if (event.detail.action !== "keys") return;
    event.preventDefault();
    dialog ??= document.body.appendChild(build());
    if (dialog.open) dialog.close();
    else dialog.showModal();
  });
}
