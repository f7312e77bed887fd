export type { ActsParts } from './acts-parts.ts';
export { listVersions } from './act-versions.ts';
export { decideFiling, type DecisionRequest } from './decide-filing.ts';
export { draftRulings } from './draft-rulings.ts';
export { readDecision } from './read-decision.ts';
export { raiseActs, raiseAtOnce } from './raise-level.ts';
export { actOfJudge, actsOfFiling, listActs, readAct, reviewAct } from './read-acts.ts';
export { answerAct, sendBackAct, sentBackDrafts, takeBackAct, type AnswerRequest } from './send-back.ts';
export { sha256OfPem, signAct, signWith, type ActToSign, type SignedAct, type SigningRequest } from './sign-act.ts';
