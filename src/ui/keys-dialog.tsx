import { Dialog } from './dialog.tsx';
import './keys-dialog.css';

export interface KeysDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  keys: readonly { readonly cap: string; readonly does: string }[];
  /** That they are used. */
  use: string;
  on: boolean;
  onChoose: (on: boolean) => void;
}

/** Which single keys do what, and whether they do. */
export function KeysDialog({ open, onClose, title, keys, use, on, onChoose }: KeysDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <dl className="ui-keys">
        {keys.map(({ cap, does }) => (
          <div key={cap}>
            <dt>
              <kbd>{cap}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="ui-keys-use">
        <input type="checkbox" checked={on} onChange={(event) => onChoose(event.currentTarget.checked)} />
        {use}
      </label>
    </Dialog>
  );
}
