/** Hearings, summonses, answers to requests, looks into case files, surveys, and how people were told. */
export { applyProceedingsItem, isOfProceedings } from './apply-proceedings-item.ts';
