/**
 * What the core and the central registry say to each other (protocol 1; prose and paths in docs/registry-protocol.yaml).
 * Both sides check with these schemas. Objects are loose where a newer registry may add fields: an older desk keeps what it does not know.
 * Instants are UTC ISO 8601 with `Z`; sizes are bytes; hashes are lower-case hex SHA-256 of the plain bytes.
 */
import { z } from 'zod';
import { annexCommands } from './annexes.ts';
import { administrationCommands } from './administration.ts';
import { afterRegisteringCommands } from './after-registering.ts';
import { correctionCommands } from './corrections.ts';
import { decisionMessageSchema } from './decisions.ts';
import { dispatchCommands } from './dispatches.ts';
import { findingCommands, findingOverrideSchema } from './findings.ts';
import { hearingCommands } from './hearings.ts';
import { linkCommands } from './links.ts';
import { namedAct } from './named-act.ts';
import { noteCommands } from './notes.ts';
import { recipientSchema } from './notifications.ts';
import { paperCommands } from './paper.ts';
import { defectSchema, proposalMessageSchema } from './proposals.ts';
import { requestCommands } from './requests.ts';
import { filingBody, filingSubmissionSchema, paymentSchema } from './submissions.ts';
import { surveyCommands } from './surveys.ts';
import { idSchema, instantSchema, sha256Schema, textSchema } from './values.ts';
import { workCommands } from './work.ts';
import { workPlanCommands } from './work-plan.ts';

export { instantSchema, sha256Schema, tengeSchema } from './values.ts';
export {
  filingDocumentSchema,
  filingSubmissionSchema,
  partySchema,
  paymentSchema,
  signatureFileSchema,
  type FilingDocumentMessage,
  type FilingSubmission,
  type Party,
  type Payment,
} from './submissions.ts';

export const PROTOCOL_VERSION = 1;

/** `kense cabinet submit DIR` reads this as DIR/filing.json; file names are relative to DIR. */
export const filingFolderSchema = z.looseObject({
  ...filingBody,
  documents: z
    .array(
      z.looseObject({
        role: textSchema(100),
        file: textSchema(500),
        title: textSchema(1000),
        signatures: z.array(textSchema(500)).max(100).default([]),
      }),
    )
    .max(1000),
});
export type FilingFolder = z.infer<typeof filingFolderSchema>;

/** A filing as the feed brings it to the desk (kinds `filing.submitted` and `filing.taken-on-paper`). */
export const filingMessageSchema = filingSubmissionSchema.extend({
  id: idSchema,
  /** Empty only at the desk that took it on paper, until the registry has answered. */
  cabinetNumber: z.string().regex(/^(\d{12})?$/),
  payment: paymentSchema
    .extend({
      /** Only where the registry itself recorded this payment; the other members are then its own. */
      recorded: z.literal(true).optional(),
      /** Of a recorded payment: another filing named it before. */
      usedBefore: z.boolean().optional(),
    })
    .nullish(),
  /** Sent in the cabinet; null for what was handed in on paper. */
  sentAt: instantSchema.nullable(),
  /** Received by the court: the registry has it whole, or somebody took the paper at the counter. */
  receivedAt: instantSchema,
  /** Only of what was taken on paper: the person of the office who took it. */
  paper: z.looseObject({ takenBy: idSchema }).optional(),
});
export type FilingMessage = z.infer<typeof filingMessageSchema>;

/** What the registry holds true of a filing; comes as feed kind `filing.changed` and in answers to commands. */
export const filingStateSchema = z.looseObject({
  id: idSchema,
  cabinetNumber: z.string(),
  state: textSchema(40),
  flagged: z.boolean(),
  incomingNumber: z.string().nullable(),
  caseNumber: z.string().nullable(),
  joinsCase: z.string().nullable(),
  registeredAt: instantSchema.nullable(),
  /** The person of the office who registered it; older registries do not say. */
  registeredBy: idSchema.optional(),
  /** The judge whom it is before, or who had it; absent where nobody has, and from older registries. */
  judge: idSchema.optional(),
  /** Of a flagged filing: what was marked, and what the office proposes. Older registries and desks do not say. */
  defects: z.array(defectSchema).max(1000).optional(),
  proposal: proposalMessageSchema.optional(),
  talon: z.looseObject({ sha256: sha256Schema, issuedAt: instantSchema }).nullable(),
  /** In spite of what the office went on; older registries do not say. */
  overrides: z.array(findingOverrideSchema).max(1000).optional(),
  acts: z.array(
    z.looseObject({
      id: idSchema,
      kind: textSchema(60),
      sha256: sha256Schema,
      signedAt: instantSchema,
      dispatched: z.boolean(),
      /** Bytes of the original, level of its signature, and who signed it; older registries do not say. */
      size: z.number().int().nonnegative().optional(),
      level: textSchema(10).optional(),
      signedBy: idSchema.optional(),
      /** Absent where the desk that issued it said nothing of it. */
      decision: decisionMessageSchema.optional(),
      ...namedAct,
    }),
  ),
});
export type RegistryFilingState = z.infer<typeof filingStateSchema>;

/** A person of the court office (feed kind `user.changed`). Certificates are PEM. */
export const userMessageSchema = z.looseObject({
  id: idSchema,
  name: textSchema(400),
  iin: z.string().nullable(),
  roles: z.array(z.string()),
  certificates: z.array(z.string()),
  active: z.boolean(),
  /** The administrator of the court who said so; absent where the operator of the registry did. */
  by: idSchema.optional(),
});
export type UserMessage = z.infer<typeof userMessageSchema>;

/** A case of this court that exists already (feed kind `case.known`). */
export const caseMessageSchema = z.looseObject({ number: z.string(), openedBy: idSchema.nullable() });
export type CaseMessage = z.infer<typeof caseMessageSchema>;

/** Commands of a desk. `id` is the idempotency key: the same id again answers `duplicate` with the first result. */
export const commandPayloads = {
  'filing.register': z.strictObject({
    filingId: idSchema,
    incomingNumber: z.string().regex(/^\d{4}-\d{2}-\d{6}$/),
    caseNumber: z.string().nullable(),
    joinsCase: z.string().nullable(),
    registeredAt: instantSchema,
    verdict: z.enum(['valid', 'undecided', 'invalid', 'unsigned']),
    flagged: z.boolean(),
    defects: z.array(defectSchema),
    /** Of a flagged filing. Older desks leave it out. */
    proposal: proposalMessageSchema.optional(),
    /** The lease under which it was registered. Desks from before leases leave it out. */
    leaseId: idSchema.nullish(),
  }),
  'talon.issue': z.strictObject({ filingId: idSchema, sha256: sha256Schema, size: z.number().int().positive(), qr: textSchema(2000) }),
  'filing.send-to-judge': z.strictObject({ filingId: idSchema, judgeId: idSchema }),
  'act.issue': z.strictObject({
    actId: idSchema,
    filingId: idSchema,
    kind: textSchema(60),
    sha256: sha256Schema,
    size: z.number().int().positive(),
    level: z.enum(['B', 'T', 'LT', 'LTA']),
    signedAt: instantSchema,
    /** What the act moves the filing to: a ruling by its decision, an order to `fulfilled`; null for one that moves nothing. */
    state: z.enum(['accepted', 'returned', 'refused', 'transferred', 'fulfilled']).nullable(),
    /** Desks from before decisions leave it out. */
    decision: decisionMessageSchema.optional(),
    ...namedAct,
  }),
  /** A later version of an issued act: its bytes with a timestamp or validation data after them. */
  'act.raise': z.strictObject({
    actId: idSchema,
    filingId: idSchema,
    /** What the registry holds of the act. */
    from: sha256Schema,
    sha256: sha256Schema,
    size: z.number().int().positive(),
    level: z.enum(['T', 'LT', 'LTA']),
  }),
  'act.dispatch': z.strictObject({
    actId: idSchema,
    filingId: idSchema,
    recipients: z.array(recipientSchema).max(1000),
  }),
  ...dispatchCommands,
  ...findingCommands,
  ...paperCommands,
  ...annexCommands,
  ...linkCommands,
  ...hearingCommands,
  ...requestCommands,
  ...surveyCommands,
  ...noteCommands,
  ...correctionCommands,
  ...afterRegisteringCommands,
  ...workCommands,
  ...workPlanCommands,
  ...administrationCommands,
  /** The head of the office takes over a filing that another desk has. */
  'lease.take-over': z.strictObject({ filingId: idSchema, reason: z.string().trim().min(1).max(1000) }),
  /** The numbers of a block from `first` to its end are not going to be used by this desk. */
  'number.return': z.strictObject({ blockId: idSchema, first: z.number().int().positive() }),
  /** Numbers that this desk has bound, of a block which a registry that was put back to an earlier day may not know. */
  'number.claim': z.strictObject({
    series: z.enum(['incoming', 'case']),
    year: z.string().regex(/^\d{2}$/),
    typeIndex: textSchema(10),
    first: z.number().int().positive(),
    last: z.number().int().positive(),
  }),
  /** Numbers that a desk had bound to a filing which the registry holds under others. They are never used again. */
  'number.void': z.strictObject({
    filingId: idSchema,
    incomingNumber: z.string().regex(/^\d{4}-\d{2}-\d{6}$/),
    caseNumber: z.string().nullable(),
  }),
  'journal.anchor': z.strictObject({ entries: z.number().int().nonnegative(), head: sha256Schema }),
  /** A person of the office lets a desk go on whose journal is not the anchored one. */
  'journal.accept': z.strictObject({
    entries: z.number().int().nonnegative(),
    head: sha256Schema,
    /** The code under which the desk names what it found. */
    finding: textSchema(60),
    /** The last entry that both sides have alike. */
    lastGood: z.number().int().nonnegative(),
    reason: z.string().min(1).max(1000),
  }),
} as const;
export type CommandKind = keyof typeof commandPayloads;
export const COMMAND_KINDS = Object.keys(commandPayloads) as readonly CommandKind[];
export type CommandPayload<K extends CommandKind> = z.infer<(typeof commandPayloads)[K]>;

export const commandEnvelopeSchema = z.strictObject({
  /** UUIDv7 of the desk. */
  id: idSchema,
  kind: textSchema(60),
  schemaVersion: z.number().int().positive(),
  subject: textSchema(100),
  /** The user who did it; null for the workstation itself. */
  actor: idSchema.nullable(),
  /** When it was done at the desk. */
  at: instantSchema,
  payload: z.unknown(),
  /** The session of the actor; null when there is none. Desks from before sessions leave it out. */
  session: z.string().max(100).nullable().optional(),
  /** When the actor signed in again and confirmed it under `session`, which began after `at`. */
  confirmedAt: instantSchema.optional(),
  /** By the session's key over all of this but the proof: Ed25519, base64url. */
  proof: z.string().max(200).optional(),
});
export type CommandEnvelope = z.infer<typeof commandEnvelopeSchema>;

/** Parses a payload for its kind; null when the kind is unknown here or the payload has another shape. */
export function parseCommandPayload<K extends CommandKind>(kind: K, payload: unknown): CommandPayload<K> | null {
  const schema = commandPayloads[kind];
  const parsed = schema?.safeParse(payload);
  return parsed?.success ? (parsed.data as CommandPayload<K>) : null;
}
export const isCommandKind = (kind: string): kind is CommandKind => Object.hasOwn(commandPayloads, kind);

/** What a workstation has anchored, signed by the registry. */
export const journalAnchorSchema = z.looseObject({
  entries: z.number().int().nonnegative(),
  head: sha256Schema,
  anchoredAt: instantSchema,
  signature: textSchema(200),
});
export type JournalAnchor = z.infer<typeof journalAnchorSchema>;
export const journalAnchorsSchema = z.looseObject({ anchors: z.array(journalAnchorSchema).max(500), more: z.boolean() });
export type JournalAnchors = z.infer<typeof journalAnchorsSchema>;

/** `applied` and `duplicate` mean the registry holds it; `conflict` and `refused` are parked at the desk and shown to a person. */
export const commandAnswerSchema = z.looseObject({
  outcome: z.enum(['applied', 'duplicate', 'conflict', 'refused', 'update-needed']),
  code: z.string().nullable(),
  filing: filingStateSchema.nullable(),
  /** After `journal.anchor` and `journal.accept`. */
  receipt: journalAnchorSchema.optional(),
});
export type CommandAnswer = z.infer<typeof commandAnswerSchema>;

/** One page of what the registry holds for a court; the desk compares it with its own to say `registryAgrees`. */
export const filingStatesPageSchema = z.looseObject({ filings: z.array(filingStateSchema), nextAfter: z.string().nullable() });

/** Every refusal of the registry: a stable code and one English sentence for logs, without personal data. */
export const problemSchema = z.looseObject({ code: z.string(), message: z.string() });
export type Problem = z.infer<typeof problemSchema>;

/** Limits both sides keep. Bytes. */
export const LIMITS = {
  /** The cabinet lets the filer send up to 20 MB a file; the desk marks larger ones, the wire carries them up to this. */
  documentBytes: 20 * 1024 * 1024,
  wireDocumentBytes: 64 * 1024 * 1024,
  jsonBytes: 4 * 1024 * 1024,
  feedPage: 200,
  /** How long a desk may have the registry wait for its feed to grow. */
  feedWaitSeconds: 25,
  /** Larger documents go up by tus, so that a broken line does not begin them anew. */
  singleUploadBytes: 1024 * 1024,
} as const;
