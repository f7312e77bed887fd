import path from 'node:path';
import type { UiLanguage } from '../../shared/domain/language.ts';
import type { CheckedDesk, CheckParts, Finding } from '../self-check/index.ts';
import { profilePaths, walkToEnd } from '../store/index.ts';
import { acceptedJournal, trustedPart } from './accepted-journal.ts';
import { databaseModuleLoads } from './database-module.ts';
import type { Desk } from './desk.ts';
import { readTexts } from './texts.ts';

/** A desk as the self-check looks at it. */
export function checkedDesk(desk: Desk): CheckedDesk {
  const { profileDir } = desk.config;
  const { mode, court } = desk.profile;
  return {
    ...{ profileDir, mode, court: court.code },
    read: desk.store.read,
    checkJournal: async () => {
      const walk = desk.store.walkJournal(trustedPart(desk));
      await walkToEnd(walk);
      const brokenAt = walk.broken()?.entry ?? null;
      const { entries } = desk.store.journalHead();
      return { entries, chain: brokenAt === null ? 'ok' : 'broken', brokenAt, accepted: acceptedJournal(desk) };
    },
    registry: desk.client,
    trust: desk.trust,
    installedLists: path.join(mode === 'training' ? profilePaths(profileDir).training : profileDir, 'trust', 'crls'),
    evidence: desk.evidence,
    timestamps: desk.acts.sealing.timestamps ?? null,
    courtCertificate: desk.systemKey.certificate,
    scanners: desk.paper.scanners,
  };
}

/** What the self-check works with; without a desk it looks at the machine alone. */
export const checkParts = (parts: Omit<CheckParts, 'databaseModuleLoads'>): CheckParts => ({ databaseModuleLoads, ...parts });

/** What to do about a finding; null when there is nothing to do. */
export function fixOf({ step, state, reason }: Finding, resourcesDir: string, language: UiLanguage): string | null {
  const text = readTexts(resourcesDir, language);
  const known = (key: string): string | null => (text(key) === key ? null : text(key));
  const special = reason === null ? null : known(`selfCheck.fix.${step}.${reason}`);
  if (state === 'ok') return null;
  return special ?? (state === 'not-ok' ? known(`selfCheck.fix.${step}`) : null);
}
