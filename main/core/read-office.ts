import type { Office } from '../../shared/contract/index.ts';
import { readCourtPolicy } from '../intake/index.ts';
import type { Desk } from './desk.ts';

/** The court of this desk and what holds for its window. */
export function readOffice({ profile: { court, mode }, store }: Desk, version: string): Office {
  return {
    ...{ courtCode: court.code, courtNameKk: court.nameKk, courtNameRu: court.nameRu, mode, version },
    idleLockMinutes: readCourtPolicy(store.read).idleLockMinutes,
  };
}
