import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { policyOfPage } from '../../../main/shell/serving/content-policy.ts';
import { drawPapers } from './draw-papers.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
};

/** Builds the window as it is shipped, with a made-up office in place of the core, and sample papers beside it. */
export async function buildFakeWindow(outDir: string): Promise<void> {
  const office = path.join(ROOT, 'test/support/renderer/fake-main.ts');
  /* A test runner sets another environment, and with it the slow development build of React. */
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: false,
    root: path.join(ROOT, 'renderer'),
    logLevel: 'error',
    plugins: [
      react(),
      {
        name: 'made-up-office',
        transformIndexHtml: {
          order: 'pre',
          handler: (html) =>
            html.replace('<script', `<script type="module" src="${path.relative(path.join(ROOT, 'renderer'), office)}"></script><script`),
        },
      },
    ],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: path.join(ROOT, 'renderer/index.html') },
    },
  });
  if (environment === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = environment;
  await mkdir(path.join(outDir, 'papers'), { recursive: true });
  for (const [name, bytes] of await drawPapers(path.join(ROOT, 'resources/fonts')))
    await writeFile(path.join(outDir, 'papers', name), bytes);
}

function fileOf(outDir: string, pathname: string): string | null {
  const pdfjs = /^\/pdfjs\/([\w./-]+)$/.exec(pathname)?.[1];
  const library = path.join(ROOT, 'node_modules/pdfjs-dist');
  const file = pdfjs
    ? path.join(library, pdfjs.startsWith('pdf.worker') ? path.join('legacy/build', pdfjs) : pdfjs)
    : path.join(outDir, pathname === '/' ? 'index.html' : decodeURIComponent(pathname));
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

/** Serves it under the policy of the shell. */
export async function serveFakeWindow(outDir: string, port = 0): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://window');
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const file = fileOf(outDir, pathname);
    if (file === null) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': policyOfPage(pathname),
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
