import { useRef } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { Notice } from '../../../../ui/notice.tsx';
import { useWords } from '../../../../ui/words.ts';
import type { ClientWord } from '../../words/catalogue.ts';
import type { ListFault } from './read-list.ts';
import { ROWS_MOST } from './read-list.ts';

interface ChooseListProps {
  /** The file that was begun with and is not done. */
  begun: string | undefined;
  fault: ListFault | null;
  onChoose: (file: File) => void;
}

export function ChooseList({ begun, fault, onChoose }: ChooseListProps) {
  const words = useWords<ClientWord>();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="ui-stack">
      <p>{words('client.import.text')}</p>
      {begun !== undefined && fault === null && <Notice>{words('client.import.begun', { name: begun })}</Notice>}
      {fault && (
        <Notice kind="attention" announce>
          {words(`client.import.fault.${fault.fault}`, { n: 'n' in fault ? fault.n : ROWS_MOST })}
        </Notice>
      )}
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        hidden
        aria-label={words('client.import.choose')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onChoose(file);
        }}
      />
      <div className="ui-actions">
        <Button variant="primary" onClick={() => input.current?.click()}>
          {words('client.import.choose')}
        </Button>
      </div>
    </div>
  );
}
