/**
 * Writes theme.css beside this file: the variables of the component kit, made ahead because the content security policy
 * forbids the `<style>` element the kit would write at run time. Run `node renderer/ui/theme/write-theme-css.ts` after changing theme.ts.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEFAULT_THEME, convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import { theme } from './theme.ts';

export function themeCss(): string {
  const css = convertCssVariables(defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme)), ':root');
  const rules = css.replaceAll('{', ' {\n').replaceAll(';', ';\n').replaceAll('}', '}\n');
  return `/* Made by write-theme-css.ts from theme.ts; do not edit. */\n${rules}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(new URL('theme.css', import.meta.url), themeCss());
