import type { MantineThemeOverride } from '@mantine/core';

/**
 * Sizes of the component kit on our root size (15 px up to 1440 px of width, 16 px from 1600).
 * Colours come from tokens.css: `write-theme-css.ts` turns this file into theme.css, tokens.css then overrides the palette.
 */
export const theme: MantineThemeOverride = {
  fontFamily: 'var(--font)',
  fontFamilyMonospace: '"Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  fontSizes: { xs: '0.8rem', sm: '0.8667rem', md: '1rem', lg: '1.2rem', xl: '1.4rem' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.4', lg: '1.4', xl: '1.3' },
  spacing: { xs: '0.5rem', sm: '0.7rem', md: '0.9333rem', lg: '1.2rem', xl: '1.6rem' },
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  primaryShade: 8,
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
};
