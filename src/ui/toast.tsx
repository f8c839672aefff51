/**
 * Short messages about what was just done, with a way to undo it. A polite live region without `role="status"`, which
 * belongs to the sync line alone. Keeps the newest three; each goes by itself, later when it can still be undone.
 */
import { createContext, use, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button, IconButton } from './button.tsx';
import './toast.css';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface Toast {
  text: string;
  /** Makes it stay for a minute, with a button *Undo*. */
  onUndo?: (() => void) | undefined;
}

type Shown = Toast & { id: number };

const KEEP = 3;
const STAYS_MS = 10_000;
const UNDO_STAYS_MS = 60_000;

interface ToastState {
  shown: readonly Shown[];
  say: (toast: Toast) => () => void;
  remove: (id: number) => void;
}

const ToastContext = createContext<ToastState | undefined>(undefined);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const lastId = useRef(0);
  const acts = useMemo(
    () => ({
      say: (toast: Toast) => {
        lastId.current += 1;
        const added = { ...toast, id: lastId.current };
        setShown((before) => [...before, added].slice(-KEEP));
        return () => setShown((before) => before.filter((one) => one.id !== added.id));
      },
      remove: (id: number) => setShown((before) => before.filter((toast) => toast.id !== id)),
    }),
    [],
  );
  const state = useMemo(() => ({ shown, ...acts }), [shown, acts]);
  return <ToastContext value={state}>{children}</ToastContext>;
}

/** `say({ text, onUndo })` gives a function that takes the toast away. */
export function useToast(): (toast: Toast) => () => void {
  return useToasts().say;
}

function useToasts(): ToastState {
  const state = use(ToastContext);
  if (!state) throw new Error('toasts need a ToastProvider above');
  return state;
}

/** Where they come up; the shell holds one. */
export function Toasts() {
  const { shown, remove } = useToasts();
  return (
    <div className="ui-toasts" aria-live="polite">
      {shown.map((toast) => (
        <ToastRow key={toast.id} toast={toast} remove={remove} />
      ))}
    </div>
  );
}

function ToastRow({ toast, remove }: { toast: Shown; remove: (id: number) => void }) {
  const words = useWords<UiWord>();
  const { id, text, onUndo } = toast;
  useEffect(() => {
    const timer = setTimeout(() => remove(id), onUndo ? UNDO_STAYS_MS : STAYS_MS);
    return () => clearTimeout(timer);
  }, [remove, id, onUndo]);
  return (
    <div className="ui-toast">
      <p>{text}</p>
      {onUndo && (
        <Button
          onClick={() => {
            onUndo();
            remove(id);
          }}
        >
          {words('ui.undo')}
        </Button>
      )}
      <IconButton icon="close" label={words('ui.close')} onClick={() => remove(id)} />
    </div>
  );
}
