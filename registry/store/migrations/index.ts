import type { Migration } from '../migrate.ts';
import { foundation } from './0010-foundation.ts';
import { leases } from './0040-leases.ts';
import { history } from './0050-history.ts';
import { sessions } from './0070-sessions.ts';
import { deskVersion } from './0080-desk-version.ts';
import { cabinetServices } from './0090-cabinet-services.ts';
import { notices } from './0100-notices.ts';
import { restorations } from './0110-restorations.ts';
import { actRaises } from './0120-act-raises.ts';
import { actDecision } from './0130-act-decision.ts';
import { dispatches } from './0140-dispatches.ts';
import { officeWords } from './0180-office-words.ts';
import { findings } from './0160-findings.ts';
import { work } from './0170-work.ts';
import { actKinds } from './0150-act-kinds.ts';
import { actWorkstation } from './0220-act-workstation.ts';
import { graverOverrides } from './0230-graver-overrides.ts';
import { namesakes } from './0240-namesakes.ts';
import { afterRegistering } from './0320-after-registering.ts';
import { annexes } from './0250-annexes.ts';
import { workPlan } from './0270-work-plan.ts';
import { administration } from './0300-administration.ts';
import { links } from './0330-links.ts';
import { withdrawnCodes } from './0360-withdrawn-codes.ts';
import { registeredBy } from './0370-registered-by.ts';
import { proposal } from './0380-proposal.ts';
import { courtsKept } from './0390-courts-kept.ts';
import { administrationRead } from './0400-administration-read.ts';

/** In order. */
export const MIGRATIONS: readonly Migration[] = [
  foundation,
  leases,
  history,
  sessions,
  deskVersion,
  cabinetServices,
  notices,
  restorations,
  actRaises,
  actDecision,
  dispatches,
  actKinds,
  findings,
  work,
  officeWords,
  actWorkstation,
  graverOverrides,
  namesakes,
  annexes,
  workPlan,
  administration,
  afterRegistering,
  links,
  withdrawnCodes,
  registeredBy,
  proposal,
  courtsKept,
  administrationRead,
];
