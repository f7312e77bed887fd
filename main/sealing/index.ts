/** The sealing room: a PDF signed to a level, and raised to a higher one, each result verified before it is handed on. See README.md. */
export { certificateFault } from './certificate-fault.ts';
export { raisePdf, type Raised } from './raise-pdf.ts';
export { beginSeal, finishSeal, sealPdf, type Sealed, type Unjudged } from './seal-pdf.ts';
export { inTwoSteps, type Step } from './in-two-steps.ts';
export type { Level, SealingParts, Shortfall } from './sealing-parts.ts';
