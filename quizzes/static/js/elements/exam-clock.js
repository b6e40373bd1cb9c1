/**
 * The clock of a sitting. It counts what the server said with the monotonic clock, never with the device's own time,
 * asks the server again before it believes that the time is over, and speaks at 30, 10, 5 and 1 minutes.
 */
import { announce } from "../lib/announce.js";
import { canBeHidden, shown } from "../lib/clock-face.js";

const SPOKEN_MINUTES = [30, 10, 5, 1];
const LOW_MS = 10 * 60_000;
const RETRY_MS = 3000;
const JITTER_MS = 3000;

class ExamClock extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("[data-clock-text]");
    this.set(Number(this.dataset.remainingMs));
    this.before = this.remaining;
    canBeHidden(this.text, this.querySelector("[data-clock-toggle]"));
    this.onSync = (event) => this.set(event.detail);
    // A laptop that slept, or a tab in the background, may have stopped the monotonic clock.
    this.onVisible = () => { if (!document.hidden) this.ask(); };
    document.addEventListener("exam-remaining", this.onSync);
    document.addEventListener("visibilitychange", this.onVisible);
    this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("exam-remaining", this.onSync);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  get remaining() {
    return Math.max(0, this.endsAt - performance.now());
  }

  set(ms) {
    this.endsAt = performance.now() + ms;
  }

  tick() {
    const now = this.remaining;
    this.text.textContent = shown(now);
    this.classList.toggle("clock--low", now <= LOW_MS);
    const crossed = SPOKEN_MINUTES.filter((minutes) => this.before > minutes * 60_000 && now <= minutes * 60_000);
    if (crossed.length) announce(crossed.at(-1) === 1 ? "1 minute left." : `${crossed.at(-1)} minutes left.`);
    this.before = now;
    if (now === 0) this.ask();
  }

  async ask() {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      const response = await fetch(this.dataset.clock, { headers: { Accept: "application/json" }, cache: "no-store" });
      const answer = await response.json();
      this.set(answer.remaining_ms);
      if (answer.remaining_ms === 0) this.end();
    } catch {
      // No connection, or signed out: nothing is decided here, and the answers wait in the outbox.
    }
    setTimeout(() => { this.isAsking = false; }, RETRY_MS);
  }

  end() {
    clearInterval(this.timer);
    this.text.hidden = false;
    this.text.textContent = "Time is up";
    announce("Time is up. Your answers are being saved.");
    dispatchEvent(new Event("exam-time-up"));
    // A whole class ends at the same second; spread its last requests inside the grace.
    setTimeout(() => location.assign(this.dataset.receipt), 1000 + Math.random() * JITTER_MS);
  }
}

customElements.define("exam-clock", ExamClock);
