/** What every clock of the product shows, and the button that hides it: kept for the tab, as the reader left it. */

export function shown(ms) {
  const seconds = Math.ceil(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export function hide(text, toggle, isHidden) {
  text.hidden = isHidden;
  toggle.textContent = isHidden ? "Show clock" : "Hide clock";
  sessionStorage.setItem("clock", isHidden ? "hidden" : "shown");
}

export function canBeHidden(text, toggle) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => hide(text, toggle, !text.hidden));
  hide(text, toggle, sessionStorage.getItem("clock") === "hidden");
}
