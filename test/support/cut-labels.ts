import type { Page } from '@playwright/test';

/** Words that are cut off: names may be, labels and states never. */
export function cutLabels(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'button, h1, h2, h3, label, legend, nav span, [data-tone], [role="columnheader"], [data-column="due"], [data-column="state"]',
      ),
    ]
      .filter((e) => e.getClientRects().length > 0 && !e.closest('[role="tablist"]') && e.scrollWidth > e.clientWidth + 1)
      .filter((e) => getComputedStyle(e).display !== 'inline' && !e.classList.contains('visually-hidden'))
      .map((e) => e.innerText),
  );
}
