import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThrowawayPki } from './throwaway-pki.ts';

/** Other people's programs that judge our PDFs: poppler, qpdf, NSS and OpenSSL. */
export type PdfJudges = {
  save(name: string, pdf: Uint8Array): string;
  pdftotext(pdf: string, ...options: string[]): string;
  pdfinfo(pdf: string): string;
  /** Empty when the file has no fault of syntax. */
  qpdfFaults(pdf: string): string;
  pdfsig(pdf: string): string;
};

const run = (command: string, args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

export function pdfJudges(pki: Pick<ThrowawayPki, 'dir' | 'caPem'>): PdfJudges {
  const nss = join(pki.dir, 'nss');
  mkdirSync(nss);
  run('certutil', ['-N', '-d', `sql:${nss}`, '--empty-password']);
  run('certutil', ['-A', '-d', `sql:${nss}`, '-n', 'ca', '-t', 'CT,C,C', '-i', pki.caPem]);
  return {
    save: (name, pdf) => {
      const path = join(pki.dir, name);
      writeFileSync(path, pdf);
      return path;
    },
    pdftotext: (pdf, ...options) => run('pdftotext', [...options, pdf, '-']),
    pdfinfo: (pdf) => run('pdfinfo', [pdf]),
    qpdfFaults: (pdf) => {
      const { status, stdout, stderr } = spawnSync('qpdf', ['--check', pdf], { encoding: 'utf8' });
      return status === 0 ? '' : stdout + stderr;
    },
    pdfsig: (pdf) => run('pdfsig', ['-nssdir', `sql:${nss}`, '-no-ocsp', pdf]),
  };
}
