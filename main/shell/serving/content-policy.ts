/** What a page of ours may load: files of the program and documents opened for it. No inline script, no inline style, no other host. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The worker that draws PDF pages compiles its decoders; it alone may. */
const PDF_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** The pages of dialogs run no script of their own at all: their preloads do the work. */
const DIALOG_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A document is bytes to be drawn by us; opened as a page it could do nothing. */
export const DOCUMENT_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

export const PDF_WORKER_PATH = '/pdfjs/pdf.worker.min.mjs';

export function policyOfPage(pathname: string): string {
  return pathname === PDF_WORKER_PATH ? PDF_WORKER_POLICY : PAGE_POLICY;
}
/** The page that draws a paper for a printer shows the pictures that it has drawn itself. */
export const policyOfPrintPage = (pathname: string): string =>
  pathname === PDF_WORKER_PATH ? PDF_WORKER_POLICY : PAGE_POLICY.replace("img-src 'self'", "img-src 'self' blob:");

export const policyOfDialog = (): string => DIALOG_POLICY;

/** Headers of everything that our scheme answers. */
export function answerHeaders(contentType: string, policy: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
