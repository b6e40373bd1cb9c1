/* <code-picker data-url data-on>: an ARIA combobox over the labelled text input inside it.
   Without script a plain field. Fires "code-chosen" with {code, title, billable, keeps}. */
import { announce } from "../lib/announce.js";

const WAIT = 120;
const SEVEN = 8; // seven characters and the dot
let pickers = 0;
let kept = null; // the words of a list that stays open, though adding its code renews the field

class CodePicker extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.panel) return;
    this.panel = Object.assign(document.createElement("div"), { className: "code-picker__panel", id: `code-picker-${++pickers}`, hidden: true });
    this.append(this.panel);
    this.wear({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.panel.id, autocomplete: "off" });
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.panel.addEventListener("mousedown", (event) => event.preventDefault()); // or the input loses the focus
    this.panel.addEventListener("click", ({ target, shiftKey }) => this.rows.filter((row) => row.contains(target)).forEach((row) => this.choose(row, shiftKey)));
    if (kept?.field === this.input.id) this.reopen(kept.words);
  }

  disconnectedCallback() {
    if (this.panel) this.outdate();
  }

  wear(attributes) {
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  /* What was found for other words than those in the field is no choice, whatever is still on the screen. */
  get rows() {
    return this.stale ? [] : [...this.panel.querySelectorAll('[role="option"][data-code]')];
  }

  get current() {
    return this.rows.find((row) => row.getAttribute("aria-selected") === "true") ?? null;
  }

  get caretAtEnd() {
    return this.input.selectionStart === this.input.value.length;
  }

  later() {
    this.outdate();
    this.trail = [];
    this.timer = setTimeout(() => this.search(this.input.value), WAIT);
  }

  outdate() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.current?.setAttribute("aria-selected", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.stale = true;
  }

  async search(words) {
    this.outdate();
    if (!words.trim()) return this.close();
    const request = (this.request = new AbortController());
    const address = new URL(this.dataset.url || "/codes/find/", location.href);
    address.search = new URLSearchParams({ q: words, on: this.dataset.on ?? "" });
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { "X-Requested-With": "fetch" } });
      if (answer.redirected) throw new Error("signed out");
      this.show(await answer.text());
    } catch (problem) {
      if (problem.name === "AbortError") return;
      this.close();
      announce("The list of codes did not arrive. Type the whole code, or try again.");
    }
  }

  show(fragment) {
    this.panel.innerHTML = fragment;
    this.stale = false;
    this.panel.querySelector('[role="listbox"]')?.setAttribute("id", `${this.panel.id}-list`);
    this.wear({ "aria-expanded": "true", "aria-controls": `${this.panel.id}-list` });
    this.rows.forEach((row, place) => (row.id = `${this.panel.id}-${place}`));
    this.panel.hidden = document.activeElement !== this.input;
    const warning = this.panel.querySelector(".code-options__warning")?.textContent ?? "";
    announce(this.rows.length ? `Codes: ${this.rows.length}. ${warning}` : this.panel.textContent.trim());
  }

  close() {
    this.outdate();
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.wear({ "aria-expanded": "false" });
  }

  move(step) {
    const rows = this.rows;
    if (!rows.length) return;
    const from = this.current ? rows.indexOf(this.current) : Math.min(0, -step);
    const to = (from + step + rows.length) % rows.length;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === to)));
    rows[to].scrollIntoView({ block: "nearest" });
    this.wear({ "aria-activedescendant": rows[to].id });
  }

  reopen(words) {
    kept = null;
    this.input.value = words;
    this.input.focus();
    this.search(words);
  }

  /* Below a header its children; on a code with a 7th character, all its 7th characters. */
  openChildren({ dataset: { code, billable } }) {
    this.trail = [...(this.trail ?? []), this.input.value];
    this.reopen(billable === "true" ? code.slice(0, -1) : code);
  }

  choose(row, keeps) {
    const { code, title, billable } = row.dataset;
    if (billable !== "true") return this.openChildren(row);
    kept = keeps ? { field: this.input.id, words: this.input.value } : null;
    this.input.value = code;
    this.trail = [];
    this.close();
    this.dispatchEvent(new CustomEvent("code-chosen", { bubbles: true, detail: { code, title, billable: true, keeps } }));
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = this.actionFor(event.key, event.shiftKey, !this.panel.hidden);
    if (action) event.preventDefault();
    action?.();
  }

  /* Only keys that edit no text; the side arrows only on a row, with the caret at the end. */
  actionFor(key, shifted, isOpen) {
    const row = isOpen ? this.current : null;
    if (key === "ArrowDown") return isOpen ? () => this.move(1) : () => this.search(this.input.value);
    if (!isOpen) return null;
    if (key === "ArrowUp") return () => this.move(-1);
    if (key === "Escape") return () => this.close();
    if (key === "Enter" && row) return () => this.choose(row, shifted);
    if (shifted || !this.caretAtEnd) return null;
    if (key === "ArrowRight" && (row?.dataset.billable === "false" || row?.dataset.code.length === SEVEN)) return () => this.openChildren(row);
    if (key === "ArrowLeft" && row && this.trail?.length) return () => this.reopen(this.trail.pop());
    return null;
  }
}

customElements.define("code-picker", CodePicker);
