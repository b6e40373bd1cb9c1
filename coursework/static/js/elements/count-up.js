/** The time that a task takes so far. It only shows: the server measures, and without script it measures all the same. */
import { canBeHidden, shown } from "../lib/clock-face.js";

class CountUp extends HTMLElement {
  connectedCallback() {
    this.text = this.querySelector("[data-clock-text]");
    this.beganAt = performance.now() - Number(this.dataset.elapsedMs);
    canBeHidden(this.text, this.querySelector("[data-clock-toggle]"));
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    this.text.textContent = shown(performance.now() - this.beganAt);
  }
}

customElements.define("count-up", CountUp);
