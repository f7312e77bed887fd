/** The PDF room: papers drawn, signed, counted and read back. */
export { addValidationData, type ValidationMaterial } from './add-validation-data.ts';
export { admitPdf } from './admit-pdf.ts';
export type { ActValues } from './act-template.ts';
export { checkSeal, type SealFault } from './check-seal.ts';
export { countPages } from './count-pages.ts';
export { actTextOf, drawAct, type ActContent } from './draw-act.ts';
export { drawCheckSheet, type CheckSheetContent } from './draw-check-sheet.ts';
export { drawDispatchProtocol, type DispatchProtocolContent } from './draw-dispatch-protocol.ts';
export { drawLetterSheet, type LetterSheetContent } from './draw-letter-sheet.ts';
export { drawProtocol, type ProtocolContent } from './draw-protocol.ts';
export { drawReport, type ReportContent } from './draw-report.ts';
export { drawRuling, rulingText, type RulingContent } from './draw-ruling.ts';
export { drawSummons, type SummonsContent } from './draw-summons.ts';
export { readTalonLayout, type TalonLayout, type TalonLayoutRead } from './talon-template.ts';
export { drawTalon, type TalonContent } from './draw-talon.ts';
export { extractActQr, extractTalonQr } from './extract-qr.ts';
export { signPdf, signPdfByMessage } from './sign-pdf.ts';
export { timestampPdf } from './timestamp-pdf.ts';
