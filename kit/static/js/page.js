/** What every page does: shortcuts, the list of keys, menus that close, forms that are sent once. */
import { startKeyboard } from "./lib/keyboard.js";
import { startKeysDialog } from "./lib/keys-dialog.js";

const WAY_OUT_MS = 10_000;

/** A double click sends a form once; coming back by the back button makes it usable again. */
function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, WAY_OUT_MS);
}

function release() {
  for (const busy of document.querySelectorAll("form[aria-busy], button[aria-busy]")) busy.removeAttribute("aria-busy");
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu.contains(except)) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector("summary").focus();
  }
}

document.addEventListener("submit", sendOnce);
addEventListener("pageshow", release);
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("shortcut", (event) => { if (event.detail.action === "close") closeMenus(null); });
document.querySelector("[data-error-summary]")?.focus();
startKeyboard();
startKeysDialog();
