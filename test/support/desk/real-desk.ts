import { createPrivateKey, sign } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { createProfile, openDesk, type Desk } from '../../../main/core/index.ts';
import { ok } from '../../../shared/result.ts';
import { openDataKey } from '../../../main/store/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import type { Certificate } from '../openssl-pki.ts';
import { tempDir } from '../temp-dir.ts';
import { must, RESOURCES } from './training-office.ts';

/** A desk that is enrolled at a real registry, with its own clock. */
export async function realDesk(registryUrl: string, enrolmentCode: string, clock: () => string): Promise<Desk> {
  const profileDir = path.join(tempDir(), 'desk');
  const protector = { kind: 'passphrase', passphrase: 'a passphrase of the tests' } as const;
  must(await createProfile({ profileDir, registryUrl, enrolmentCode, training: false, protector, clock, newId }));
  const dataKey = must(openDataKey(profileDir, protector));
  const tokenHost = createTokenHost(() => Promise.resolve(null));
  return must(await openDesk({ profileDir, dataKey, resourcesDir: RESOURCES, registryUrl: null, clock, newId }, { tokenHost }));
}

/** Opens the session of a person whose certificate the registry lists. */
export async function beginSession(desk: Desk, userId: string, certificate: Certificate): Promise<void> {
  const prepared = await desk.sessions.prepare(userId);
  const signature = sign('sha256', prepared.text, createPrivateKey(fs.readFileSync(certificate.key)));
  must(await desk.sessions.begin(prepared, { certificate: certificate.der, signature }, () => ok(null)));
}
