/** What NCALayer and we say to each other (module `basics`, version 1.4 of its protocol). Every answer is checked with these. */
import { z } from 'zod';
import type { UiLanguage } from '../../../shared/domain/language.ts';

export const HEARTBEAT = '--heartbeat--';

/** The first message after the socket is open. */
export const helloSchema = z.object({ result: z.object({ version: z.string() }) });

/** A done, cancelled (`status` true without a result) or failed request; the last for a module that this NCALayer has not. */
export const answerSchema = z.union([
  z.object({
    status: z.literal(true),
    body: z.object({ result: z.union([z.string(), z.array(z.string()).length(1)]).optional() }).optional(),
  }),
  z.object({ status: z.literal(false), code: z.string().max(64) }),
  z.object({ success: z.literal(false), errorCode: z.string().max(64) }),
]);

/** Key usage of the authority's signing keys; its keys for signing in have another. */
const SIGNING_KEYS = '1.3.6.1.5.5.7.3.4';

/** Which of the person's keys is wanted; NCALayer offers no other then. */
export type WantedSigner = { readonly iin: string | null; readonly serialNumber: string };

/** A detached CMS over the content, without a timestamp of its own. */
export const signRequest = (content: Uint8Array, wanted: WantedSigner | null, language: UiLanguage): string =>
  JSON.stringify({
    module: 'kz.gov.pki.knca.basics',
    method: 'sign',
    args: {
      format: 'cms',
      data: Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64'),
      signingParams: { decode: true, encapsulate: false, digested: false, tsaProfile: null },
      signerParams: {
        extKeyUsageOids: [SIGNING_KEYS],
        ...(wanted ? { serialNumber: wanted.serialNumber, ...(wanted.iin === null ? {} : { iin: wanted.iin }) } : {}),
      },
      locale: language,
    },
  });
