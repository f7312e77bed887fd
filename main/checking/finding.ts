import type { Anomaly } from '../../shared/contract/index.ts';
import type { Reference } from '../reference/index.ts';

/** Something the program noticed: what it is about, and the filing it was compared with. How grave it is stands in the reference data. */
export type Finding = Pick<Anomaly, 'rule' | 'severity' | 'documentId' | 'params'> & {
  readonly field: string | null;
  readonly relatedId: string | null;
};
export type FindingAbout = Partial<Pick<Finding, 'documentId' | 'params' | 'field' | 'relatedId'>> & {
  /** An annex is of less weight than the main document. */
  readonly atMost?: 'warn';
};

/** Names of the findings of the program; resources/reference/finding-rules.json has each of them. */
export type MakeFinding = (rule: string, about?: FindingAbout) => Finding;

export const findingMaker =
  (findings: Reference['findings']): MakeFinding =>
  (rule, { atMost, ...about } = {}) => ({
    ...{ rule, documentId: null, field: null, relatedId: null, params: {} },
    severity: atMost ?? findings.rule(rule)?.severity ?? 'warn',
    ...about,
  });

/**
 * The same thing about the same thing is the same finding, also when the filing is checked again and at every desk of the court: a reason once given
 * holds for it.
 * @param about.position place of the document in its filing
 */
export const findingId = (about: Pick<Finding, 'rule' | 'relatedId' | 'field'> & { readonly position: number | null }): string =>
  [about.rule, about.position === null ? '' : String(about.position), about.relatedId ?? '', about.field ?? '']
    .join(':')
    .replace(/:+$/, '');
