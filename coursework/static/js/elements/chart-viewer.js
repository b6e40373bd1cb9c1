/** The chart: which document is being read, and the keys to the next and the previous one. Without script: anchors. */
class ChartViewer extends HTMLElement {
  connectedCallback() {
    this.onShortcut = (event) => this.answer(event);
    document.addEventListener("shortcut", this.onShortcut);
    this.watcher = new IntersectionObserver((entries) => this.see(entries), { root: this, rootMargin: "0px 0px -60% 0px" });
    this.documents.forEach((article) => this.watcher.observe(article));
  }

  disconnectedCallback() {
    document.removeEventListener("shortcut", this.onShortcut);
    this.watcher.disconnect();
  }

  get documents() {
    return [...this.querySelectorAll(".document")];
  }

  see(entries) {
    const seen = entries.find((entry) => entry.isIntersecting);
    if (seen) this.mark(seen.target);
  }

  mark(article) {
    this.reading = article;
    document.querySelectorAll(".document-list a").forEach((link) => {
      const isHere = link.hash === `#${article.id}`;
      if (isHere) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  answer(event) {
    const by = { "next-document": 1, "previous-document": -1 }[event.detail.action];
    if (!by) return;
    event.preventDefault();
    const documents = this.documents;
    const next = documents[documents.indexOf(this.reading ?? documents[0]) + by];
    if (!next) return;
    next.scrollIntoView({ block: "start" });
    this.mark(next);
  }
}

customElements.define("chart-viewer", ChartViewer);
