export type { ActsParts } from './acts-parts.ts';
export { draftRulings } from './draft-rulings.ts';
export { actOfJudge, actsOfFiling, listActs, reviewAct } from './read-acts.ts';
export { sha256OfPem, signAct, signWith, type ActToSign, type SignedAct, type SigningRequest } from './sign-act.ts';
