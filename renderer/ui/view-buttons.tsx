import styles from './list-screen.module.css';

type Props<Id extends string> = {
  readonly label: string;
  readonly views: readonly { readonly id: Id; readonly name: string; readonly count?: number | undefined }[];
  readonly current: Id;
  readonly onChoose: (id: Id) => void;
};

/** The views of a list with how many rows each has. */
export function ViewButtons<Id extends string>({ label, views, current, onChoose }: Props<Id>) {
  return (
    <div className={styles.views} role="group" aria-label={label} data-pane>
      {views.map(({ id, name, count }) => (
        <button
          key={id}
          type="button"
          className={styles.view}
          aria-pressed={id === current}
          data-pane-start={id === current ? '' : undefined}
          onClick={() => onChoose(id)}
        >
          {name} <span className={styles.count}>{count ?? ''}</span>
        </button>
      ))}
    </div>
  );
}
