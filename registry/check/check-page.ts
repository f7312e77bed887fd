import { createHash } from 'node:crypto';
import { dateTime } from '../../shared/domain/kk-format.ts';
import type { CheckAnswer } from '../../shared/registry/index.ts';

import { CHECK_TEXTS, type CheckLanguage } from './check-texts.ts';

const STYLE = `
:root{color-scheme:light;font:16px/1.5 system-ui,"Noto Sans",sans-serif;color:#1b2430;background:#f4f6f9}
*{box-sizing:border-box}
body{margin:0;padding:16px}
main{max-width:640px;margin:0 auto;background:#fff;border:1px solid #d5dbe4;border-radius:12px;padding:20px}
header{display:flex;flex-wrap:wrap;gap:4px 16px;justify-content:space-between;align-items:baseline}
h1{font-size:1.375rem;line-height:1.25;margin:0}
h2{font-size:1.125rem;margin:0}
a{color:#0b5cad;display:inline-block;padding:8px 0}
label{display:block;font-weight:600;margin-top:16px}
.hint{color:#505c6c;font-size:.875rem;margin:4px 0 8px}
textarea{width:100%;min-height:88px;padding:10px;font:inherit;border:1px solid #7b8798;border-radius:8px;overflow-wrap:anywhere}
button{margin-top:12px;width:100%;min-height:48px;font:inherit;font-weight:600;color:#fff;background:#0b5cad;border:0;border-radius:8px}
:focus-visible{outline:3px solid #f0a500;outline-offset:2px}
section{margin-top:20px;padding:16px;border:1px solid #d5dbe4;border-left-width:6px;border-radius:8px}
.found{border-left-color:#1a7f37}
.missing{border-left-color:#b3261e}
section p{margin:4px 0 0}
dl{margin:12px 0 0}
dt{color:#505c6c;font-size:.875rem;margin-top:8px}
dd{margin:0;overflow-wrap:anywhere}
.hash{font-family:ui-monospace,monospace;font-size:.875rem}
footer{color:#505c6c;font-size:.875rem;margin-top:16px}
@page{margin:20mm}
@media print{:root{background:#fff}body{padding:0}main{border:0;padding:0;max-width:none}form,a{display:none}section{break-inside:avoid}}
`;

/** Nothing but this page's own style; its form comes back here. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

type PageContent = {
  readonly lang: CheckLanguage;
  /** What was asked, as it came. */
  readonly number: string;
  /** undefined: nothing was asked; null: what was asked is no number and no QR code. */
  readonly answer: CheckAnswer | null | undefined;
  readonly checkedAt: string;
};

/** The page for people: a form and the answer. */
export function drawCheckPage({ lang, number, answer, checkedAt }: PageContent): string {
  const texts = CHECK_TEXTS[lang];
  const other = lang === 'kk' ? 'ru' : 'kk';
  const again = number === '' ? '' : `&number=${encodeURIComponent(number)}`;
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${texts.title}</title><style>${STYLE}</style></head>
<body><main>
<header><h1>${texts.title}</h1><a href="${escapeHtml(`/check?lang=${other}${again}`)}" lang="${other}">${texts.otherLanguage}</a></header>
<p>${texts.intro}</p>
<form method="get" action="/check"><input type="hidden" name="lang" value="${lang}">
<label for="number">${texts.field}</label><p class="hint" id="hint">${texts.hint}</p>
<textarea id="number" name="number" required maxlength="2400" aria-describedby="hint" autocomplete="off" spellcheck="false">${escapeHtml(number)}</textarea>
<button>${texts.button}</button></form>
${answer === undefined ? '' : drawAnswer(lang, answer, { asked: number, checkedAt })}
</main></body></html>
`;
}

function drawAnswer(
  lang: CheckLanguage,
  answer: CheckAnswer | null,
  { asked, checkedAt }: { readonly asked: string; readonly checkedAt: string },
): string {
  const texts = CHECK_TEXTS[lang];
  const checked = `<footer>${texts.checkedAt}: ${dateTime(checkedAt)}</footer>`;
  const original = answer?.original;
  if (!original)
    return `<section class="missing" role="status"><h2>${answer === null ? texts.notUnderstood : texts.missing}</h2><p>${texts.missingNote}</p>
<dl><dt>${texts.asked}</dt><dd>${escapeHtml(asked.trim())}</dd></dl></section>${checked}`;
  const isTalon = original.paper === 'talon';
  const rows: readonly (readonly [string, string | null])[] = [
    [texts.paper, isTalon ? texts.talon : (texts.acts[original.kind ?? ''] ?? texts.act)],
    [texts.court, `${lang === 'kk' ? original.court.nameKk : original.court.nameRu} (${original.court.code})`],
    [texts.incomingNumber, original.incomingNumber],
    [texts.caseNumber, original.caseNumber],
    [isTalon ? texts.registeredAt : texts.signedAt, dateTime(original.at)],
  ];
  const list = rows.flatMap(([name, value]) => (value === null ? [] : `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`)).join('');
  return `<section class="found" role="status"><h2>${texts.found}</h2><p>${texts.foundNote}</p>
<dl>${list}<dt>${texts.sha256}</dt><dd class="hash">${original.sha256}</dd></dl></section>${checked}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
