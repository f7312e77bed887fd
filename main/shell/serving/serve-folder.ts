import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { answerHeaders } from './content-policy.ts';
import { resolveAsset } from './resolve-asset.ts';

/** Only what a build of ours contains; anything else is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
};

/** Answers GET requests with files of one folder. */
export function serveFolder(folder: string, policyOf: (pathname: string) => string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refusal(405);
    const file = resolveAsset(folder, request.url);
    const contentType = file === null ? undefined : CONTENT_TYPES[path.extname(file)];
    if (file === null || contentType === undefined) return refusal(404);
    try {
      const bytes = await readFile(file);
      return new Response(new Uint8Array(bytes), { headers: answerHeaders(contentType, policyOf(new URL(request.url).pathname)) });
    } catch {
      return refusal(404);
    }
  };
}

export function refusal(status: 204 | 404 | 405 | 416): Response {
  return new Response(null, { status, headers: answerHeaders('text/plain', "default-src 'none'") });
}
