import type { UiLanguage } from '../../shared/domain/language.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { readCertificate, readDetachedMessage, type DetachedMessage } from '../signature/index.ts';
import { mayServe } from './key-usage.ts';
import { connectNcaLayer, parsed, type NcaLayerSocket } from './ncalayer/connect-ncalayer.ts';
import { answerSchema, signRequest, type WantedSigner } from './ncalayer/ncalayer-messages.ts';
import type { NcaLayerPlace } from './ncalayer/ncalayer-place.ts';
import type { ContentSession, NcaLayerRef } from './token-host.ts';

/** How long the person may take in the windows of NCALayer: to find the token, choose the key, type the PIN. */
const PERSON_MS = 5 * 60_000;

/** The NCALayer that is running here, any of its keys. */
export async function findNcaLayer(place: NcaLayerPlace | null): Promise<Result<NcaLayerRef>> {
  if (place === null) return fail('ncalayer-absent');
  const socket = await connectNcaLayer(place);
  if (!socket.ok) return socket;
  socket.value.close();
  return ok({ kind: 'ncalayer', url: place.url, certificate: null });
}

/** Reaches the NCALayer of a key. Nobody is asked for anything before the first signature. */
export async function openNcaLayer(
  place: NcaLayerPlace | null,
  key: NcaLayerRef,
  options: { readonly language: UiLanguage; readonly personMs?: number | undefined },
): Promise<Result<ContentSession>> {
  if (place?.url !== key.url) return fail('ncalayer-absent');
  const wanted = key.certificate === null ? null : new Uint8Array(Buffer.from(key.certificate, 'base64'));
  const named = wanted && readCertificate(wanted);
  if (wanted && !named) return fail('certificate-unfit', { reason: 'format' });
  const socket = await connectNcaLayer(place);
  if (!socket.ok) return socket;
  const signer = named && { iin: named.iin, serialNumber: named.serial };
  return ok(sessionOf(socket.value, { wanted, signer, language: options.language, personMs: options.personMs ?? PERSON_MS }));
}

type Wish = {
  readonly wanted: Uint8Array | null;
  readonly signer: WantedSigner | null;
  readonly language: UiLanguage;
  readonly personMs: number;
};

function sessionOf(socket: NcaLayerSocket, { wanted, signer, language, personMs }: Wish): ContentSession {
  let certificate = wanted;
  let over: Failure | null = null;

  async function sign(content: Uint8Array): Promise<Result<DetachedMessage>> {
    const answer = await socket.ask(signRequest(content, signer, language), personMs);
    if (!answer.ok) return answer;
    const given = resultOf(answer.value);
    if (!given.ok) return given;
    const read = readDetachedMessage(Buffer.from(given.value, 'latin1'), content);
    if (!read.ok) return fail('ncalayer-garbage', { reason: read.fault });
    const { message } = read;
    if (certificate !== null && !Buffer.from(certificate).equals(message.certificate)) return fail('ncalayer-other-key');
    if (!mayServe(message.certificate, 'act')) return fail('certificate-unfit', { reason: 'key-usage' });
    certificate = message.certificate;
    return ok(message);
  }

  return {
    certificate: wanted,
    async signContent(content) {
      if (over) return { ok: false, error: over };
      const signed = await sign(content);
      if (!signed.ok) {
        over ??= signed.error;
        socket.close();
      }
      return signed;
    },
    close() {
      over ??= fail('token-removed').error;
      socket.close();
      return Promise.resolve();
    },
  };
}

/** The message in an answer, as text. Why a signature failed NCALayer tells the person itself; to us it gives a code alone. */
function resultOf(text: string): Result<string> {
  const answer = answerSchema.safeParse(parsed(text));
  if (!answer.success) return fail('ncalayer-garbage', { reason: 'answer' });
  if ('success' in answer.data) return fail('ncalayer-failed', { returned: answer.data.errorCode });
  if (!answer.data.status) return fail('ncalayer-failed', { returned: answer.data.code });
  const result = [answer.data.body?.result ?? []].flat()[0];
  return result === undefined || result === '' ? fail('ncalayer-cancelled') : ok(result);
}
