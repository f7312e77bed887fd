export { loadReference, type KindRule, type Reference } from './load-reference.ts';
