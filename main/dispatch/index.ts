/** Acts on their way to people: whom they go to and by which ways, what became of it, and the papers that go with it. */
export type { DispatchParts } from './dispatch-parts.ts';
export { planDispatch, proposedRecipients } from './dispatch-plan.ts';
export { listSigned } from './list-signed.ts';
export { listDispatches, readDispatch, type Looking } from './read-dispatches.ts';
export { readRecipient } from './read-recipients.ts';
export { sendAsProposed } from './send-as-proposed.ts';
export { recordLetter, resendDispatch, sendDispatch } from './send-dispatch.ts';
export { readSignedAct, signedInPieces } from './signed-act.ts';
