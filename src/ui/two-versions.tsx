/**
 * One thing of which people wrote different values and did not know of each other. Every value stands with who, when and what
 * was there before, until somebody chooses one or writes another. What is quietly merged has a label of its own.
 */
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import './two-versions.css';
import { useFormat } from './use-format.ts';
import { UserName } from './user-text.tsx';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface Version {
  /** In words; `null` where somebody emptied it. */
  value: string | null;
  /** The same as it is shown, where something in it can be pressed. */
  shown?: ReactNode;
  /** What its button says, where its value is too long to be a name. */
  choose?: string;
  /** Who wrote it. */
  by: string;
  at: string;
  /** What its author had before; undefined where that is not known. */
  before?: string | null | undefined;
}

export interface TwoVersionsProps {
  /** What the question is about: the name of the field. */
  what: string;
  versions: readonly Version[];
  /** The place of the chosen one. */
  onChoose: (index: number) => void;
  onWrite: () => void;
}

export function TwoVersions({ what, versions, onChoose, onWrite }: TwoVersionsProps) {
  const words = useWords<UiWord>();
  const titleId = useId();
  return (
    <div className="ui-versions" role="group" aria-labelledby={titleId}>
      <p className="ui-versions-title" id={titleId}>
        {what}: <span>{words('ui.versions.title')}</span>
      </p>
      <ul className="ui-versions-list" role="list">
        {versions.map((version, index) => (
          <OneVersion key={`${version.at} ${version.by}`} version={version} onChoose={() => onChoose(index)} />
        ))}
      </ul>
      <Button icon="edit" onClick={onWrite}>
        {words('ui.versions.other')}
      </Button>
    </div>
  );
}

function OneVersion({ version, onChoose }: { version: Version; onChoose: () => void }) {
  const words = useWords<UiWord>();
  const format = useFormat();
  const { value, by, at, before, choose } = version;
  const shown = value ?? words('ui.versions.nothing');
  return (
    <li className="ui-version">
      <div>
        {version.shown === undefined ? (
          <p className="ui-version-value">
            <bdi>{shown}</bdi>
          </p>
        ) : (
          <div className="ui-version-value">{version.shown}</div>
        )}
        <p className="ui-muted">{words('ui.versions.by', { name: by, time: format.dateTime(at) })}</p>
        {before !== undefined && (
          <p className="ui-muted">
            {words('ui.versions.before')} <bdi>{before ?? words('ui.versions.nothing')}</bdi>
          </p>
        )}
      </div>
      <Button
        icon="check"
        aria-label={choose === undefined ? words('ui.versions.chooseNamed', { value: shown }) : undefined}
        onClick={onChoose}
      >
        {choose ?? words('ui.versions.choose')}
      </Button>
    </li>
  );
}

/** Different parts of one thing, changed without knowing of each other: nothing to decide. */
export function MergedNote({ names, parts }: { names: readonly string[]; parts: readonly string[] }) {
  const words = useWords<UiWord>();
  const format = useFormat();
  return (
    <p className="ui-muted ui-versions-merged">
      <UserName>{words('ui.versions.merged', { names: format.list(names), parts: format.list(parts) })}</UserName>
    </p>
  );
}
