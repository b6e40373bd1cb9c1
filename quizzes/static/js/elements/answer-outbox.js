/**
 * Saves each answer when it is chosen. An edit waits in this device's storage until the server has acknowledged it:
 * one request at a time per slot, the same key again on every retry, newer edits of a slot joined into one.
 */
import { announce } from "../lib/announce.js";
import { csrfToken } from "../lib/csrf.js";

const RETRY_MS = [1000, 2000, 5000, 10_000];
const LEAVE_MS = 6000;
const OFFLINE = "Not saved yet: no connection. Your work is kept on this device.";
const SIGNED_OUT = "Not saved yet: you are signed out. Log in and open this page again; your work is kept on this device.";
const TAKEN = [200, 404, 409, 410, 422]; // the server has decided; anything else is tried again
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

class AnswerOutbox extends HTMLElement {
  connectedCallback() {
    this.storage = `outbox:${this.dataset.owner}`;
    if ("wipe" in this.dataset) return localStorage.removeItem(this.storage);
    this.form = this.querySelector("form");
    this.state = document.querySelector("[data-save-state]");
    this.queue = this.stored;
    this.sending = new Set();
    this.failures = 0;
    if (this.edit) this.show(this.edit.next ?? this.edit.answer);
    this.fillForm();
    this.form.addEventListener("change", (event) => this.onChange(event));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    for (const name of ["online", "pagehide", "exam-time-up"]) addEventListener(name, () => this.flush());
    this.say("All saved");
    return this.flush();
  }

  get stored() { return JSON.parse(localStorage.getItem(this.storage) ?? "{}"); }
  get edit() { return this.queue[this.dataset.slot]; }
  get isEmpty() { return Object.keys(this.queue).length === 0; }
  get inputs() { return [...this.form.querySelectorAll("input[name=option]")]; }
  get chosen() { return this.inputs.filter((input) => input.checked).map((input) => input.value); }

  show(answer) {
    for (const input of this.inputs) input.checked = answer.includes(input.value);
    this.countChosen();
  }

  /** The form carries the same base and key: a form that overtakes the script is a replay, and no second answer. */
  fillForm() {
    const { base, key } = this.form.elements;
    if (this.edit) [base.value, key.value] = [this.edit.base, this.edit.key];
  }

  countChosen() {
    const words = this.form.querySelector("[data-chosen-words]");
    if (words) words.textContent = `${this.chosen.length} of ${this.dataset.choose} chosen`;
  }

  note(sentence) {
    const place = this.form.querySelector("[data-choice-note]");
    return place ? Object.assign(place, { textContent: sentence, hidden: !sentence }) : announce(sentence);
  }

  onChange(event) {
    if (event.target.name !== "option") return;
    if (event.target.type === "checkbox" && this.chosen.length > Number(this.dataset.choose)) {
      event.target.checked = false;
      return this.note(this.dataset.tooMany);
    }
    this.countChosen();
    this.note("");
    if (this.edit?.wasSent) this.edit.next = this.chosen;
    else this.put(this.dataset.slot, this.form.elements.base.value, this.chosen);
    this.fillForm();
    this.store(this.dataset.slot);
    this.send(this.dataset.slot);
  }

  put(slot, base, answer) { this.queue[slot] = { base: Number(base), key: newKey(), answer, at: new Date() }; }

  /** This slot only: another tab of the same exam keeps its own edits beside it. */
  store(slot) {
    try { localStorage.setItem(this.storage, JSON.stringify({ ...this.stored, [slot]: this.queue[slot] })); } catch { /* Full or forbidden: it waits in this page. */ }
  }

  flush() { return Promise.all(Object.keys(this.queue).map((slot) => this.send(slot))); }

  async send(slot) {
    const edit = this.queue[slot];
    if (!edit || this.sending.has(slot)) return;
    this.sending.add(slot);
    edit.wasSent = true;
    this.store(slot);
    this.say("Saving");
    try {
      const response = await this.post(slot, edit);
      if (TAKEN.includes(response.status)) this.settle(slot, response.status, await response.json());
      else this.fail(response.type === "opaqueredirect" || response.status === 403 ? SIGNED_OUT : OFFLINE);
    } catch { this.fail(OFFLINE); }
    this.sending.delete(slot);
    if (this.queue[slot] && !this.failures) await this.send(slot);
  }

  post(slot, { base, key, answer, at }) {
    return fetch(this.dataset.slots.replace(/0\/$/, `${slot}/`), {
      method: "POST", keepalive: true, redirect: "manual", body: JSON.stringify({ base, key, answer, at }),
      headers: { "X-CSRFToken": csrfToken(), "Content-Type": "application/json", Accept: "application/json" },
    });
  }

  settle(slot, status, said) {
    const { next } = this.queue[slot];
    this.failures = 0;
    delete this.queue[slot];
    if (status === 200 && next) this.put(slot, said.revision, next);
    if (status === 410) this.queue = {};
    if (slot === this.dataset.slot) this.refresh(status, said);
    this.fillForm();
    this.store(slot);
    if (status === 410) return location.assign(said.receipt);
    if (status !== 200) this.note(said.sentence);
    if (this.isEmpty) this.say(status === 200 ? `Saved ${new Date(said.saved_at).toLocaleTimeString("en-GB")}` : "All saved");
    if (status === 200) document.dispatchEvent(new CustomEvent("exam-remaining", { detail: said.remaining_ms }));
  }

  refresh(status, said) {
    if ("revision" in said) [this.form.elements.base.value, this.dataset.seen] = [said.revision, ""];
    this.form.elements.key.value = newKey();
    if (status === 409) this.show(said.answer);
    document.querySelector(".navigator [aria-current]")?.classList.toggle("is-answered", this.chosen.length > 0);
  }

  fail(words) {
    this.say(words);
    clearTimeout(this.retry);
    const wait = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
    this.retry = setTimeout(() => this.flush(), wait * (0.75 + Math.random() / 2));
  }

  say(words) { if (this.state && this.state.textContent !== words) this.state.textContent = words; }

  /** Nobody leaves before the answer is acknowledged, or the page has said why not; an unseen item goes by its form. */
  async onSubmit(event) {
    const href = "seen" in this.dataset && event.submitter?.name === "go" ? this.dataset[event.submitter.value] : "";
    if (this.isEmpty && !href) return;
    event.preventDefault();
    const until = performance.now() + LEAVE_MS;
    for (this.flush(); !this.isEmpty && performance.now() < until;) await sleep(50);
    if (this.isEmpty) return href ? location.assign(href) : this.form.requestSubmit(event.submitter);
  }
}

customElements.define("answer-outbox", AnswerOutbox);
