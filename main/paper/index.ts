export type { PaperParts } from './paper-parts.ts';
export { beginPaperWork, dropPaperWork, keepPaperForm, openPaperWorks, readPaperWork, type PaperWork } from './paper-works.ts';
export { takeFolder } from './take-folder.ts';
export { takePaper } from './take-paper.ts';
