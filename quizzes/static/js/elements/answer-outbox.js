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
const SIGNED_OUT_STATUS = 403;
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

class AnswerOutbox extends HTMLElement {
  connectedCallback() {
    this.storage = `outbox:${this.dataset.owner}`;
    if ("wipe" in this.dataset) return localStorage.removeItem(this.storage);
    this.form = this.querySelector("form");
    this.state = document.querySelector("[data-save-state]");
    this.queue = JSON.parse(localStorage.getItem(this.storage) ?? "{}");
    this.sending = new Set();
    this.failures = 0;
    this.restore();
    this.form.addEventListener("change", (event) => this.onChange(event));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("online", () => this.flush());
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("exam-time-up", () => this.flush());
    this.say(Object.keys(this.queue).length ? "Saving" : "All saved");
    return this.flush();
  }

  get slot() { return this.dataset.slot; }
  get inputs() { return [...this.form.querySelectorAll("input[name=option]")]; }
  get chosen() { return this.inputs.filter((input) => input.checked).map((input) => input.value); }

  restore() {
    const waiting = this.slot && this.queue[this.slot];
    if (waiting) this.show(waiting.next ?? waiting.answer);
    this.fillForm();
  }

  show(answer) {
    for (const input of this.inputs) input.checked = answer.includes(input.value);
    this.countChosen();
  }

  /** The form itself carries the same base and key, so a save that overtakes the script is a replay and no second answer. */
  fillForm() {
    const waiting = this.slot && this.queue[this.slot];
    if (!waiting) return;
    this.form.elements.base.value = waiting.base;
    this.form.elements.key.value = waiting.key;
  }

  countChosen() {
    const words = this.form.querySelector("[data-chosen-words]");
    if (words) words.textContent = `${this.chosen.length} of ${this.dataset.choose} chosen`;
  }

  note(sentence) {
    const place = this.form.querySelector("[data-choice-note]");
    if (!place) return announce(sentence);
    place.textContent = sentence;
    place.hidden = !sentence;
  }

  onChange(event) {
    if (event.target.name !== "option") return;
    const most = Number(this.dataset.choose);
    if (event.target.type === "checkbox" && this.chosen.length > most) {
      event.target.checked = false;
      return this.note(this.dataset.tooMany);
    }
    this.note("");
    this.countChosen();
    this.put(this.chosen);
  }

  put(answer) {
    const waiting = this.queue[this.slot];
    if (waiting?.wasSent) waiting.next = answer;
    else this.queue[this.slot] = { base: Number(this.form.elements.base.value), key: newKey(), answer, at: new Date() };
    this.fillForm();
    this.store();
    this.send(this.slot);
  }

  store() {
    try {
      localStorage.setItem(this.storage, JSON.stringify(this.queue));
    } catch { /* Storage is full or forbidden: the edit still waits in this page. */ }
  }

  flush() { return Promise.all(Object.keys(this.queue).map((slot) => this.send(slot))); }

  async send(slot) {
    const edit = this.queue[slot];
    if (!edit || this.sending.has(slot)) return;
    this.sending.add(slot);
    edit.wasSent = true;
    this.store();
    this.say("Saving");
    const { base, key, answer, at } = edit;
    let response = null;
    try {
      response = await fetch(this.dataset.slots.replace(/0\/$/, `${slot}/`), {
        method: "POST", keepalive: true, redirect: "manual", body: JSON.stringify({ base, key, answer, at }),
        headers: { "X-CSRFToken": csrfToken(), "Content-Type": "application/json", Accept: "application/json" },
      });
      if (response.ok || [404, 409, 410, 422].includes(response.status)) await this.settle(slot, response);
      else this.fail(response.type === "opaqueredirect" || response.status === SIGNED_OUT_STATUS ? SIGNED_OUT : OFFLINE);
    } catch { this.fail(OFFLINE); }
    this.sending.delete(slot);
    if (this.queue[slot] && !this.failures) await this.send(slot);
  }

  async settle(slot, response) {
    const said = await response.json();
    const { next } = this.queue[slot];
    this.failures = 0;
    delete this.queue[slot];
    if (response.ok && next) this.queue[slot] = { base: said.revision, key: newKey(), answer: next, at: new Date() };
    if (slot === this.slot && "revision" in said) this.form.elements.base.value = said.revision;
    if (slot === this.slot && !this.queue[slot]) this.form.elements.key.value = newKey();
    if (slot === this.slot && response.status === 409) this.show(said.answer);
    if (response.status === 410) this.queue = {};
    this.fillForm();
    this.store();
    if (response.status === 410) location.assign(said.receipt);
    else if (!response.ok) this.note(said.sentence);
    if (response.ok) this.acknowledge(said);
    else this.say(Object.keys(this.queue).length ? "Saving" : "All saved");
  }

  acknowledge(said) {
    this.say(`Saved ${new Date(said.saved_at).toLocaleTimeString("en-GB")}`);
    document.dispatchEvent(new CustomEvent("exam-remaining", { detail: said.remaining_ms }));
  }

  fail(words) {
    this.say(words);
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(), wait * (0.75 + Math.random() / 2));
  }

  say(words) { if (this.state && this.state.textContent !== words) this.state.textContent = words; }

  /** Nobody leaves an item before its answer is acknowledged, or the page has said why it is not. */
  async onSubmit(event) {
    const href = this.dataset[event.submitter?.name === "go" ? event.submitter.value : "none"];
    if (!Object.keys(this.queue).length && !href) return;
    event.preventDefault();
    await Promise.race([this.emptied(), new Promise((resolve) => { setTimeout(resolve, LEAVE_MS); })]);
    if (Object.keys(this.queue).length) return;
    if (href) location.assign(href);
    else this.form.requestSubmit(event.submitter);
  }

  async emptied() {
    await this.flush();
    while (this.sending.size) await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

customElements.define("answer-outbox", AnswerOutbox);
