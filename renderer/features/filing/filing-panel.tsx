import { Tabs } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Anomaly, Defect, FilingDetail, Proposal } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { digitOfPress } from '../../app/keys/match-key.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import type { InList } from '../../app/route.ts';
import { useSession } from '../../app/session-context.tsx';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { ProceedingsPanel } from '../proceedings/proceedings-panel.tsx';
import { ConfirmStrip } from '../registration/confirm-strip.tsx';
import { useRegistered } from '../registration/registered-context.tsx';
import { CoachPanel } from '../training/coach-panel.tsx';
import { SignaturesPanel } from '../signatures/signatures-panel.tsx';
import { ActionBar } from './action-bar.tsx';
import { ChecklistPanel } from './checklist-panel.tsx';
import type { Jump } from './comparison-section.tsx';
import { DefectsPanel } from './defects-panel.tsx';
import { DetailsPanel } from './details-panel.tsx';
import { FilingDialog, type Asked } from './filing-dialog.tsx';
import { FilingHeader } from './filing-header.tsx';
import { mayAnswer } from './finding-list.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { partiesInShort } from './parties-in-short.ts';
import { draftOf, type ProposalDraft } from './proposal-draft.ts';
import { useMarks } from './use-marks.ts';
import { useRecheck } from './use-recheck.ts';
import { pickClasses } from '../../ui/pick-classes.ts';
import styles from './filing-panel.module.css';

const TABS = ['checklist', 'signatures', 'details', 'history', 'proceedings'] as const;
type Tab = (typeof TABS)[number];
/** Before registration nothing goes on yet. */
const tabsOf = ({ registeredAt }: FilingDetail) => TABS.filter((tab) => tab !== 'proceedings' || registeredAt !== null);
const TAB_TEXT: Readonly<Record<Tab, TextKey>> = {
  checklist: 'filing.checklist',
  signatures: 'filing.signatures',
  details: 'filing.summary',
  history: 'filing.history',
  proceedings: 'filing.proceedings',
};

/** What the head of the office does of what is allowed; the rest is the secretary's. */
const HEADS: readonly FilingDetail['allowed'][number][] = ['talon', 'take-over', 'recall', 'correct-fact'];

type Props = {
  readonly filing: FilingDetail;
  readonly neighbours: readonly string[];
  readonly inList: InList | undefined;
  /** The page that is open, to go with a tick; null when the document has no pages. */
  readonly page: number | null;
  readonly replaceFiling: (filing: FilingDetail) => void;
  readonly reload: () => Promise<void>;
  readonly onOpenDocument: (id: string) => void;
  readonly onJump: (jump: Jump) => void;
  readonly onShowPanel: () => void;
};

export function FilingPanel({ filing, neighbours, inList, page, replaceFiling, reload, onOpenDocument, onJump, onShowPanel }: Props) {
  const { t } = useTexts();
  const { activeRole } = useSession();
  const navigation = useNavigation();
  const registered = useRegistered();
  const tabs = tabsOf(filing);
  const [tab, setTab] = useState<Tab>(filing.registeredAt === null ? 'checklist' : 'proceedings');
  const [mode, setMode] = useState<'read' | 'confirm' | 'defects'>('read');
  const [proposal, setProposal] = useState<ProposalDraft>(() => draftOf(filing));
  const [missing, setMissing] = useState<string | null>(null);
  const marks = useMarks(filing, replaceFiling);
  const registering = useAction();
  const flagging = useAction();
  const recheck = useRecheck(filing, replaceFiling);
  const [asked, setAsked] = useState<Asked | null>(null);
  const answer = (finding: Anomaly) => setAsked({ what: 'answer', finding });
  const isHead = activeRole === 'office-head';
  const panel = useRef<HTMLElement>(null);

  /* The head of the office reads; registering is the secretary's. */
  const may = (action: FilingDetail['allowed'][number]) =>
    filing.allowed.includes(action) && (activeRole === 'secretary' || (activeRole === 'office-head' && HEADS.includes(action)));

  useEffect(() => {
    if (missing !== null) panel.current?.querySelector<HTMLElement>(`[data-check="${missing}"]`)?.focus();
  }, [missing, tab]);

  /* From an answer one goes on to the next finding, and from the last one to the person's own checks. */
  const onFinding = asked?.what === 'answer' || asked?.what === 'compare';
  const wasOnFinding = useRef(false);
  useEffect(() => {
    if (wasOnFinding.current && !onFinding) panel.current?.querySelector<HTMLElement>('[data-finding], [data-check]')?.focus();
    wasOnFinding.current = onFinding;
  }, [onFinding]);

  const toDocument = () => document.querySelector<HTMLElement>('[data-pane] [role="region"][data-pane-start]')?.focus();
  const mark = (check: string, value: boolean) => {
    marks.mark(check, value, page);
    if (value && check === missing) setMissing(null);
  };
  const startRegistering = async () => {
    const current = await marks.settled();
    const first = current.checklist.find((item) => !item.auto && !item.passed);
    /* What was marked is the clerk's finding; the rest is then for the judge to see. */
    if (first && !current.flagged) {
      onShowPanel();
      setTab('checklist');
      setMissing(null);
      setMissing(first.id);
      panel.current?.querySelector<HTMLElement>(`[data-check="${first.id}"]`)?.focus();
      return;
    }
    // which case it joins is asked next
    const open = current.flagged
      ? undefined
      : current.anomalies.find((finding) => finding.rule !== 'case-unknown' && mayAnswer(finding, isHead));
    if (open) {
      onShowPanel();
      setTab('checklist');
      answer(open);
      return;
    }
    registering.clear();
    onShowPanel();
    setMode('confirm');
  };
  const register = async (choice: { readonly joinsCase: string | null; readonly seenDuplicates: readonly string[] }) => {
    const { id, revision } = await marks.settled();
    const send = async () => {
      const sent = await kense().filing.register({ id, revision, joinsCase: choice.joinsCase, seenDuplicates: [...choice.seenDuplicates] });
      /* What is new is shown before the next try. */
      if (!sent.ok && sent.error.code === 'stale-revision') await reload();
      return sent;
    };
    await registering.run(send, ({ filing: done, nextId }) => {
      registered.announce({
        filingId: done.id,
        incomingNumber: done.incomingNumber,
        caseNumber: done.caseNumber,
        joinsCase: done.joinsCase,
        claimant: partiesInShort(done.parties).claimant?.name ?? null,
      });
      if (nextId !== null) navigation.replace({ screen: 'filing', id: nextId, neighbours, inList });
      else if (!navigation.back()) replaceFiling(done);
    });
  };
  const flag = async (defects: readonly Defect[], proposed: Proposal | null) => {
    const { id, revision } = await marks.settled();
    await flagging.run(
      () => kense().filing.flag({ id, revision, defects: [...defects], proposal: proposed }),
      (done) => {
        replaceFiling(done);
        setProposal(draftOf(done));
        setMode('read');
        toDocument();
      },
    );
  };
  const cancel = () => {
    setMode('read');
    toDocument();
  };
  const openDefects = () => {
    flagging.clear();
    onShowPanel();
    setMode('defects');
  };

  useCommands('screen', {
    'filing.check': (event) => {
      const item = may('mark') ? marks.own[(digitOfPress(event) ?? 0) - 1] : undefined;
      if (!item) return false;
      mark(item.id, !item.passed);
      return true;
    },
    'filing.register': () => (may('register') ? void startRegistering() : false),
    'filing.defects': () => (may('flag') ? openDefects() : false),
    'filing.recheck': () => (may('recheck') ? recheck.run() : false),
    'filing.answer': () => {
      const open = may('mark') || isHead ? filing.anomalies.find((finding) => mayAnswer(finding, isHead)) : undefined;
      if (!open || filing.registeredAt !== null) return false;
      answer(open);
      return true;
    },
    'case.open': () => {
      const number = filing.caseNumber ?? filing.joinsCase;
      return number === null ? false : navigation.open({ screen: 'case', number });
    },
    'filing.talon': () => (may('talon') ? registered.openTalon(filing.id) : false),
    'filing.tab': (event) => {
      const wanted = tabs[(digitOfPress(event) ?? 0) - 1];
      if (!wanted || mode === 'defects') return;
      onShowPanel();
      setTab(wanted);
      panel.current?.querySelector<HTMLElement>(`[data-tab="${wanted}"]`)?.focus();
    },
  });

  const recheckAllowed = may('recheck') ? recheck.run : undefined;
  const defectsAllowed = may('flag') ? openDefects : undefined;
  return (
    <aside ref={panel} className={styles.panel} aria-label={t('filing.work')}>
      <FilingHeader filing={filing} />
      {asked && (
        <FilingDialog
          asked={asked}
          filing={filing}
          settled={marks.settled}
          onChanged={(changed) => {
            if (asked.what === 'recall') setProposal(draftOf(changed));
            replaceFiling(changed);
          }}
          onClose={() => setAsked(null)}
        />
      )}
      {mode === 'defects' ? (
        <DefectsPanel
          filing={filing}
          draft={proposal}
          onDraft={setProposal}
          busy={flagging.busy}
          failure={flagging.failure}
          onSave={(defects, proposed) => void flag(defects, proposed)}
          onCancel={cancel}
        />
      ) : (
        <>
          <Tabs
            value={tab}
            onChange={(value) => setTab(value as Tab)}
            keepMounted={false}
            classNames={pickClasses(styles, { root: 'tabs', list: 'tabList', tab: 'tab', panel: 'tabPanel' })}
            data-pane
          >
            <Tabs.List aria-label={t('filing.work')} data-many={tabs.length > 4 || undefined}>
              {tabs.map((id) => (
                <Tabs.Tab key={id} value={id} data-tab={id} data-single-keys="self" data-pane-start={id === tab ? '' : undefined}>
                  {t(TAB_TEXT[id])}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {tabs.map((id) => (
              <Tabs.Panel key={id} value={id} tabIndex={0}>
                {marks.failure && id === 'checklist' && <FailureCard failure={marks.failure} onRetry={() => void reload()} compact />}
                {recheck.failure && <FailureCard failure={recheck.failure} compact onClose={recheck.clear} />}
                {(id === 'checklist' || id === 'signatures') && (
                  <p role="status" className={styles.rechecked}>
                    {recheck.said}
                  </p>
                )}
                {id === 'checklist' && (
                  <ChecklistPanel
                    filing={filing}
                    own={marks.own}
                    onMark={may('mark') ? mark : null}
                    missing={missing}
                    onRecheck={recheckAllowed}
                    rechecking={recheck.busy}
                    onDefects={defectsAllowed}
                    onOpenDocument={onOpenDocument}
                    onAnswer={filing.registeredAt === null && (may('mark') || isHead) ? answer : null}
                    isHead={isHead}
                    onCompare={activeRole === 'judge' ? null : (otherId) => setAsked({ what: 'compare', otherId })}
                  />
                )}
                {id === 'checklist' && activeRole === 'secretary' && <CoachPanel filing={filing} />}
                {id === 'signatures' && (
                  <SignaturesPanel
                    filing={filing}
                    onRecheck={recheckAllowed}
                    rechecking={recheck.busy}
                    onDefects={defectsAllowed}
                    onOpenDocument={onOpenDocument}
                  />
                )}
                {id === 'details' && (
                  <DetailsPanel
                    filing={filing}
                    mayCorrect={may('mark')}
                    mayCorrectFacts={may('correct-fact')}
                    replaceFiling={replaceFiling}
                    onJump={onJump}
                  />
                )}
                {id === 'history' && <HistoryPanel filing={filing} />}
                {id === 'proceedings' && <ProceedingsPanel filingId={filing.id} />}
              </Tabs.Panel>
            ))}
          </Tabs>
          {mode === 'confirm' ? (
            <ConfirmStrip
              filing={filing}
              busy={registering.busy}
              failure={registering.failure}
              onConfirm={(choice) => void register(choice)}
              onCancel={cancel}
            />
          ) : (
            <ActionBar
              filing={filing}
              may={may}
              onRegister={() => void startRegistering()}
              onDefects={openDefects}
              onTalon={() => registered.openTalon(filing.id)}
              onTakeOver={() => setAsked({ what: 'take-over' })}
              onRecall={() => setAsked({ what: 'recall' })}
            />
          )}
        </>
      )}
    </aside>
  );
}
