/* <code-picker data-url data-on>: an ARIA combobox over the labelled text input inside it.
   Without script a plain field. Fires "code-chosen" with {code, title, billable}. */
import { announce } from "../lib/announce.js";

const WAIT = 120;
let pickers = 0;

class CodePicker extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.panel) return;
    this.panel = document.createElement("div");
    this.panel.className = "code-picker__panel";
    this.panel.id = `code-picker-${++pickers}`;
    this.panel.hidden = true;
    this.append(this.panel);
    this.wear({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.panel.id, autocomplete: "off" });
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    // The pointer must not take the focus from the input, or the list closes before the click.
    this.panel.addEventListener("mousedown", (event) => event.preventDefault());
    this.panel.addEventListener("click", (event) => this.onClick(event));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.request?.abort();
  }

  wear(attributes) {
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  get rows() {
    return [...this.panel.querySelectorAll('[role="option"][data-code]')];
  }

  get current() {
    return this.panel.querySelector('[role="option"][aria-selected="true"]');
  }

  get caretAtEnd() {
    const { selectionStart, selectionEnd, value } = this.input;
    return selectionStart === selectionEnd && selectionEnd === value.length;
  }

  later() {
    clearTimeout(this.timer);
    this.current?.setAttribute("aria-selected", "false"); // what was found for other words is not chosen by Enter
    this.timer = setTimeout(() => this.search(this.input.value), WAIT);
  }

  async search(words) {
    clearTimeout(this.timer);
    this.request?.abort();
    if (!words.trim()) return this.close();
    const request = (this.request = new AbortController());
    const address = new URL(this.dataset.url || "/codes/find/", location.href);
    address.searchParams.set("q", words);
    if (this.dataset.on) address.searchParams.set("on", this.dataset.on);
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
    this.panel.querySelector('[role="listbox"]')?.setAttribute("id", `${this.panel.id}-list`);
    this.wear({ "aria-expanded": "true", "aria-controls": `${this.panel.id}-list` });
    this.rows.forEach((row, place) => (row.id = `${this.panel.id}-${place}`));
    this.input.removeAttribute("aria-activedescendant");
    this.panel.hidden = document.activeElement !== this.input;
    const count = this.rows.length;
    announce(count ? `${count} ${count === 1 ? "code" : "codes"}` : this.panel.textContent.trim());
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.wear({ "aria-expanded": "false" });
    this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const rows = this.rows;
    if (!rows.length) return;
    const from = rows.indexOf(this.current);
    const to = from < 0 && step < 0 ? rows.length - 1 : (from + step + rows.length) % rows.length;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === to)));
    rows[to].scrollIntoView({ block: "nearest" });
    this.wear({ "aria-activedescendant": rows[to].id });
  }

  openChildren(row) {
    this.trail = [...(this.trail || []), this.input.value];
    this.input.value = row.dataset.code;
    this.search(row.dataset.code);
  }

  closeChildren() {
    this.input.value = this.trail.pop();
    this.search(this.input.value);
  }

  choose(row) {
    const { code, title, billable } = row.dataset;
    if (billable !== "true") return this.openChildren(row);
    this.input.value = code;
    this.trail = [];
    this.close();
    this.dispatchEvent(new CustomEvent("code-chosen", { bubbles: true, detail: { code, title, billable: true } }));
  }

  onClick(event) {
    const row = event.target.closest('[role="option"][data-code]');
    if (row) this.choose(row);
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = this.actionFor(event.key, !this.panel.hidden);
    if (!action) return;
    event.preventDefault();
    action();
  }

  /* Only keys that edit no text; the side arrows only on a row, with the caret at the end. */
  actionFor(key, isOpen) {
    const row = isOpen ? this.current : null;
    if (key === "ArrowDown") return isOpen ? () => this.move(1) : () => this.search(this.input.value);
    if (!isOpen) return null;
    if (key === "ArrowUp") return () => this.move(-1);
    if (key === "Escape") return () => this.close();
    if (key === "Enter" && row) return () => this.choose(row);
    if (key === "ArrowRight" && row?.dataset.billable === "false" && this.caretAtEnd) return () => this.openChildren(row);
    if (key === "ArrowLeft" && row && this.trail?.length && this.caretAtEnd) return () => this.closeChildren();
    return null;
  }
}

customElements.define("code-picker", CodePicker);
