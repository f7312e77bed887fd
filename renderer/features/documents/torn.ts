import type { Result } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';

type Place = { readonly filingId: string; readonly documentId: string };
/** Until a document was torn off there is nobody to tell. */
let wasTorn = false;

/** Shows a document in a window of its own. */
export function tearOff(place: Place): Promise<Result<null>> {
  wasTorn = true;
  return kense().torn.open(place);
}

/** The window of its own goes along, when it was told to. */
export function tellTorn(place: Place): void {
  if (wasTorn) void settle(kense().torn.show(place));
}
