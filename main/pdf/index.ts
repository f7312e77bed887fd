export { countPages } from './count-pages.ts';
export { drawTalon, fileListHash, type TalonContent } from './draw-talon.ts';
export { extractTalonQr } from './extract-talon-qr.ts';
export { signPdf } from './sign-pdf.ts';
export { drawRuling, type RulingContent } from './draw-ruling.ts';
