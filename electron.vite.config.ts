import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { CHANNEL_NAMES, EVENT_NAMES } from './shared/contract/index.ts';

const root = import.meta.dirname;
const inRoot = (...parts: string[]) => path.join(root, ...parts);

/** Copies files that are served as they are; `from` is a folder or a file. */
function copyAfterBuild(name: string, copies: readonly { from: string; to: string }[]): Plugin {
  return {
    name,
    async closeBundle() {
      for (const { from, to } of copies) {
        await mkdir(path.dirname(to), { recursive: true });
        await cp(from, to, { recursive: true });
      }
    },
  };
}

const pdfjs = (part: string) => inRoot('node_modules/pdfjs-dist', part);
const served = (part: string) => inRoot('build/renderer/pdfjs', part);

export default defineConfig({
  main: {
    build: {
      outDir: 'build/main',
      // built into the thread that uses them, which may not reach into the archive of an installed program
      externalizeDeps: { exclude: ['mammoth', 'read-excel-file'] },
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: inRoot('main/index.ts'),
          core: inRoot('main/core/process.ts'),
          'token-host': inRoot('main/token/process.ts'),
          'token-module': inRoot('main/token/module-process.ts'),
          'verification-worker': inRoot('main/signature/worker/process.ts'),
          'document-worker': inRoot('main/documents/worker/process.ts'),
          'picture-process': inRoot('main/paper/pictures/process.ts'),
          registry: inRoot('registry/main.ts'),
          cli: inRoot('main/cli/index.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    // The names go in as text, so that the sandboxed preload carries no schema library.
    define: { __CHANNEL_NAMES__: JSON.stringify(CHANNEL_NAMES), __EVENT_NAMES__: JSON.stringify(EVENT_NAMES) },
    plugins: [
      copyAfterBuild('dialog-pages', [
        { from: inRoot('main/shell/dialogs/page'), to: inRoot('build/dialogs') },
        {
          from: inRoot('node_modules/@fontsource-variable/noto-sans/files/noto-sans-cyrillic-wght-normal.woff2'),
          to: inRoot('build/dialogs/cyrillic.woff2'),
        },
        {
          from: inRoot('node_modules/@fontsource-variable/noto-sans/files/noto-sans-cyrillic-ext-wght-normal.woff2'),
          to: inRoot('build/dialogs/cyrillic-ext.woff2'),
        },
        {
          from: inRoot('node_modules/@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2'),
          to: inRoot('build/dialogs/latin.woff2'),
        },
      ]),
    ],
    build: {
      outDir: 'build/preload',
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: {
          window: inRoot('main/preload.ts'),
          'pin-preload': inRoot('main/shell/dialogs/pin-preload.ts'),
          'notice-preload': inRoot('main/shell/dialogs/notice-preload.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: inRoot('renderer'),
    base: '/',
    plugins: [
      react(),
      copyAfterBuild('pdfjs-files', [
        { from: pdfjs('cmaps'), to: served('cmaps') },
        { from: pdfjs('standard_fonts'), to: served('standard_fonts') },
        { from: pdfjs('wasm'), to: served('wasm') },
        { from: pdfjs('iccs'), to: served('iccs') },
        { from: pdfjs('legacy/build/pdf.worker.min.mjs'), to: served('pdf.worker.min.mjs') },
      ]),
    ],
    build: {
      outDir: inRoot('build/renderer'),
      emptyOutDir: true,
      minify: true,
      sourcemap: false,
      // A font or picture inlined as data: would need a wider policy than 'self'.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: inRoot('renderer/index.html'), print: inRoot('renderer/print.html') } },
    },
  },
});
