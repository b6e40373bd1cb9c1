/** The sheet by keyboard: which line is current, and what the workspace keys do with it. The server keeps the lines. */
import { announce } from "../lib/announce.js";

let currentId = "";

class CodingSheet extends HTMLElement {
  connectedCallback() {
    this.onShortcut = (event) => this.answer(event);
    document.addEventListener("shortcut", this.onShortcut);
    this.addEventListener("code-chosen", () => this.querySelector(".sheet__add").requestSubmit());
    this.addEventListener("keydown", (event) => this.leavePoa(event));
    this.addEventListener("focusin", (event) => this.makeCurrent(event.target.closest("[data-line]"), false));
    this.makeCurrent(this.querySelector("[data-line][aria-current]") ?? document.getElementById(currentId), false);
  }

  disconnectedCallback() {
    document.removeEventListener("shortcut", this.onShortcut);
  }

  get lines() {
    return [...this.querySelectorAll("[data-line]")];
  }

  get current() {
    return this.querySelector("[data-line].is-current");
  }

  makeCurrent(line, takesFocus = true) {
    if (!line || !this.contains(line)) return;
    this.lines.forEach((other) => other.classList.toggle("is-current", other === line));
    currentId = line.id;
    if (takesFocus) line.focus();
  }

  step(by) {
    const lines = this.lines;
    const place = this.current ? lines.indexOf(this.current) + by : 0;
    this.makeCurrent(lines[Math.max(0, Math.min(lines.length - 1, place))]);
  }

  answer(event) {
    const { action } = event.detail;
    if (action === "next-line" || action === "previous-line") {
      this.step(action === "next-line" ? 1 : -1);
      event.preventDefault();
      return;
    }
    const button = this.current?.querySelector(`[data-do="${action}"]`);
    if (!button) return;
    if (action === "remove-line") announce("Line removed. Press u to undo.");
    button.click();
    event.preventDefault();
  }

  /** Enter in the last field of a line goes back to the code box. */
  leavePoa(event) {
    if (event.key !== "Enter" || !event.target.matches("[data-poa]")) return;
    event.preventDefault();
    this.querySelector("#code-box").focus();
  }
}

customElements.define("coding-sheet", CodingSheet);
