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
    if (this.turn) return;
    this.turn = Promise.resolve();
    this.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("click", (event) => this.onClick(event));
    this.read();
    if (document.activeElement === document.body && !location.hash) this.rest({ preventScroll: true });
  }

  /* What the server wrote: how far the code is, and the rows of its table. */
  read() {
    this.soFar = this.dataset.soFar;
    const { rows = [], words = [] } = JSON.parse(this.querySelector("#pcs-rows")?.textContent ?? "{}");
    this.rows = rows;
    this.words = new Map(words.map(([place, title, meaning]) => [`${place} ${title}`, meaning]));
    this.querySelectorAll("[data-only-script]").forEach((hint) => (hint.hidden = false));
    this.querySelectorAll("[data-copy]").forEach((button) => (button.hidden = !navigator.clipboard));
  }

  get choices() {
    return [...this.querySelectorAll("[data-choices] a")];
  }

  /* One act after the other, so that nothing typed is lost while the next columns arrive. */
  later(act) {
    this.turn = this.turn.then(act).catch(() => announce("The next column did not arrive. Try again."));
  }

  onKey(event) {
    const { key, target } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select")) return;
    const act = this.actionFor(key, target);
    if (!act) return;
    event.preventDefault();
    this.later(act);
  }

  actionFor(key, target) {
    if (/^[0-9a-z]$/i.test(key)) return () => this.choose(key.toUpperCase());
    if (key === "Backspace" || key === "ArrowLeft") return () => this.soFar && this.go(this.soFar.slice(0, -1));
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) return () => this.move(step);
    const value = target.closest("[data-choices] a")?.dataset.value;
    return key === "ArrowRight" && value ? () => this.choose(value) : null;
  }

  onClick(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const copy = event.target.closest("[data-copy]");
    if (copy) return void navigator.clipboard.writeText(copy.dataset.copy).then(() => announce(`${copy.dataset.copy} copied.`));
    const link = event.target.closest("[data-choices] a, .pcs-columns a[href]");
    if (!link) return;
    event.preventDefault();
    const soFar = new URL(link.href).searchParams.get("so_far");
    this.later(() => this.go(soFar));
  }

  choose(value) {
    if (this.soFar.length === LENGTH) return null;
    if (this.choices.some((choice) => choice.dataset.value === value)) return this.go(this.soFar + value);
    const hint = value in LETTERS ? ` There is no letter ${value} in ICD-10-PCS; the digit is ${LETTERS[value]}.` : "";
    return this.say(`${value} cannot follow ${this.soFar || "here"}.${hint}`);
  }

  move(step) {
    const all = this.choices;
    const from = all.indexOf(document.activeElement);
    all[from < 0 ? 0 : (from + step + all.length) % all.length]?.focus();
  }

  async go(soFar) {
    const isNear = this.rows.length && soFar.length >= TABLE && soFar.length < LENGTH && this.soFar.startsWith(soFar.slice(0, TABLE));
    const address = `${this.dataset.root}?so_far=${soFar}`;
    if (isNear && this.soFar.length < LENGTH) this.draw(soFar);
    else await this.fetch(address);
    history.replaceState(null, "", address);
    this.rest();
    this.tell();
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
    const values = [...new Set(rows.flatMap((row) => Object.keys(row[place])))].sort();
    this.querySelector("[data-choices]").replaceChildren(...values.map((value) => this.choice(value, titlesIn(rows, place, value))));
  }

  drawColumn(column, index, rows) {
    const value = this.soFar[index] ?? "";
    const box = column.querySelector("a");
    if (value) box.href = `${this.dataset.root}?so_far=${this.soFar.slice(0, index)}`;
    else box.removeAttribute("href");
    box.querySelector("[data-character]").textContent = value;
    box.querySelector("[data-again]").hidden = !value;
    column.querySelector("[data-meant]").textContent = value ? titlesIn(rows, index, value).join(" or ") : "";
    column.classList.toggle("is-current", index === this.soFar.length);
  }

  choice(value, titles) {
    const made = this.querySelector("[data-choice]").content.firstElementChild.cloneNode(true);
    const link = made.querySelector("a");
    link.href = `${this.dataset.root}?so_far=${this.soFar}${value}`;
    link.dataset.value = value;
    link.firstElementChild.textContent = value;
    link.lastElementChild.textContent = titles.join(" or ");
    made.lastElementChild.textContent = titles.map((title) => this.words.get(`${this.soFar.length + 1} ${title}`) ?? "").join(" ").trim();
    return made;
  }

  /* The focus waits where the next key goes: on the first value, or on the finished code. */
  rest(options) {
    (this.querySelector("#pcs-open") ?? this.choices[0])?.focus(options);
  }

  tell() {
    const heading = this.querySelector("[data-next], #pcs-code")?.textContent.trim();
    const title = this.querySelector(".pcs-result__title")?.textContent ?? `${this.choices.length} values`;
    const chosen = this.querySelectorAll("[data-meant]")[this.soFar.length - 1]?.textContent;
    announce([chosen, heading, title].filter(Boolean).join(". "));
  }

  say(sentence) {
    const place = this.querySelector("[data-said]");
    if (place) place.textContent = sentence;
  }
}

customElements.define("pcs-builder", PcsBuilder);
