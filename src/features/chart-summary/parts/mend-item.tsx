import { useState } from 'react';
import type { ReactNode } from 'react';
import type { JsonObject } from '../../../base/json.ts';
import { useLive } from '../../../sync/client/react.ts';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useWords } from '../../../ui/words.ts';
import { useStoredDraft } from '../../use-draft.ts';
import { summaryOf } from '../queries.ts';
import type { SummaryView } from '../queries.ts';
import { summaryItem } from '../schema.ts';
import { ItemForm } from './item-dialog.tsx';
import type { OpenedItem } from './item-dialog.tsx';
import type { SaidWord } from './said.ts';
import { asItemDraft, typedOf } from './typed-item.ts';
import type { ItemDraft } from './typed-item.ts';

export interface MendItemProps {
  /** The arguments of the act that came back. */
  args: JsonObject;
  draftId: string;
  header: ReactNode;
  onClose: () => void;
}

/** An item, or a change of one, that came back: what was written over what stands now, with what others changed meanwhile beside it. */
export function MendItem({ args, draftId, header, onClose }: MendItemProps) {
  const words = useWords<SaidWord>();
  const client = String(args['client']);
  const read = useLive(async (reader) => ({ client, summary: await summaryOf(reader, client) }), [client]);
  const kept = useStoredDraft(draftId, asItemDraft);
  const came = cameBack(args);
  if (read?.client !== client || kept === undefined) return <Skeleton />;
  const { summary } = read;
  if (summary === 'elsewhere' || came === null) return <Notice>{words('chartSummary.elsewhere')}</Notice>;
  const opened = openedOn(args, came, summary);
  if (opened === null) return <Notice>{words('chartSummary.coming')}</Notice>;
  const restored = kept ?? { at: String(args['at']), value: came };
  return <Opened {...{ client, draftId, header, onClose, opened, restored }} />;
}

/** What comes after it was opened does not move what is being typed. */
function Opened({ opened, ...props }: Parameters<typeof ItemForm>[0]) {
  const [first] = useState(opened);
  return <ItemForm {...props} opened={first} />;
}

function cameBack({ item, seen }: JsonObject): ItemDraft | null {
  const written = summaryItem.safeParse(item).data;
  return written === undefined
    ? null
    : { typed: typedOf(written.type, written), seen: summaryItem.safeParse(seen).data ?? null };
}

function openedOn({ id, item }: JsonObject, { seen }: ItemDraft, { sections }: SummaryView): OpenedItem | null {
  const section = summaryItem.parse(item).type;
  const { active, past, none } = sections[section];
  const of = [...active, ...past].find((one) => one.id === id) ?? null;
  // Of what came back as new nothing stands; of a change, the row must be here.
  return seen !== null && of === null ? null : { section, of: seen === null ? null : of, none };
}
