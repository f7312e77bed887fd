/** F6 walks the panes of the window: every element with `data-pane`, in document order; the last focus in each is remembered. */
const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]';
const lastFocus = new WeakMap<Element, HTMLElement>();

const isVisible = (element: Element) => element.getClientRects().length > 0;

function firstFocusable(pane: Element): HTMLElement | null {
  const preferred = pane.querySelector<HTMLElement>('[data-pane-start]');
  if (preferred && isVisible(preferred)) return preferred;
  return [...pane.querySelectorAll<HTMLElement>(FOCUSABLE)].find((e) => isVisible(e) && e.tabIndex >= 0) ?? null;
}

export function movePane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll('[data-pane]')].filter((pane) => isVisible(pane) && firstFocusable(pane));
  if (panes.length === 0) return;
  const active = document.activeElement;
  const at = panes.findIndex((pane) => pane.contains(active));
  const left = panes[at];
  if (left && active instanceof HTMLElement) lastFocus.set(left, active);
  const next = panes[(at + step + panes.length) % panes.length];
  if (!next) return;
  const remembered = lastFocus.get(next);
  const target = remembered && next.contains(remembered) && isVisible(remembered) ? remembered : firstFocusable(next);
  target?.focus();
}
