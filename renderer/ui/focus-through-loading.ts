/**
 * A button that is loading is disabled, and what is disabled loses the focus: it comes back when the button can be pressed again, unless something
 * else has taken it. Call it once for a document.
 */
export function keepFocusThroughLoading(page: Document): void {
  let last: Element | null = null;
  page.addEventListener('focusin', ({ target }) => {
    last = target instanceof Element ? target : null;
  });
  new MutationObserver((changes) => {
    const isFree = changes.some(({ target }) => target === last && !last.hasAttribute('disabled'));
    if (isFree && page.activeElement === page.body && last instanceof HTMLElement) last.focus({ preventScroll: true });
  }).observe(page, { subtree: true, attributeFilter: ['disabled'] });
}
