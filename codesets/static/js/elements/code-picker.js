/* <code-picker data-url data-on>: an ARIA combobox over the labelled text input inside it.
   Without script a plain field. Fires "code-chosen" with {code, title, billable, keeps}. */
import { announce } from "../lib/announce.js";
import { CodeList } from "../lib/code-list.js";

const WAIT = 120;
const SEVEN = 8; // seven characters and the dot
let kept = null; // a list that stays open, though adding its code renews the field

class CodePicker extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.list) return;
    this.list = new CodeList(this.input);
    this.trail = []; // the lists to go back to: {words, at}, where `at` is the code of the row that was left
    this.append(this.list.panel);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.panel.addEventListener("mousedown", (event) => event.preventDefault()); // or the input loses the focus
    this.list.panel.addEventListener("click", ({ target, shiftKey }) => this.list.rows.filter((row) => row.contains(target)).forEach((row) => this.choose(row, shiftKey)));
    if (kept?.field === this.input.id) this.keepOpen();
  }

  disconnectedCallback() {
    if (this.list) this.outdate();
  }

  get caretAtEnd() {
    return this.input.selectionStart === this.input.value.length;
  }

  later() {
    this.outdate();
    this.trail = [];
    this.timer = setTimeout(() => this.search({ words: this.input.value }), WAIT);
  }

  outdate() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.outdate();
  }

  close() {
    this.outdate();
    this.list.close();
  }

  async search({ words, at }) {
    this.outdate();
    if (!words.trim()) return this.close();
    const request = (this.request = new AbortController());
    const address = new URL(this.dataset.url || "/codes/find/", location.href);
    address.search = new URLSearchParams({ q: words, on: this.dataset.on ?? "" });
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { "X-Requested-With": "fetch" } });
      if (answer.redirected) throw new Error("signed out");
      this.list.show(await answer.text());
      this.list.stand(this.list.rows.find((row) => row.dataset.code === at));
    } catch (problem) {
      if (problem.name === "AbortError") return;
      this.close();
      announce("The list of codes did not arrive. Type the whole code, or try again.");
    }
  }

  reopen(place) {
    this.input.value = place.words;
    this.input.focus();
    this.search(place);
  }

  /* The new sheet gives its focus to the first field that asks for it: here, not to the line that was added. */
  keepOpen() {
    this.input.autofocus = true;
    this.trail = kept.trail;
    this.reopen(kept);
    kept = null;
  }

  /* Below a header its children; on a code with a 7th character, all its 7th characters. */
  openChildren({ dataset: { code, billable } }) {
    const words = billable === "true" ? code.slice(0, -1) : code;
    if (words === this.input.value) return this.list.move(1); // they are open
    this.trail.push({ words: this.input.value, at: code });
    this.reopen({ words, at: code });
  }

  choose(row, keeps) {
    const { code, title, billable } = row.dataset;
    if (billable !== "true") return this.openChildren(row);
    kept = keeps ? { field: this.input.id, words: this.input.value, at: code, trail: this.trail } : null;
    this.input.value = code;
    this.trail = [];
    this.close();
    this.dispatchEvent(new CustomEvent("code-chosen", { bubbles: true, detail: { code, title, billable: true, keeps } }));
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = this.actionFor(event.key, event.shiftKey);
    if (action) event.preventDefault();
    action?.();
  }

  /* Only keys that edit no text; the side arrows only on a row, with the caret at the end. */
  actionFor(key, shifted) {
    const row = this.list.isOpen ? this.list.current : null;
    if (key === "ArrowDown") return this.list.isOpen ? () => this.list.move(1) : () => this.search({ words: this.input.value });
    if (!this.list.isOpen) return null;
    if (key === "ArrowUp") return () => this.list.move(-1);
    if (key === "Escape") return () => this.close();
    if (key === "Enter" && row) return () => this.choose(row, shifted);
    if (shifted || !row || !this.caretAtEnd) return null;
    if (key === "ArrowRight" && (row.dataset.billable === "false" || row.dataset.code.length === SEVEN)) return () => this.openChildren(row);
    if (key === "ArrowLeft" && this.trail.length) return () => this.reopen(this.trail.pop());
    return null;
  }
}

customElements.define("code-picker", CodePicker);
