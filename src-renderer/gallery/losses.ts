/**
 * What a person would lose of the page as it is laid out now, in words for whoever mends it: content beyond the
 * window or its card, clipped text, and words torn apart in the middle.
 */
export function losses(): readonly string[] {
  const found: string[] = [];
  if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
  for (const element of document.querySelectorAll<HTMLElement>('.face *')) {
    if (element.closest(`svg, .visually-hidden, ${FOLDED}`) !== null) continue;
    // The page is as wide as the window, with the scroll bar over it.
    const around =
      // In a list the cards are parts of one, with no edge of their own.
      element.parentElement?.closest('.account-list') ??
      element.parentElement?.closest('.card, .menu') ??
      element.closest('.face') ??
      document.body;
    const bounds = around.getBoundingClientRect();
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 0 && (right > bounds.right + 0.5 || left < bounds.left - 0.5)) {
      found.push(`beyond its card: ${named(element)}`);
    }
    // A field scrolls, as fields do.
    const isClipped =
      getComputedStyle(element).overflowX !== 'visible' && !(element instanceof HTMLInputElement);
    if (isClipped && element.scrollWidth > element.clientWidth + 1) found.push(`clipped: ${named(element)}`);
  }
  return [...found, ...tornWords()];
}

/** Laid out, and not shown. */
const FOLDED = 'details:not([open]) > :not(summary)';

/** An ordinary word, as long as it fits a line of a narrow window with large text. */
const WORD = /\p{L}[\p{L}’']{0,15}/gu;

/** Japanese breaks between any two letters; paths, addresses and a licence's capitals have to break somewhere. */
const BREAKABLE = `:lang(ja), .address, .name, .facts, .licences, code, .visually-hidden, svg, option, ${FOLDED}`;

function tornWords(): readonly string[] {
  const torn: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    if (text.parentElement?.closest(BREAKABLE) != null) continue;
    for (const { 0: word, index } of (text.nodeValue ?? '').matchAll(WORD)) {
      const before = text.nodeValue?.charAt(index - 1) ?? '';
      const after = text.nodeValue?.charAt(index + word.length) ?? '';
      // A part of something longer, an identifier or an address for instance.
      if (!/^$|[\s\u00AD(“„"–-]/.test(before) || !/^$|[\s\u00AD).,:;!?”“"–…-]/.test(after)) continue;
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const drawn = [...range.getClientRects()].filter(({ width }) => width > 0);
      const lines = new Set(drawn.map(({ top }) => Math.round(top)));
      // What follows a soft hyphen begins with the hyphen, at the end of the line before.
      const allowed = before === '\u00AD' ? 2 : 1;
      if (lines.size > allowed) torn.push(`torn apart: “${word}” in ${named(text.parentElement)}`);
    }
  }
  return torn;
}

function named(element: Element | null): string {
  if (element === null) return 'nothing';
  const text = element.textContent.trim().slice(0, 40);
  return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${text}`;
}
