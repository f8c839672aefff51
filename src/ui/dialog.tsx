import { useId, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './dialog.css';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface DialogProps {
  open: boolean;
  /** Asked for by Escape or the close button; never by a press beside it, which would lose what was being written. */
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
}

/** The browser's own modal: it holds the focus and gives it back to where it came from. */
export function Dialog({ open, onClose, title, children, actions }: DialogProps) {
  const words = useWords<UiWord>();
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // layout: when a screen goes while its dialog is open, closing must come before its removal to give the focus back
  useLayoutEffect(() => {
    const dialog = element.current;
    if (!open || !dialog) return undefined;
    dialog.showModal();
    return () => dialog.close();
  }, [open]);

  return (
    <dialog
      ref={element}
      className="ui-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {open && (
        <>
          <div className="ui-dialog-head">
            <h2 id={titleId}>{title}</h2>
            <IconButton icon="close" label={words('ui.close')} onClick={onClose} />
          </div>
          <div className="ui-dialog-body ui-stack">{children}</div>
          {actions && <div className="ui-dialog-actions">{actions}</div>}
        </>
      )}
    </dialog>
  );
}
