import { CHECK_STEPS, LOW_DISK_MIB, type CheckStep } from '../../../shared/domain/self-check.ts';
import { fail, ok } from '../../../shared/result.ts';
import { freeBytesOf, packDiagnostics, runCheck, type FindingAt } from '../../self-check/index.ts';
import type { CoreContext } from '../core-context.ts';
import { handOutBytes } from '../hand-out.ts';
import type { Handlers } from '../router.ts';
import { checkedDesk, checkParts } from '../self-check.ts';
import { readUiSettings } from '../settings.ts';
import { changeModules, listModules } from '../token-modules.ts';

type Group = 'doctor.run' | 'doctor.save' | 'doctor.room' | 'doctor.modules' | 'doctor.add-module' | 'doctor.remove-module';

export function doctorChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, session, tokenHost, shell, version, faults } = context;
  const { config, store } = desk;
  const { profileDir, resourcesDir, clock } = config;
  const freeBytes = config.freeBytes ?? freeBytesOf;
  const latest = new Map<CheckStep, FindingAt>();

  async function look(step: CheckStep): Promise<FindingAt> {
    const found = await runCheck(
      step,
      checkParts({
        ...{ resourcesDir, clock, version, dir: profileDir, tokenHost, freeBytes },
        printers: () => shell.listPrinters(),
        printer: readUiSettings(store.read, session.get()?.userId ?? null).printer,
        desk: checkedDesk(desk),
      }),
    );
    const dated = { ...found, at: clock() };
    latest.set(step, dated);
    return dated;
  }

  return {
    'doctor.run': async ({ step }) => {
      const { state, reason, facts } = await look(step);
      return ok({ step, state, reason, facts: { ...facts } });
    },
    'doctor.save': async (_, asking) => {
      const findings: FindingAt[] = [];
      for (const step of CHECK_STEPS) findings.push(latest.get(step) ?? (await look(step)));
      const at = clock();
      const packed = packDiagnostics({ at, findings, read: store.read, faults: faults() });
      return handOutBytes(context, asking, { bytes: packed, fileName: `kense-diagnostics-${at.slice(0, 10)}.zip` }, () =>
        store.write((tx) => tx.journal({ at, actor: asking.userId, action: 'diagnostics.exported', subject: null, details: {} })),
      );
    },
    'doctor.modules': () => ok(listModules(store.read)),
    'doctor.add-module': async (_, asking) => {
      const chosen = await shell.chooseModule();
      if (!chosen.ok) return chosen;
      const left = session.whyLeft(asking);
      if (left) return { ok: false, error: left };
      if (chosen.value === null) return ok(listModules(store.read));
      return changeModules(context, { file: chosen.value, allowed: true, actor: asking.userId });
    },
    'doctor.remove-module': ({ id }, { userId: actor }) => {
      const known = listModules(store.read).find((module) => module.id === id);
      return known ? changeModules(context, { file: known.file, allowed: false, actor }) : fail('not-found');
    },
    'doctor.room': async () => {
      const freeMiB = Math.floor((await freeBytes(profileDir)) / 1024 ** 2);
      return ok({ freeMiB, low: freeMiB < LOW_DISK_MIB });
    },
  };
}
