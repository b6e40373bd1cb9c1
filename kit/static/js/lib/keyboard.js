/**
 * Shortcuts, from the table that the server writes into the page (kit/keyboard.py).
 * The target is whatever carries data-key-action="…"; scripts that want more listen for `shortcut` on document.
 */
const TEXT_FIELD = "textarea, select, [contenteditable=''], [contenteditable='true'], " +
  "input:not([type=radio], [type=checkbox], [type=button], [type=submit], [type=reset], [type=range])";
const SEQUENCE_MS = 1200;
const table = JSON.parse(document.getElementById("keyboard-table")?.textContent ?? "[]");
let first = "";
let firstAt = 0;

function places() {
  const here = ["everywhere"];
  if (document.querySelector("main .workspace")) here.unshift("workspace");
  if (document.querySelector("main .runner")) here.unshift("exam");
  return here;
}

function nameOf(event) {
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey) return `Mod+${event.key}`;
  return event.altKey ? `Alt+${event.key}` : event.key;
}

function find(name) {
  for (const place of places()) {
    const row = table.find((shortcut) => shortcut.where === place && shortcut.action && shortcut.keys.includes(name));
    if (row) return { row, index: row.keys.indexOf(name) };
  }
  return null;
}

function isSingle(name) {
  return !name.includes("+") && name !== "Escape";
}

/** True for keys that belong to what has focus: letters in a text field, Alt with an arrow in a list of choices. */
function belongsToFocus(event, name) {
  if (isSingle(name) && document.documentElement.dataset.singleKeys === "off") return true;
  const inField = event.target.closest?.(TEXT_FIELD) != null;
  return inField && (isSingle(name) || name.startsWith("Alt+"));
}

function targetOf(action, index) {
  const all = [...document.querySelectorAll(`main [data-key-action="${action}"]`)];
  const found = all.length ? all : [...document.querySelectorAll(`[data-key-action="${action}"]`)];
  const choices = action === "choose" ? found.slice(index, index + 1) : found;
  return choices.find((element) => element.checkVisibility?.() ?? true);
}

function act(target, givesFocus) {
  if (!givesFocus && target.matches("a[href], button, summary, input[type=radio], input[type=checkbox], label")) {
    target.click();
    return;
  }
  if (target.tabIndex < 0 && !target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus();
  if (target.matches("input[type=search], input[type=text]")) target.select();
}

function nameWithSequence(event) {
  const name = nameOf(event);
  const joined = first && Date.now() - firstAt < SEQUENCE_MS ? `${first} ${name}` : name;
  const startsOne = isSingle(name) && table.some((row) => row.keys.some((key) => key.startsWith(`${name} `)));
  first = startsOne ? name : "";
  firstAt = Date.now();
  return joined;
}

function onKeydown(event) {
  if (event.defaultPrevented || event.isComposing || belongsToFocus(event, nameOf(event))) return;
  const match = find(nameWithSequence(event));
  if (!match) return;
  const { row, index } = match;
  const detail = { action: row.action, index, key: event.key, target: event.target };
  const unclaimed = document.dispatchEvent(new CustomEvent("shortcut", { detail, cancelable: true }));
  const target = unclaimed ? targetOf(row.action, index) : null;
  if (target) act(target, row.gives_focus);
  if (target || !unclaimed) event.preventDefault();
}

export function startKeyboard() {
  document.addEventListener("keydown", onKeydown);
}

export { table };
