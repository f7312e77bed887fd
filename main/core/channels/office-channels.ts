import type { Settings } from '../../../shared/contract/index.ts';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { fail, ok } from '../../../shared/result.ts';
import { listOverrides, readBoard } from '../../office/index.ts';
import type { CoreContext } from '../core-context.ts';
import { createLooks, noteTable } from '../looks.ts';
import { readOffice } from '../read-office.ts';
import type { Handlers } from '../router.ts';
import { changeUiSettings, readUiSettings } from '../settings.ts';

type Group = 'office.get' | 'reference.get' | 'settings.get' | 'settings.set' | 'training.reset' | 'board.get' | 'board.overrides';

/** Whose numbers the board shows to a role; the channel leaves the administrator out. */
const SCOPE_OF = { 'office-head': 'office', secretary: 'own', judge: 'judge', admin: 'own' } as const;

export function officeChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk } = context;
  const { mode } = desk.profile;
  const looks = createLooks(desk.config.clock);
  return {
    'office.get': () => ok(readOffice(desk, context.version)),
    'reference.get': () =>
      ok({
        documentTypes: [...desk.reference.documentTypes()],
        defectCodes: desk.reference.defectCodes().map(({ code, article }) => ({ code, article })),
        actKinds: desk.reference.knownActKinds().map(({ id, nameKk, nameRu, nameEn, titled }) => ({ id, nameKk, nameRu, nameEn, titled })),
      }),
    'settings.get': (_, session) => ok(readUiSettings(desk.store.read, session?.userId ?? null)),
    'settings.set': (change, session) => {
      const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const settings = desk.store.write((tx) => {
        const actor = session?.userId ?? null;
        const before = readUiSettings(tx, actor);
        const after = changeUiSettings(tx, actor, defined);
        const say = (values: Settings) => sayValues(values, defined);
        const details = { keys: Object.keys(defined).join(' '), before: say(before), after: say(after) };
        tx.journal({ at: desk.config.clock(), actor, action: 'settings.changed', subject: null, details });
        return after;
      });
      context.emit('settings.changed', settings);
      return ok(settings);
    },
    'training.reset': () => (mode === 'training' ? context.shell.resetTraining() : fail('training-only')),
    'board.overrides': (_, session) => {
      const shown = listOverrides(desk.store.read);
      const { overrides } = shown;
      const [newest, oldest] = [overrides[0], overrides.at(-1)];
      if (newest && oldest)
        noteTable(desk, looks, session, {
          ...{ id: 'overrides', from: courtDayOf(oldest.at), until: courtDayOf(newest.at) },
          ...{ rows: overrides.length, filings: overrides.map(({ filingId }) => filingId) },
        });
      return ok(shown);
    },
    'board.get': ({ period }, { userId, activeRole }) =>
      ok(readBoard(desk.store.read, desk.reference, desk.config.clock(), { kind: SCOPE_OF[activeRole], me: userId }, period)),
  };
}

/** What somebody called a device may be anybody's name: the journal says only whether there is one. */
const DEVICES: readonly string[] = ['printer', 'scanner'] satisfies (keyof Settings)[];
const sayValues = (values: Settings, changed: object): string =>
  Object.entries(values)
    .filter(([key]) => key in changed)
    .map(([key, value]) => `${key}=${DEVICES.includes(key) ? Number(value !== null) : value}`)
    .join(', ');
