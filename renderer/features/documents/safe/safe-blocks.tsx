import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { DocumentBlock, TextRun } from '../../../../shared/contract/index.ts';
import { useTexts } from '../../../i18n/use-texts.ts';
import { unitKey, type Unit } from './find-in-blocks.ts';
import styles from './safe-document.module.css';

/** So many blocks or rows are drawn at first, and again with each wish for more. */
const BLOCKS_AT_ONCE = 1_000;
const ROWS_AT_ONCE = 200;

type Sheet = DocumentBlock & { readonly type: 'sheet' };
const isSheet = (block: DocumentBlock): block is Sheet => block.type === 'sheet';

/** Draws the blocks: text alone, nothing of the file is interpreted. */
export function SafeBlocks({
  blocks,
  reveal,
}: {
  readonly blocks: readonly DocumentBlock[];
  /** To be drawn, however far down. */ readonly reveal: Unit | null;
}) {
  const { t } = useTexts();
  const [wanted, setShown] = useState(BLOCKS_AT_ONCE);
  const sheets = blocks.filter(isSheet);
  if (sheets.length > 0) return <Workbook sheets={sheets} reveal={reveal} />;
  const shown = Math.max(wanted, (reveal?.block ?? 0) + 1);
  return (
    <>
      {blocks.slice(0, shown).map((block, at) => (
        <Block key={at} block={block} at={at} reveal={reveal?.block === at ? reveal : null} />
      ))}
      {blocks.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + BLOCKS_AT_ONCE)}>
          {t('document.more', { left: blocks.length - shown })}
        </Button>
      )}
    </>
  );
}

function Runs({ runs }: { readonly runs: readonly TextRun[] }) {
  return runs.map(({ text, bold, italic, link }, at) => {
    const inner = italic ? <em>{text}</em> : text;
    return (
      <span key={at} className={link ? styles.link : undefined}>
        {bold ? <strong>{inner}</strong> : inner}
      </span>
    );
  });
}

type BlockProps = { readonly block: DocumentBlock; readonly at: number; readonly reveal: Unit | null };

function Block({ block, at, reveal }: BlockProps) {
  const { t } = useTexts();
  const unit = unitKey(at, 0, 0, 0);
  switch (block.type) {
    case 'heading':
      return (
        <p role="heading" aria-level={Math.min(6, block.level + 2)} className={styles.heading} data-level={block.level} data-unit={unit}>
          <Runs runs={block.runs} />
        </p>
      );
    case 'paragraph':
      return (
        <p className={styles.paragraph} data-unit={unit}>
          <Runs runs={block.runs} />
        </p>
      );
    case 'item':
      return (
        <p className={styles.item} style={{ ['--depth' as string]: block.depth }}>
          <span aria-hidden="true">{block.ordered ? '◦' : '•'}</span>
          <span data-unit={unit}>
            <Runs runs={block.runs} />
          </span>
        </p>
      );
    case 'picture':
      return <p className={styles.picture}>{t('document.pictureLeftOut')}</p>;
    case 'table':
      return <Table rows={block.rows} at={at} reveal={reveal} />;
    case 'sheet':
      return null;
  }
}

type TableProps = {
  readonly rows: (DocumentBlock & { readonly type: 'table' })['rows'];
  readonly at: number;
  readonly reveal: Unit | null;
};

function Table({ rows, at: block, reveal }: TableProps) {
  const { t } = useTexts();
  const [wanted, setShown] = useState(ROWS_AT_ONCE);
  const shown = Math.max(wanted, (reveal?.row ?? 0) + 1);
  return (
    <>
      <div className={styles.tableRoom}>
        <table>
          <tbody>
            {rows.slice(0, shown).map((row, at) => (
              <tr key={at}>
                {row.map((cell, place) => (
                  <td key={place} colSpan={cell.columns} rowSpan={cell.rows}>
                    {cell.paragraphs.map((runs, number) => (
                      <p key={number} data-unit={unitKey(block, at, place, number)}>
                        <Runs runs={runs} />
                      </p>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
          {t('document.more', { left: rows.length - shown })}
        </Button>
      )}
    </>
  );
}

function Workbook({ sheets, reveal }: { readonly sheets: readonly Sheet[]; readonly reveal: Unit | null }) {
  const { t } = useTexts();
  const [at, setAt] = useState(0);
  const [wanted, setShown] = useState(ROWS_AT_ONCE);
  const [revealed, setRevealed] = useState<Unit | null>(null);
  if (reveal !== revealed) {
    setRevealed(reveal);
    if (reveal) setAt(reveal.block);
  }
  const shown = Math.max(wanted, reveal?.block === at ? reveal.row + 1 : 0);
  const sheet = sheets[at] ?? sheets[0]!;
  const choose = (next: number): void => {
    setAt(next);
    setShown(ROWS_AT_ONCE);
  };
  const hidden = Math.max(0, sheet.rows.length - shown);
  return (
    <>
      {sheets.length > 1 && (
        <NativeSelect
          className={styles.sheets}
          label={t('document.sheet')}
          value={String(at)}
          onChange={(event) => choose(Number(event.currentTarget.value))}
          data={sheets.map(({ name }, number) => ({ value: String(number), label: name }))}
        />
      )}
      {sheet.rows.length === 0 && <p className={styles.picture}>{t('document.sheetEmpty')}</p>}
      <div className={styles.tableRoom}>
        <table aria-label={sheet.name} data-sheet>
          <tbody>
            {sheet.rows.slice(0, shown).map((row, number) => (
              <tr key={number}>
                <th scope="row">{number + 1}</th>
                {row.map((text, place) => (
                  <td key={place} data-unit={unitKey(at, number, place, 0)}>
                    {text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hidden > 0 && (
        <Button variant="default" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
          {t('document.more', { left: hidden })}
        </Button>
      )}
    </>
  );
}
