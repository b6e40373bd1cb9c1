/* The list of codes below a field: drawn in its panel, one row of it stood upon. What was found for other words than
   those in the field is no choice, whatever is still on the screen. */
import { announce } from "./announce.js";

let lists = 0;

export class CodeList {
  constructor(input) {
    this.input = input;
    this.panel = Object.assign(document.createElement("div"), { className: "code-picker__panel", id: `code-picker-${++lists}`, hidden: true });
    this.wear({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.panel.id, autocomplete: "off" });
    this.stale = true;
  }

  wear(attributes) {
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  get rows() {
    return this.stale ? [] : [...this.panel.querySelectorAll('[role="option"][data-code]')];
  }

  get current() {
    return this.rows.find((row) => row.getAttribute("aria-selected") === "true") ?? null;
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

  outdate() {
    this.current?.setAttribute("aria-selected", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.stale = true;
  }

  close() {
    this.outdate();
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.wear({ "aria-expanded": "false", "aria-controls": this.panel.id });
  }

  move(step) {
    const rows = this.rows;
    const from = this.current ? rows.indexOf(this.current) : Math.min(0, -step);
    this.stand(rows[(from + step + rows.length) % rows.length]);
  }

  stand(row) {
    if (!row) return;
    this.rows.forEach((each) => each.setAttribute("aria-selected", String(each === row)));
    row.scrollIntoView({ block: "nearest" });
    this.wear({ "aria-activedescendant": row.id });
  }
}
