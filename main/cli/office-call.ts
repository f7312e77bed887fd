import { parseArgs } from 'node:util';
import type { Result } from '../../shared/result.ts';
import type { Desk } from '../core/index.ts';
import type { TokenHost } from '../token/index.ts';
import type { CliIo } from './cli-io.ts';

export type OpenedDesk = Desk & { tokenHost: TokenHost };
export type OfficeCall = {
  readonly io: CliIo;
  readonly desk: OpenedDesk;
  readonly id: string;
  readonly rest: readonly string[];
  readonly values: OfficeValues;
};
export type OfficeValues = ReturnType<typeof parseOffice>['values'];
/** What a verb answers: something to print, or a failure. */
export type OfficeVerb = (call: OfficeCall) => Promise<Result<unknown>>;

export function parseOffice(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      registry: { type: 'string' },
      code: { type: 'string' },
      'registry-ca': { type: 'string' },
      'client-cert': { type: 'string' },
      'client-key': { type: 'string' },
      training: { type: 'boolean', default: false },
      'passphrase-file': { type: 'string' },
      key: { type: 'string' },
      'pin-stdin': { type: 'boolean', default: false },
      out: { type: 'string' },
      protocol: { type: 'string' },
      defect: { type: 'string', multiple: true },
      case: { type: 'string' },
      reason: { type: 'string' },
      from: { type: 'string' },
      hearing: { type: 'string' },
      at: { type: 'string' },
      place: { type: 'string' },
      room: { type: 'string' },
      judge: { type: 'string' },
      link: { type: 'string' },
      recording: { type: 'string' },
      to: { type: 'string', multiple: true },
      file: { type: 'string', multiple: true },
      note: { type: 'string' },
      document: { type: 'string', multiple: true },
      until: { type: 'string' },
      by: { type: 'string' },
      actor: { type: 'string' },
      action: { type: 'string' },
      about: { type: 'string' },
      person: { type: 'string' },
      language: { type: 'string' },
      set: { type: 'string' },
      decision: { type: 'string' },
      kind: { type: 'string' },
      title: { type: 'string' },
      text: { type: 'string' },
      ground: { type: 'string', multiple: true },
      court: { type: 'string' },
      comment: { type: 'string' },
      recipient: { type: 'string', multiple: true },
      event: { type: 'string' },
      day: { type: 'string' },
      number: { type: 'string' },
      paper: { type: 'string' },
      all: { type: 'boolean', default: false },
      copy: { type: 'boolean', default: false },
      unsent: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      rerun: { type: 'boolean', default: false },
      tsa: { type: 'string' },
      'allow-host': { type: 'string', multiple: true, default: [] as string[] },
      now: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
}
