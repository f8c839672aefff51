import './skeleton.css';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

/** Holds the place of rows that are being read. */
export function Skeleton({ rows = 3 }: { rows?: number | undefined }) {
  const words = useWords<UiWord>();
  return (
    <div className="ui-skeleton">
      <span className="ui-hidden">{words('ui.loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div className="ui-skeleton-row" key={index} aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
