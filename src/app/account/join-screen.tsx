// Where an invitation opens: a letter's link, or the code of a printed page. It sets the password, and goes on into the app.

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { FormEvent } from 'react';
import * as z from 'zod/mini';
import { readLink } from '../../features/invitation/schema.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import { signIn } from '../session.ts';
import type { AppWord } from '../words/catalogue.ts';
import { postJson } from './auth-api.ts';
import { FrontShell } from './front-shell.tsx';

const OVER = ['accepted', 'expired', 'revoked', 'replaced'] as const;
const MENDED_HERE = ['wrong-password', 'name-taken', 'bad-name', 'here-already'] as const;
const PASSWORD_LEAST = 12;

const answerShape = z.object({
  state: z.string(),
  login: z.optional(z.string()),
  way: z.optional(z.enum(['email', 'print'])),
  hasAccount: z.optional(z.boolean()),
});
type Answer = z.infer<typeof answerShape>;

type State = 'looking' | 'unknown' | 'failed' | 'slow-down' | 'joined' | 'open' | (typeof OVER)[number];
type Problem = (typeof MENDED_HERE)[number] | 'short' | 'failed' | 'slow-down';

export default function JoinScreen() {
  const words = useWords<AppWord | RareWord>();
  const link = useLinkHere();
  const [state, setState] = useState<State>('looking');
  const [invited, setInvited] = useState<Answer | null>(null);
  const look = useCallback(async () => {
    setState('looking');
    const answer = link === null ? 'unknown' : await ask('/api/invitations/check', link);
    if (typeof answer === 'string') return setState(answer);
    setInvited(answer);
    return setState(stateOf(answer));
  }, [link]);
  useEffect(() => void look(), [look]);
  return (
    <FrontShell title={words('app.join.title')}>
      {state === 'looking' && (
        <>
          <p role="status">{words('app.join.looking')}</p>
          <Skeleton rows={3} />
        </>
      )}
      {state === 'open' && link && invited && (
        <JoinForm key={link.id} link={link} invited={invited} onOver={setState} />
      )}
      {state !== 'looking' && state !== 'open' && <Over state={state} onAgain={() => void look()} />}
    </FrontShell>
  );
}

/** A second letter is opened in the tab of the first: only what stands behind the `#` changes then. */
function useLinkHere(): ReturnType<typeof readLink> {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const look = () => setHash(location.hash);
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return useMemo(() => readLink(hash), [hash]);
}

/** What to do where there is nothing to fill in. */
function Over({ state, onAgain }: { state: Exclude<State, 'looking' | 'open'>; onAgain: () => void }) {
  const words = useWords<AppWord | RareWord>();
  const isWeather = state === 'failed' || state === 'slow-down';
  const signsIn = state === 'accepted' || state === 'joined';
  const action = isWeather ? (
    <Button onClick={onAgain}>{words('app.join.again')}</Button>
  ) : (
    signsIn && <a href="/sign-in">{words('app.signIn.title')}</a>
  );
  return (
    <Notice kind={state === 'joined' ? 'info' : 'attention'} action={action} announce>
      {words(state === 'slow-down' ? 'app.signIn.slow-down' : `app.join.${state}`)}
    </Notice>
  );
}

interface JoinFormProps {
  link: NonNullable<ReturnType<typeof readLink>>;
  invited: Answer;
  onOver: (state: State) => void;
}

function JoinForm({ link, invited: { login = '', way, hasAccount = false }, onOver }: JoinFormProps) {
  const words = useWords<AppWord | RareWord>();
  const [name, setName] = useState(login);
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    if (password.length < PASSWORD_LEAST) return setProblem('short');
    setProblem(null);
    setBusy(true);
    const answer = await ask('/api/invitations/join', { ...link, login: name, password });
    if (answer === 'unknown') return onOver('unknown');
    if (answer === 'failed' || answer === 'slow-down') return stay(answer);
    const mended = MENDED_HERE.find((one) => one === answer.state);
    if (mended) return stay(mended);
    if (answer.state !== 'joined') return onOver(stateOf(answer));
    // The address with the secret is left behind before anything else is shown.
    history.replaceState(null, '', '/');
    if ((await signIn(answer.login ?? name, password).catch(() => 'offline')) !== undefined) onOver('joined');
    return undefined;
  }
  function stay(what: Problem): void {
    setBusy(false);
    setProblem(what);
  }
  return (
    <form className="ui-stack" noValidate onSubmit={(event) => void submit(event)}>
      {problem && (
        <Notice kind="attention" announce>
          {words(problem === 'slow-down' ? 'app.signIn.slow-down' : `app.join.${problem}`)}
        </Notice>
      )}
      <p>{words(hasAccount ? 'app.join.introAccount' : 'app.join.intro')}</p>
      {way === 'print' ? (
        <TextField
          label={words('app.join.name')}
          hint={words('app.join.nameHint')}
          dir="ltr"
          autoComplete="username"
          autoCapitalize="none"
          value={name}
          onChange={setName}
        />
      ) : (
        <p>{words('app.join.email', { login })}</p>
      )}
      <PasswordField
        label={words(hasAccount ? 'app.join.own' : 'app.join.new')}
        autoComplete={hasAccount ? 'current-password' : 'new-password'}
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" variant="primary" busy={isBusy}>
        {words('app.join.submit')}
      </Button>
      {isBusy && <p className="ui-muted">{words('app.signIn.busy')}</p>}
    </form>
  );
}

function stateOf({ state }: Answer): State {
  if (state === 'open') return 'open';
  return OVER.find((one) => one === state) ?? 'unknown';
}

async function ask(path: string, body: object): Promise<Answer | 'unknown' | 'failed' | 'slow-down'> {
  const answer = await postJson(path, body);
  if (answer === null || answer.status >= 500) return 'failed';
  if (answer.status === 429) return 'slow-down';
  const parsed = answer.ok ? z.safeParse(answerShape, await answer.json().catch(() => null)) : null;
  return parsed?.success ? parsed.data : 'unknown';
}
