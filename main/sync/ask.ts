import { ReadableStream } from 'node:stream/web';
import { fetch as fetchWith, type Dispatcher, type RequestInit as UndiciRequestInit } from 'undici';
import type { z } from 'zod';
import { problemSchema } from '../../shared/registry/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { watchSilence, type SilenceWatch } from './silence.ts';

/** A line on which nothing moves for so long is a dead one. */
export const SILENCE_MS = 30_000;
/** An answer larger than this is not an answer. */
const ANSWER_MAX_BYTES = 32 * 1024 * 1024;

/** How a request goes out. */
export type Line = {
  readonly silenceMs?: number;
  /** Speaks TLS with an authority or a certificate of its own. */
  readonly dispatcher?: Dispatcher;
};

export type AskInit = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly body?: AsyncIterable<Uint8Array>;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
} & Line;

/** What TLS says, in the codes of OpenSSL and of Node, when the certificate is not one that this desk trusts; alerts of the other side begin with ERR_SSL. */
const CERTIFICATE_TROUBLE = /^(?!ERR_SSL).*CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;

/**
 * One HTTP request. No answer is `registry-unreachable`, a certificate that cannot be trusted `registry-certificate-untrusted`; a
 * refusal carries its status and code. Redirects are not followed.
 */
export async function ask(base: string, path: string, init: AskInit): Promise<Result<Response>> {
  const watch = watchSilence(init.silenceMs ?? SILENCE_MS);
  let response: Response;
  try {
    const request: RequestInit & { duplex?: 'half' } = {
      method: init.method ?? 'GET',
      redirect: 'error',
      headers: {
        ...(init.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(init.body ? { 'content-type': 'application/octet-stream' } : {}),
        ...init.headers,
      },
      signal: init.signal ? AbortSignal.any([watch.signal, init.signal]) : watch.signal,
    };
    if (init.json !== undefined) request.body = JSON.stringify(init.json);
    if (init.body) {
      request.body = ReadableStream.from(watch.over(init.body, false)) as unknown as BodyInit;
      request.duplex = 'half';
    }
    response = await send(new URL(path, base), request, init.dispatcher);
  } catch (error) {
    watch.end();
    if (error instanceof TypeError && (error as { code?: string }).code === 'ERR_INVALID_URL') return fail('input-invalid');
    const cause = (error as { cause?: { code?: unknown } }).cause?.code;
    return fail(typeof cause === 'string' && CERTIFICATE_TROUBLE.test(cause) ? 'registry-certificate-untrusted' : 'registry-unreachable');
  }
  const answer = watched(response, watch);
  if (answer.ok) return ok(answer);
  const problem = problemSchema.safeParse(await answer.json().catch(() => null));
  return refusal(answer, problem.success ? problem.data.code : 'none');
}

/** A dispatcher goes with the fetch of its own library, whatever version the runtime has. */
function send(url: URL, request: RequestInit, dispatcher: Dispatcher | undefined): Promise<Response> {
  if (dispatcher === undefined) return fetch(url, request);
  return fetchWith(url, { ...request, dispatcher } as UndiciRequestInit) as unknown as Promise<Response>;
}

/** The same answer, whose body keeps the watch going while it is read. */
function watched(response: Response, watch: SilenceWatch): Response {
  const { status, headers, body } = response;
  if (!body) {
    watch.end();
    return response;
  }
  return new Response(ReadableStream.from(watch.over(body, true)) as unknown as BodyInit, { status, headers });
}

/** Like ask, with a JSON answer of a known shape. */
export async function askJson<S extends z.ZodType>(base: string, path: string, init: AskInit, schema: S): Promise<Result<z.output<S>>> {
  const response = await ask(base, path, init);
  if (!response.ok) return response;
  const text = await readText(response.value);
  if (!text.ok) return text;
  try {
    const parsed = schema.safeParse(JSON.parse(text.value));
    return parsed.success ? ok(parsed.data) : fail('registry-answer-malformed');
  } catch {
    return fail('registry-answer-malformed');
  }
}

async function readText(response: Response): Promise<Result<string>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > ANSWER_MAX_BYTES) return fail('registry-answer-malformed');
      chunks.push(chunk);
    }
  } catch {
    return fail('registry-unreachable');
  }
  return ok(Buffer.concat(chunks).toString('utf8'));
}

const OWN = [
  'registry-mode-mismatch',
  'enrolment-code-wrong',
  'enrolment-code-expired',
  'workstation-revoked',
  'court-revoked',
  'court-has-open-filings',
  'update-needed',
  'numbers-held',
] as const;
const isOwn = (code: string): code is (typeof OWN)[number] => OWN.some((own) => own === code);

/** Refusals become codes of ours by the registry's code and the status, never by message text. */
function refusal({ status, headers }: Response, code: string): { ok: false; error: Failure } {
  if (isOwn(code)) return fail(code);
  const retryAfterSeconds = Number(headers.get('retry-after') ?? NaN);
  if (status === 429 || status >= 500)
    return fail('registry-unreachable', { status, code, ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}) });
  return fail('registry-refused', { status, code });
}
