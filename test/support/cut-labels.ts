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

/** Choices in a closed list that are wider than the room for them. */
export function cutChoices(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d')!;
    return [...document.querySelectorAll('select')]
      .filter((select) => select.getClientRects().length > 0)
      .flatMap((select) => {
        const { font, paddingLeft, paddingRight } = getComputedStyle(select);
        const room = select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
        pen.font = font;
        return [...select.options].map(({ text }) => text).filter((text) => pen.measureText(text).width > room);
      });
  });
}
