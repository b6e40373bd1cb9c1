/** The margin of a page of the book: highlights painted on its words, and made of a selection or line by line. */
import { announce } from "../lib/announce.js";

const LINES = "dd, .terms li > p, .headwords > li, .ways > li, .index-terms > li > p, .guideline > p, .code-page article > p, tbody > tr > :first-child";
const OWN = "own-highlight";
const TOOL = "highlight-line";
const CONTEXT = 30;
const LONGEST = 500;
let byLine = false;
let chosen = null;

const page = () => document.querySelector(".spread > .page");

/** The words of the page with every run of blanks as one, and the place of each letter. */
function reading() {
  const spots = [];
  let text = "";
  const walker = document.createTreeWalker(page(), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(`.${TOOL}`)) continue;
    for (let at = 0; at < node.data.length; at += 1) {
      const letter = /\s/.test(node.data[at]) ? " " : node.data[at];
      if (letter === " " && text.endsWith(" ")) continue;
      text += letter;
      spots.push([node, at]);
    }
  }
  return { text, spots };
}

/** Where the quoted words stand; of several places the one whose surroundings fit best. */
function placeOf(text, { quote, before, after }) {
  let best = { at: -1, fit: -1 };
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const fit = Number(text.slice(0, at).endsWith(before)) + Number(text.slice(at + quote.length).startsWith(after));
    if (fit > best.fit) best = { at, fit };
  }
  return best.at;
}

function paint(spots) {
  const byNode = Map.groupBy(spots, ([node]) => node);
  for (const [node, letters] of byNode) {
    if (!node.data.trim()) continue;
    const range = document.createRange();
    range.setStart(node, letters[0][1]);
    range.setEnd(node, letters.at(-1)[1] + 1);
    const mark = document.createElement("mark");
    mark.className = OWN;
    range.surroundContents(mark);
  }
}

function clear() {
  for (const mark of page().querySelectorAll(`.${OWN}`)) mark.replaceWith(...mark.childNodes);
  page().normalize();
}

/** Quote and surroundings of a range of the page; null where it holds no words of the page. */
function quoteOf(range) {
  const { text, spots } = reading();
  const inside = ([node, at]) => range.comparePoint(node, at) === 0 && !(node === range.endContainer && at >= range.endOffset);
  let first = spots.findIndex(inside);
  if (first < 0) return null;
  let end = spots.findLastIndex(inside) + 1;
  while (text[first] === " ") first += 1;
  while (end > first && text[end - 1] === " ") end -= 1;
  const around = { before: text.slice(Math.max(0, first - CONTEXT), first), after: text.slice(end, end + CONTEXT) };
  return end > first ? { text: text.slice(first, end), ...around } : null;
}

class BookMargin extends HTMLElement {
  connectedCallback() {
    if (!page()) return;
    this.form = this.querySelector("[data-highlight-form]");
    this.form.hidden = false;
    this.words = this.querySelector("#highlight-words");
    this.lines = this.querySelector("#highlight-lines");
    this.words.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    this.words.addEventListener("click", () => this.keep(chosen));
    this.lines.addEventListener("click", () => this.goByLine(!byLine));
    this.repaint();
    this.goByLine(byLine);
  }

  repaint() {
    clear();
    for (const mark of this.querySelectorAll("[data-quote]")) {
      const { text, spots } = reading();
      const at = placeOf(text, mark.dataset);
      mark.querySelector(".mark__gone").hidden = at >= 0;
      if (at >= 0) paint(spots.slice(at, at + mark.dataset.quote.length));
    }
  }

  keep(range) {
    const found = range && quoteOf(range);
    if (!found) return announce("Select some words of the page first, then press the button.");
    if (found.text.length > LONGEST) return announce(`A highlight has at most ${LONGEST} letters. Select fewer words.`);
    for (const name of ["text", "before", "after"]) this.form.elements[name].value = found[name];
    getSelection().removeAllRanges();
    return this.form.requestSubmit();
  }

  goByLine(isOn) {
    byLine = isOn;
    this.lines.setAttribute("aria-pressed", String(isOn));
    if (isOn) for (const line of page().querySelectorAll(LINES)) this.offer(line);
    else for (const button of page().querySelectorAll(`.${TOOL}`)) button.remove();
  }

  offer(line) {
    if (line.querySelector(`.${TOOL}`)) return; // it may have the focus
    const button = document.createElement("button");
    button.type = "button";
    button.className = TOOL;
    button.textContent = "Highlight";
    button.setAttribute("aria-label", `Highlight: ${line.textContent.trim().slice(0, 60)}`);
    button.addEventListener("click", () => {
      const range = document.createRange();
      range.selectNodeContents(line);
      range.setEndBefore(button);
      document.querySelector("book-margin").keep(range); // this one may have been drawn anew
    });
    line.append(" ", button);
  }
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  if (!range || page()?.contains(range.commonAncestorContainer)) chosen = range ?? chosen;
});

/** The margin was drawn anew: what was done is said, and a lost focus goes on at its head. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt?.id !== "margin") return;
  announce(event.detail.elt.querySelector("[data-said]")?.textContent ?? "");
  if (document.activeElement === document.body) document.getElementById("margin-title").focus();
});

customElements.define("book-margin", BookMargin);
