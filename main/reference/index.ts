export type { DecisionRule, Ground } from './decision-rules.ts';
export type { DefectCode } from './defect-codes.ts';
export type { DispatchLadder } from './dispatch-ladders.ts';
export { loadReference, type KindRule, type Reference } from './load-reference.ts';
