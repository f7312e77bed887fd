import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  commandProofText,
  mandateText,
  SESSION_LIMITS,
  type AdministrationPage,
  type AskAdministration,
  type CommandAnswer,
  type CommandEnvelope,
  type Mandate,
} from '../../shared/registry/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import { isDiskFull, type CommandProof, type Store } from '../store/index.ts';
import { confirmOwn, parkSession, REFUSALS } from './confirm-commands.ts';
import type { RegistryClient } from './registry-client.ts';

export type SessionParts = {
  readonly store: Store;
  readonly client: RegistryClient;
  readonly clock: () => string;
  readonly workstationId: string;
};

/** A session that waits for the person's signature. */
export type PreparedSession = {
  readonly mandate: Mandate;
  /** What the person's key signs. */
  readonly text: Buffer;
  readonly key: KeyObject;
  /** The nonce is the registry's. */
  readonly online: boolean;
  /** The registry lets this workstation in no more. */
  readonly revoked: boolean;
};
type OpenSession = { readonly id: string; readonly key: KeyObject; readonly notBefore: string; readonly notAfter: string };

/** The sessions of the people at this desk. Their keys lie in memory, one for each person, until the person signs out or locks the desk. */
export type DeskSessions = {
  /** Makes the key and asks the registry for a challenge; without a line the nonce is the desk's own. */
  prepare(userId: string): Promise<PreparedSession>;
  /**
   * Opens the session that the person has signed, and hands it in when there is a line; where the registry has not taken it, only as
   * `withoutLine` lets it. What the registry refused under an earlier session of the same person, or never got a proof for, is confirmed under
   * this one and sent again. Errors: those of `REFUSALS` and of `withoutLine`, `workstation-revoked`.
   */
  begin(
    prepared: PreparedSession,
    signed: { readonly certificate: Uint8Array; readonly signature: Uint8Array },
    withoutLine: () => Result<null>,
  ): Promise<Result<{ readonly taken: boolean }>>;
  /** False when the session is over, was refused, or never was. */
  isOpen(userId: string): boolean;
  /** Forgets the key; the registry hears of it with the next sync. */
  end(userId: string): void;
  /** Ends what a process left open that is no more. */
  endLeftOver(): void;
  /** Keeps the key in the profile for later processes; `takeUp` opens what was kept. */
  keep(userId: string): void;
  takeUp(): void;
  /** Hands in what the registry does not know yet and tells it which sessions have ended. Fails with the line; what is refused is tried again later. */
  handIn(): Promise<Result<null>>;
  /** Sends a command of a person that does not go through the outbox. */
  readonly command: (envelope: CommandEnvelope) => Promise<Result<CommandAnswer>>;
  /** Asks for what only a person who is signed in may read. */
  readonly administrationEntries: (asked: AskAdministration) => Promise<Result<AdministrationPage>>;
  /** Forgets every key that is not kept. */
  close(): void;
};

/** The clock may be put back a little while somebody is signed in. */
const EARLY_MS = 5 * 60_000;
/** A person who signs in does not wait longer than this for a line. */
const LINE_PATIENCE_MS = 4_000;

type Row = Mandate & { readonly certificate: string; readonly signature: string; readonly endedAt: string | null };
const ROW = `id AS publicKey, user_id AS userId, not_before AS notBefore, not_after AS notAfter, nonce, certificate, signature, ended_at AS endedAt`;

export function createSessions({ store, client, clock, workstationId }: SessionParts): DeskSessions {
  const open = new Map<string, OpenSession>();
  store.proveBy(prove);

  function prove(envelope: CommandEnvelope): CommandProof | null {
    const session = envelope.actor === null ? undefined : open.get(envelope.actor);
    if (!session || !holds(session, envelope.confirmedAt ?? envelope.at)) return null;
    const text = commandProofText({ ...envelope, session: session.id });
    return { session: session.id, proof: sign(null, Buffer.from(text), session.key).toString('base64url') };
  }

  const isRefused = (id: string) => store.read.get("SELECT 1 FROM user_session WHERE id = ? AND state = 'refused'", id) !== undefined;

  function endRow(id: string): void {
    store.write((tx) => tx.run('UPDATE user_session SET ended_at = ?, private_key = NULL WHERE id = ? AND ended_at IS NULL', clock(), id));
  }

  function end(userId: string): void {
    const session = open.get(userId);
    open.delete(userId);
    if (session) endRow(session.id);
  }

  /** Null when the registry has it now; else why it was refused, and what was made under it waits for the person. */
  async function handInOne(row: Row, online: boolean): Promise<Result<Failure | null>> {
    const { publicKey, userId, notBefore, notAfter, nonce, certificate, signature } = row;
    const answer = await client.beginSession({ publicKey, userId, notBefore, notAfter, nonce, online, certificate, signature });
    if (answer.ok) {
      store.write((tx) => tx.run("UPDATE user_session SET state = 'known' WHERE id = ?", row.publicKey));
      return ok(null);
    }
    const said = answer.error.params?.['code'];
    if (answer.error.code !== 'registry-refused' || answer.error.params?.['status'] === 404) return answer; // a registry from before sessions
    if (said === 'challenge-used' && online) return handInOne(row, false);
    const refusal = fail(REFUSALS.find((code) => code === said) ?? 'mandate-invalid').error;
    if (open.get(row.userId)?.id === row.publicKey) open.delete(row.userId);
    store.write((tx) => {
      tx.run(
        "UPDATE user_session SET state = 'refused', ended_at = coalesce(ended_at, ?), private_key = NULL WHERE id = ?",
        clock(),
        row.publicKey,
      );
      parkSession(tx, row.publicKey, refusal.code, clock());
    });
    return ok(refusal);
  }

  async function handIn(): Promise<Result<null>> {
    for (const row of store.read.all<Row>(`SELECT ${ROW} FROM user_session WHERE state = 'new' ORDER BY not_before`)) {
      const handed = await handInOne(row, false);
      if (!handed.ok && !isAnswered(handed.error)) return handed;
    }
    for (const row of store.read.all<Row>(`SELECT ${ROW} FROM user_session WHERE state = 'known' AND ended_at IS NOT NULL`)) {
      const told = await client.endSession(row.publicKey, row.endedAt!);
      if (!told.ok && !isAnswered(told.error)) return told;
      if (told.ok || told.error.params?.['status'] === 404)
        store.write((tx) => tx.run("UPDATE user_session SET state = 'closed' WHERE id = ?", row.publicKey));
    }
    return ok(null);
  }

  /** Hands in what the proof is of, then sends. */
  async function proven<E extends CommandEnvelope, T>(envelope: E, send: (proven: E) => Promise<Result<T>>): Promise<Result<T>> {
    const handed = await handIn();
    return handed.ok ? send({ ...envelope, session: null, ...store.write((tx) => tx.prove(envelope)) }) : handed;
  }

  return {
    isOpen: (userId) => {
      const session = open.get(userId);
      return session !== undefined && holds(session, clock()) && !isRefused(session.id);
    },
    end,
    handIn,
    async prepare(userId) {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const challenge = await withinPatience(client.signInChallenge());
      const online = challenge?.ok === true;
      const notBefore = new Date(Date.parse(clock()) - EARLY_MS).toISOString();
      const mandate = {
        userId,
        publicKey: publicKey.export({ format: 'jwk' }).x!,
        notBefore,
        notAfter: new Date(Date.parse(notBefore) + SESSION_LIMITS.hours * 3_600_000).toISOString(),
        nonce: online ? challenge.value.nonce : randomBytes(32).toString('base64url'),
      };
      return {
        mandate,
        text: Buffer.from(mandateText(workstationId, mandate)),
        key: privateKey,
        online,
        revoked: challenge !== null && isRevoked(challenge),
      };
    },
    async begin({ mandate, key, online }, signed, withoutLine) {
      const { userId, publicKey, notBefore, notAfter, nonce } = mandate;
      const row = { ...mandate, certificate: base64(signed.certificate), signature: base64(signed.signature), endedAt: null };
      end(userId);
      store.write((tx) =>
        tx.run(
          `INSERT INTO user_session (id, user_id, not_before, not_after, nonce, certificate, signature, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'new')`,
          publicKey,
          userId,
          notBefore,
          notAfter,
          nonce,
          row.certificate,
          row.signature,
        ),
      );
      const handed = online ? await withinPatience(handInOne(row, true)) : null;
      if (handed?.ok && handed.value !== null) return { ok: false, error: handed.value };
      const taken = handed?.ok === true;
      const allowed = taken ? ok(null) : handed && isRevoked(handed) ? fail('workstation-revoked') : withoutLine();
      if (!allowed.ok) {
        endRow(publicKey);
        return allowed;
      }
      open.set(userId, { id: publicKey, key, notBefore, notAfter });
      store.write((tx) => confirmOwn(tx, userId, clock()));
      return ok({ taken });
    },
    endLeftOver: () =>
      void store.write((tx) => tx.run('UPDATE user_session SET ended_at = ? WHERE ended_at IS NULL AND private_key IS NULL', clock())),
    keep(userId) {
      const session = open.get(userId);
      if (!session) return;
      const kept = JSON.stringify(session.key.export({ format: 'jwk' }));
      store.write((tx) => {
        tx.run('UPDATE user_session SET ended_at = ?, private_key = NULL WHERE private_key IS NOT NULL AND id <> ?', clock(), session.id);
        tx.run('UPDATE user_session SET private_key = ? WHERE id = ?', kept, session.id);
      });
    },
    takeUp() {
      for (const row of store.read.all<Mandate & { privateKey: string }>(
        `SELECT ${ROW}, private_key AS privateKey FROM user_session WHERE private_key IS NOT NULL`,
      )) {
        const key = createPrivateKey({ key: JSON.parse(row.privateKey) as { kty: 'OKP' }, format: 'jwk' });
        open.set(row.userId, { id: row.publicKey, key, notBefore: row.notBefore, notAfter: row.notAfter });
      }
    },
    command: (envelope) => proven(envelope, (sent) => client.command(sent)),
    administrationEntries: (asked) => proven(asked, (sent) => client.administrationEntries(sent)),
    close() {
      const ids = [...open.values()].map(({ id }) => id);
      open.clear();
      if (ids.length === 0) return;
      try {
        store.write((tx) => {
          const at = clock();
          for (const id of ids)
            tx.run('UPDATE user_session SET ended_at = ? WHERE id = ? AND ended_at IS NULL AND private_key IS NULL', at, id);
        });
      } catch (error) {
        if (!isDiskFull(error)) throw error; // it ends by itself then
      }
    },
  };
}

const holds = ({ notBefore, notAfter }: OpenSession, at: string): boolean =>
  Date.parse(notBefore) <= Date.parse(at) && Date.parse(at) <= Date.parse(notAfter);

const isRevoked = (answer: Result<unknown>): boolean => !answer.ok && answer.error.code === 'workstation-revoked';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** A refusal of one session, which another one need not wait for; it is tried again with the next sync. */
const isAnswered = ({ params }: Failure): boolean => params?.['status'] !== undefined;

/** Null when the line takes too long; what comes later is taken as it is. */
async function withinPatience<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LINE_PATIENCE_MS);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
