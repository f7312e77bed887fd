import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

/** Every refusal of the registry: HTTP status and one English sentence without personal data. docs/registry-protocol.yaml lists them. */
export const PROBLEMS = {
  'input-invalid': [400, 'The request does not have the documented shape.'],
  'not-signed-in': [401, 'An access token of an enrolled workstation is needed.'],
  'assertion-invalid': [401, 'The assertion is not a fresh one signed by the key of an enrolled workstation.'],
  'clock-skew': [401, 'The times in the assertion do not fit the clock of the registry.'],
  'admin-token-wrong': [401, 'The admin token is needed.'],
  'cabinet-token-wrong': [401, 'The cabinet token is needed.'],
  'receipt-unproven': [401, 'The receipt is not signed by the gateway, too old, or was taken before.'],
  'enrolment-code-wrong': [403, 'No court has this enrolment code.'],
  'enrolment-code-expired': [403, 'This enrolment code has run out or was used.'],
  'workstation-revoked': [403, 'This workstation has been revoked.'],
  'user-inactive': [403, 'This user is not active.'],
  'certificate-unlisted': [403, 'This certificate is not on the list of this user.'],
  'certificate-outdated': [403, 'This certificate was not valid when the session began.'],
  'mandate-invalid': [403, 'The mandate is not signed by this certificate, or lasts too long.'],
  'mandate-untimely': [403, 'The times of the mandate do not fit the clock of the registry.'],
  'session-unknown': [403, 'This session was not handed in here.'],
  'session-over': [403, 'This session is over.'],
  'proof-invalid': [403, 'The proof is not one by this session for what is asked.'],
  'proof-missing': [403, 'A proof by a session of this user is needed.'],
  'role-not-allowed': [403, 'This user has none of the roles that may do this.'],
  'not-found': [404, 'There is nothing here.'],
  'registry-mode-mismatch': [409, 'A training registry takes training profiles only, a real one real profiles only.'],
  'request-id-reused': [409, 'This request id was used before with other contents.'],
  'lease-held': [409, 'Another desk has this filing.'],
  'already-registered': [409, 'This filing is registered.'],
  'numbers-exhausted': [409, 'The series has no numbers left.'],
  'challenge-used': [409, 'This challenge was used before, has run out, or was not given to this workstation.'],
  'survey-answered': [409, 'This survey was answered with other answers.'],
  'feed-gap': [409, 'The cursor lies beyond the end of the feed.'],
  'user-of-another-court': [409, 'This user belongs to another court.'],
  'court-revoked': [409, 'This court takes nothing in any more.'],
  'court-has-open-filings': [409, 'Filings of this court wait to be registered or ruled on.'],
  'last-administrator': [409, 'The court would be left without an administrator.'],
  'upload-offset-differs': [409, 'The upload goes on from another offset; ask for it.'],
  'tus-version-unsupported': [412, 'Uploads go by tus 1.0.0, and every request says so.'],
  'body-too-large': [413, 'The body is larger than the documented limit.'],
  'document-too-large': [413, 'The document is larger than the documented limit.'],
  'media-type-unsupported': [415, 'The content type is not one that is taken here.'],
  'range-unsatisfiable': [416, 'The range lies outside of the document.'],
  'document-hash-mismatch': [422, 'The bytes do not have the hash in the path.'],
  'document-missing': [422, 'A named document has not been uploaded, or has another size.'],
  'user-unknown': [422, 'The court has no such user.'],
  'key-algorithm-unsupported': [422, 'Signatures by a key of this kind cannot be verified here.'],
  'court-unknown': [422, 'There is no such court here.'],
  'too-many-requests': [429, 'Too many requests; try again in a second.'],
  unexpected: [500, 'The registry failed.'],
  'numbers-held': [503, 'The database was put back to an earlier day; numbers wait until its keeper has moved them on.'],
  'registry-unavailable': [503, 'The registry cannot reach its database or is stopping.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;
export type ProblemCode = keyof typeof PROBLEMS;

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ProblemCode };
export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refuse = (problem: ProblemCode): { readonly ok: false; readonly problem: ProblemCode } => ({ ok: false, problem });

export function sendProblem(reply: FastifyReply, problem: ProblemCode): FastifyReply {
  return reply.send(problemBody(reply, problem));
}

/** Sets the status and headers of a refusal and answers its body. */
export function problemBody(reply: FastifyReply, problem: ProblemCode): { code: ProblemCode; message: string } {
  const [status, message] = PROBLEMS[problem];
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (status === 429 || status === 503) reply.header('retry-after', '1');
  reply.code(status);
  return { code: problem, message };
}

/** A handler that answers the value as JSON, or the refusal. */
export function answering(work: (request: FastifyRequest, reply: FastifyReply) => Promise<Outcome<unknown>>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const outcome = await work(request, reply);
    return outcome.ok ? reply.send(outcome.value) : sendProblem(reply, outcome.problem);
  };
}

/** The value in the shape of the schema, or `input-invalid`. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): Outcome<z.output<S>> {
  const parsed = schema.safeParse(value);
  return parsed.success ? done(parsed.data) : refuse('input-invalid');
}
