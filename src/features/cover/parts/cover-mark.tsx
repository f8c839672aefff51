import { Badge } from '../../../ui/badge.tsx';
import { useWords } from '../../../ui/words.ts';
import { endOf } from '../schema.ts';
import type { CoverWord } from '../words/catalogue.ts';
import type { CoverStand } from './use-cover-stand.ts';

export interface CoverMarkProps {
  stand: CoverStand;
  client: string;
  /** When what waits of this client came. */
  cameAt: readonly string[];
}

/** Beside a client's name: for whom the reader stands in, or that some of it came while he was away. */
export function CoverMark({ stand, client, cameAt }: CoverMarkProps) {
  const words = useWords<CoverWord>();
  const someone = words('cover.someone');
  if (stand.clients.has(client))
    return (
      <p>
        <Badge kind="accent">{words('cover.for', { name: stand.clients.get(client) ?? someone })}</Badge>
      </p>
    );
  const during = stand.ended.find((one) => cameAt.some((at) => one.start <= at && at < endOf(one)));
  if (during === undefined) return null;
  return (
    <p>
      <Badge kind="attention">{words('cover.came', { name: during.memberName ?? someone })}</Badge>
    </p>
  );
}
