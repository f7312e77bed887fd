import { describe, expect, it } from 'vitest';
import {
  answerHeaders,
  DOCUMENT_POLICY,
  PDF_WORKER_PATH,
  policyOfDialog,
  policyOfPage,
} from '../../../main/shell/serving/content-policy.ts';

describe('the content policies', () => {
  it('allow nothing unsafe on any page', () => {
    for (const policy of [policyOfPage('/'), policyOfPage('/assets/index.js'), policyOfDialog(), DOCUMENT_POLICY]) {
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
    }
  });

  it('let the PDF worker alone compile its decoders, and nothing more', () => {
    const policy = policyOfPage(PDF_WORKER_PATH);
    expect(policy).toContain("'wasm-unsafe-eval'");
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe');
    for (const near of ['/pdfjs/pdf.worker.min.mjs/', '/pdfjs/pdf.worker.min.mjs.js', '/pdf.worker.min.mjs', '/']) {
      expect(policyOfPage(near)).not.toContain('wasm-unsafe-eval');
    }
  });

  it('give the PIN page no script at all', () => {
    expect(policyOfDialog()).not.toContain('script-src');
  });

  it('put a document into a sandbox', () => {
    expect(DOCUMENT_POLICY.split('; ')).toContain('sandbox');
  });

  it('go with headers that stop guessing and embedding', () => {
    expect(answerHeaders('text/html', policyOfPage('/'))).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
  });
});
