import type { ReactNode, Ref, UIEventHandler } from 'react';

type Props = {
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLDivElement>;
  readonly onScroll?: UIEventHandler<HTMLDivElement>;
};

/** A part that scrolls, reached by Tab so that it scrolls by keys; a place for single keys and where F6 lands in its pane. */
export function ScrollRegion({ label, className, children, ref, onScroll }: Props) {
  return (
    <div
      ref={ref}
      className={className}
      role="region"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable without a mouse
      tabIndex={0}
      data-single-keys
      data-pane-start
      onScroll={onScroll}
    >
      {children}
    </div>
  );
}
