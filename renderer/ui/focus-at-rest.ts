/** Takes the focus only when nobody holds it: never out of a field, a tab or a list the person is in. */
export function focusAtRest(element: HTMLElement | null): void {
  const active = document.activeElement;
  if (active === null || active === document.body || active.matches('[data-focus-rest]')) element?.focus({ preventScroll: true });
}
