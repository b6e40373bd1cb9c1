/* <pcs-builder data-root data-so-far>: the seven columns by keyboard. The typed character chooses, Backspace goes back,
   arrows move. Columns 4 to 7 are drawn from the rows in the page; anything else is fetched. Without script: links. */
import { announce } from "../lib/announce.js";

const [TABLE, LENGTH] = [3, 7];
const LETTERS = { I: "1", O: "0" }; // ICD-10-PCS has no I and no O

/* The rule of codesets/pcs_rows.py: rows that hold what was chosen, and what they let follow. */
const fitting = (rows, soFar) => rows.filter((row) => [...soFar].every((value, place) => value in row[place]));
const titlesIn = (rows, place, value) => [...new Set(rows.map((row) => row[place][value]).filter(Boolean))];

class PcsBuilder extends HTMLElement {
  connectedCallback() {
    this.turn = Promise.resolve();
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("click", (event) => this.onClick(event));
    this.read();
    if (document.activeElement === document.body && !location.hash) this.rest({ preventScroll: true });
  }

  read() {
    this.soFar = this.dataset.soFar;
    const { rows = [], words = {} } = JSON.parse(this.querySelector("#pcs-rows")?.textContent ?? "{}");
    Object.assign(this, { rows, words });
    this.querySelectorAll("[data-only-script]").forEach((part) => (part.hidden = "copy" in part.dataset && !navigator.clipboard));
  }

  get choices() {
    return [...this.querySelectorAll("[data-choices] a")];
  }

  at(soFar) {
    return `${this.dataset.root}?so_far=${soFar}`;
  }

  /* One act after the other, so that nothing typed is lost while the next columns arrive. */
  later(act) {
    this.turn = this.turn.then(act).catch(() => announce("The next column did not arrive. Try again."));
  }

  onKey(event) {
    const { key, target } = event;
    const act = target.closest(".table-frame") ? null : this.actionFor(key, target); // a frame scrolls by its own arrows
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.later(act);
  }

  actionFor(key, target) {
    if (/^[0-9a-z]$/i.test(key)) return () => this.choose(key.toUpperCase());
    if (key === "Backspace" || key === "ArrowLeft") return () => this.soFar && this.go(this.soFar.slice(0, -1));
    const step = this.choices.length && { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) return () => this.move(step);
    const takes = ["Enter", "ArrowRight"].includes(key) && target.closest("[data-choices] a");
    return takes ? () => this.choose(document.activeElement.dataset.value) : null;
  }

  onClick(event) {
    const { copy } = event.target.dataset;
    if (copy) navigator.clipboard.writeText(copy).then(() => announce(`${copy} copied.`));
    const link = event.target.closest("[data-choices] a, .pcs-columns a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.later(() => this.go(new URL(link.href).searchParams.get("so_far")));
  }

  choose(value) {
    if (!value || this.soFar.length === LENGTH) return null;
    if (this.choices.some((choice) => choice.dataset.value === value)) return this.go(this.soFar + value);
    const hint = value in LETTERS ? ` There is no letter ${value} in ICD-10-PCS; the digit is ${LETTERS[value]}.` : "";
    this.querySelector("[data-said]").textContent = `${value} cannot stand here.${hint}`;
    return null;
  }

  move(step) {
    const all = this.choices;
    const from = all.indexOf(document.activeElement);
    all.at(from < 0 ? 0 : (from + step) % all.length)?.focus();
  }

  async go(soFar) {
    if (this.isDrawnHere(soFar, soFar.length)) this.draw(soFar);
    else await this.fetch(this.at(soFar));
    history.replaceState(null, "", this.at(soFar));
    this.rest();
    this.tell();
  }

  isDrawnHere(soFar, length) {
    const isSameTable = length >= TABLE && soFar.slice(0, TABLE) === this.soFar.slice(0, TABLE);
    return isSameTable && length < LENGTH && this.choices.length > 0;
  }

  async fetch(address) {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return location.assign(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("pcs-builder");
    this.dataset.soFar = fresh.dataset.soFar;
    this.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    return this.read();
  }

  draw(soFar) {
    this.soFar = soFar;
    const [rows, place] = [fitting(this.rows, soFar), soFar.length];
    [...this.querySelectorAll(".pcs-column")].forEach((column, index) => this.drawColumn(column, index, rows));
    const next = this.querySelectorAll(".pcs-column__title")[place].textContent;
    this.querySelector("[data-next]").textContent = next.replace(/^(\d) (.*)/, "Character $1, $2");
    this.querySelector("[data-said]").textContent = "";
    const values = [...new Set(rows.flatMap((row) => Object.keys(row[place])))].sort();
    const list = this.querySelector("[data-choices]");
    list.replaceChildren(...values.map((value) => this.choice(value, titlesIn(rows, place, value))));
    list.classList.toggle("is-plain", !list.querySelector(".pcs-choice__meaning:not(:empty)"));
  }

  drawColumn(column, index, rows) {
    const [value, box] = [this.soFar[index] ?? "", column.querySelector("a")];
    if (value) box.href = this.at(this.soFar.slice(0, index));
    else box.removeAttribute("href");
    box.querySelector("[data-character]").textContent = value;
    box.querySelector("[data-again]").hidden = !value;
    column.querySelector("[data-meant]").textContent = value ? titlesIn(rows, index, value).join(" or ") : "";
    column.classList.toggle("is-current", index === this.soFar.length);
  }

  choice(value, titles) {
    const made = this.querySelector("[data-choice]").content.firstElementChild.cloneNode(true);
    const link = made.querySelector("a");
    link.href = this.at(this.soFar + value);
    link.dataset.value = link.firstElementChild.textContent = value;
    link.lastElementChild.textContent = titles.join(" or ");
    made.lastElementChild.textContent = titles.map((title) => this.words[`${this.soFar.length + 1} ${title}`] ?? "").join(" ").trim();
    return made;
  }

  /* The focus waits where the next key goes: on the first value, or on the finished code. */
  rest(options) {
    (this.querySelector("#pcs-open") ?? this.choices[0])?.focus(options);
  }

  tell() {
    const chosen = this.querySelectorAll("[data-meant]")[this.soFar.length - 1]?.textContent;
    const said = this.querySelector("[data-complete]")?.textContent ?? `${this.querySelector("[data-next]").textContent}, ${this.choices.length}`;
    announce([chosen, said.trim()].filter(Boolean).join(". "));
  }
}

customElements.define("pcs-builder", PcsBuilder);
