export type { DecisionRule, Ground } from './decision-rules.ts';
export { loadReference, type KindRule, type Reference } from './load-reference.ts';
