import { useState } from 'react';
import { Button, ButtonLink } from './button.tsx';
import './crisis-help.css';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { UserText } from './user-text.tsx';
import { useWords } from './words.ts';
import type { UiWord } from './words/en.ts';

export interface CrisisCall {
  /** "Call 988", in the words of the practice. */
  label: string;
  href: `tel:${string}` | `sms:${string}` | `https:${string}`;
}

export interface CrisisHelpProps {
  /** A way to more, such as the person's own plan, where somebody is signed in. */
  more?: { label: string; href: string } | undefined;
  /** The practice's own words, in the language shown. */
  text: string;
  calls: readonly CrisisCall[];
}

/** Stands at the end of every header, also offline, signed out and locked. Needs nothing but its props. */
export function CrisisHelp({ text, calls, more }: CrisisHelpProps) {
  const words = useWords<UiWord>();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="ui-crisis" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {words('ui.crisis.title')}
      </button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={words('ui.crisis.title')}
        actions={<Button onClick={() => setOpen(false)}>{words('ui.close')}</Button>}
      >
        {more && (
          <ButtonLink href={more.href} onClick={() => setOpen(false)}>
            {more.label}
          </ButtonLink>
        )}
        <CrisisCard text={text} calls={calls} />
      </Dialog>
    </>
  );
}

/** The same words in the flow of a screen: beside a risk answer, above a composer. */
export function CrisisCard({ text, calls }: CrisisHelpProps) {
  const words = useWords<UiWord>();
  return (
    <div className="ui-crisis-card">
      <UserText>{text}</UserText>
      <ul className="ui-crisis-calls" role="list">
        {calls.map((call) => (
          <li key={call.href}>
            <a className="ui-crisis-call" href={call.href}>
              <Icon name={call.href.startsWith('tel:') ? 'phone' : 'chat'} />
              <bdi>{call.label}</bdi>
            </a>
          </li>
        ))}
      </ul>
      <p className="ui-muted">{words('ui.crisis.nobodyWatches')}</p>
    </div>
  );
}
