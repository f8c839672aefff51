// The first page of a new server: makes the practice and its owner, once, by the link that the server printed.

import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/words.ts';

import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import { postJson } from './auth-api.ts';
import { FrontShell } from './front-shell.tsx';

type State = 'looking' | 'ready' | 'busy' | 'bad' | 'failed' | 'done' | { readonly invalid: string };
const EMPTY = { practice: '', slug: '', timezone: '', owner: '', email: '', password: '' };

export default function SetupScreen() {
  const words = useWords<AppWord | RareWord>();
  const token = location.hash.slice(1);
  const [state, setState] = useState<State>('looking');
  const [form, setForm] = useState({ ...EMPTY, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  useEffect(() => {
    void postJson('/api/setup/check', { token }).then((answer) => {
      if (answer === null) setState('failed');
      else setState(answer.ok ? 'ready' : 'bad');
    });
  }, [token]);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setState('busy');
    setState(await send(token, form));
  }
  return (
    <FrontShell title={words('app.setup.title')}>
      <Outcome state={state} />
      {state !== 'looking' && state !== 'bad' && state !== 'done' && (
        <form className="ui-stack" onSubmit={(event) => void submit(event)}>
          <p>{words('app.setup.intro')}</p>
          <Fields form={form} onChange={setForm} />
          <Button type="submit" variant="primary" busy={state === 'busy'}>
            {words('app.setup.submit')}
          </Button>
        </form>
      )}
    </FrontShell>
  );
}

function Outcome({ state }: { state: State }) {
  const words = useWords<AppWord | RareWord>();
  if (typeof state === 'object') {
    return (
      <Notice kind="attention" announce>
        {words('app.setup.invalid', { where: state.invalid })}
      </Notice>
    );
  }
  if (state !== 'bad' && state !== 'failed' && state !== 'done') return null;
  const signIn = state === 'done' && <a href="/sign-in">{words('app.signIn.title')}</a>;
  return (
    <Notice kind={state === 'done' ? 'info' : 'attention'} action={signIn} announce>
      {words(`app.setup.${state}`)}
    </Notice>
  );
}

function Fields({ form, onChange }: { form: typeof EMPTY; onChange: (form: typeof EMPTY) => void }) {
  const words = useWords<AppWord | RareWord>();
  const set = (key: keyof typeof EMPTY) => (value: string) => onChange({ ...form, [key]: value });
  return (
    <>
      <TextField
        label={words('app.setup.practice')}
        value={form.practice}
        onChange={set('practice')}
        autoComplete="organization"
      />
      <TextField
        label={words('app.setup.slug')}
        hint={words('app.setup.slugHint')}
        value={form.slug}
        onChange={set('slug')}
      />
      <TextField label={words('app.setup.timezone')} value={form.timezone} onChange={set('timezone')} />
      <TextField label={words('app.setup.owner')} value={form.owner} onChange={set('owner')} autoComplete="name" />
      <TextField
        label={words('app.signIn.email')}
        type="email"
        value={form.email}
        onChange={set('email')}
        autoComplete="username"
      />
      <PasswordField
        label={words('app.setup.password')}
        value={form.password}
        onChange={set('password')}
        autoComplete="new-password"
      />
    </>
  );
}

async function send(token: string, form: typeof EMPTY): Promise<State> {
  const body = {
    token,
    practice: { name: form.practice, slug: form.slug, timezone: form.timezone },
    owner: { name: form.owner, email: form.email, password: form.password },
  };
  const answer = await postJson('/api/setup', body);
  if (answer?.ok) return 'done';
  if (answer?.status === 404) return 'bad';
  if (answer?.status !== 422) return 'failed';
  const json = (await answer.json().catch(() => null)) as { error?: { where?: string } } | null;
  return { invalid: json?.error?.where ?? '' };
}
