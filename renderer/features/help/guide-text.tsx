import { COMMAND_IDS, commandOf, type CommandId } from '../../app/keys/key-map.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { parseGuide, type Block, type Line } from './parse-guide.ts';
import styles from './guide-text.module.css';

type Go = (page: string) => void;

const isCommand = (id: string): id is CommandId => (COMMAND_IDS as readonly string[]).includes(id);

function Keys({ command }: { readonly command: string }) {
  if (!isCommand(command)) return null;
  return commandOf(command).caps.map((cap) => (
    <span key={cap} className={styles.cap}>
      <KeyCap keys={cap} />
      <span className="visually-hidden">{cap}</span>
    </span>
  ));
}

function Words({ line, onGo }: { readonly line: Line; readonly onGo: Go }) {
  return line.map((part, at) => {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'bold':
        return <b key={at}>{part.text}</b>;
      case 'keys':
        return <Keys key={at} command={part.command} />;
      case 'link':
        return (
          <button key={at} type="button" className={styles.link} onClick={() => onGo(part.page)}>
            {part.text}
          </button>
        );
    }
  });
}

function KeyTable({ commands }: { readonly commands: readonly string[] }) {
  const { t } = useTexts();
  return (
    <dl className={styles.keys}>
      {commands.filter(isCommand).map((command) => (
        <div key={command}>
          <dt>
            <Keys command={command} />
          </dt>
          <dd>{t(commandOf(command).text)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Part({ block, onGo }: { readonly block: Block; readonly onGo: Go }) {
  const words = (line: Line) => <Words line={line} onGo={onGo} />;
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? null : <h3 className={styles.heading}>{words(block.line)}</h3>;
    case 'paragraph':
      return <p>{words(block.line)}</p>;
    case 'keys':
      return <KeyTable commands={block.commands} />;
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul';
      return (
        <List className={styles.list}>
          {block.items.map((item, at) => (
            <li key={at}>{words(item)}</li>
          ))}
        </List>
      );
    }
    case 'table':
      return (
        <table className={styles.table}>
          <thead>
            <tr>
              {block.head.map((cell, at) => (
                <th key={at} scope="col">
                  {words(cell)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, place) => (
                  <td key={place}>{words(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

/** The title of a page; what its first line says. */
export function titleOf(markdown: string): string {
  return /^# (.*)$/m.exec(markdown)?.[1] ?? '';
}

/** A page of the guide as parts of the window; keys say what the key map says. */
export function GuideText({ markdown, onGo }: { readonly markdown: string; readonly onGo: Go }) {
  return (
    <div className={styles.text}>
      {parseGuide(markdown).map((block, at) => (
        <Part key={at} block={block} onGo={onGo} />
      ))}
    </div>
  );
}
