// Private entries as the journal has them beside its own: read, searched, written anew, and the choice in the form.

import { useEffect, useRef, useState } from 'react';
import type { EntryView } from '../../features/journal/queries.ts';
import type { PrivateSide, WhoReads } from '../../features/journal/parts/private-side.ts';
import { useLive } from '../../sync/client/react.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { Ladder } from '../../ui/ladder.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import { cameBack, willComeBack } from './come-back.ts';
import { addAct, reviseAct } from './contents.ts';
import { ringOf } from './ring.ts';
import { useGo } from './use-go.ts';
import { allPrivate, insideOf, markOfPrivate, newestPrivate, privateById } from './views.ts';
import type { PrivateView } from './views.ts';

export const PRIVATE_SIDE: PrivateSide = {
  newest: newestPrivate,
  byId: privateById,
  all: allPrivate,
  mark: markOfPrivate,
  async addAct(reader, { id, ...written }) {
    const { writing: key } = await ringOf(reader);
    if (key === null || written.content.media) return null;
    return addAct({ member: reader.memberId, key }, written, id);
  },
  async reviseAct(reader, entry, content) {
    const { writing: key } = await ringOf(reader);
    const before = await insideOf(reader, entry);
    if (key === null || before === null) return null;
    const { v: _, ...rest } = before;
    const wordedAt = new Date().toISOString();
    return reviseAct({ member: reader.memberId, key }, entry, { ...rest, content, wordedAt });
  },
  WhoReads: WhoReadsField,
  Label,
};

const WHO = ['team', 'me'] as const;

function WhoReadsField({ kind, content, isPrivate, onChange }: WhoReads) {
  const words = useWords<RareWord>();
  // Asked when the form opens; told once, whatever is drawn after that.
  const [isBack] = useState(() => cameBack(kind));
  const told = useRef(false);
  useEffect(() => {
    if (isBack && !told.current) onChange(true);
    told.current = true;
  }, [isBack, onChange]);
  return (
    <>
      <ChoiceField
        label={words('app.private.who')}
        choices={WHO.map((value) => ({
          value,
          label: words(`app.private.${value}`),
          icon: value === 'me' ? 'lock' : 'clients',
        }))}
        value={isPrivate ? 'me' : 'team'}
        onChange={(who) => onChange(who === 'me')}
      />
      {isPrivate && <WhatItTakes kind={kind} hasPhotos={content.media !== undefined} />}
    </>
  );
}

function WhatItTakes({ kind, hasPhotos }: { kind: string; hasPhotos: boolean }) {
  const words = useWords<RareWord>();
  const go = useGo();
  const ring = useLive(ringOf, []);
  if (ring === undefined) return null;
  function leave(): void {
    willComeBack(kind);
    go('/private');
  }
  if (ring.state === 'unknown') return <Notice kind="attention">{words('app.private.fetching')}</Notice>;
  if (ring.writing === null) {
    const isFirst = ring.state === 'none';
    return (
      <Notice
        kind="attention"
        announce
        action={<Button onClick={leave}>{words(isFirst ? 'app.private.first.do' : 'app.private.locked.do')}</Button>}
      >
        {words(isFirst ? 'app.private.first' : 'app.private.locked')}
      </Notice>
    );
  }
  if (hasPhotos) {
    return (
      <Notice kind="attention" announce>
        {words('app.private.takeOut')}
      </Notice>
    );
  }
  return (
    <div className="ui-muted ui-stack">
      <p>{words('app.private.hint')}</p>
      <p>{words('app.private.noPhotos')}</p>
    </div>
  );
}

function Label({ entry }: { entry: EntryView }) {
  const words = useWords<RareWord>();
  const { privacy, delivery } = entry;
  return (
    <>
      {privacy !== 'open' && (
        <Badge kind="attention">
          {words(privacy === 'broken' ? 'app.private.brokenEntry' : 'app.private.lockedEntry')}
        </Badge>
      )}
      <Badge kind="accent">{words('app.private.only')}</Badge>
      {(entry as PrivateView).shared && <Badge>{words('app.private.shared')}</Badge>}
      {delivery === 'device' && <Ladder state="device" />}
    </>
  );
}
