import { useLive } from '../../../sync/client/react.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import { Notice } from '../../../ui/notice.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import { awayHere } from '../queries.ts';
import { awayAt } from '../schema-windows.ts';
import type { AwayWord } from '../words/catalogue.ts';

const LOOK_MS = 15_000;

/** What a client sees before she sends while her provider is away: by the rows and the clock of this device, without a network too. */
export function AwayLine({
  nameOf,
  only,
}: {
  nameOf: (reader: Reader, member: string) => Promise<string | undefined>;
  /** Of this provider alone. */
  only?: string | undefined;
}) {
  const words = useWords<AwayWord>();
  const format = useFormat();
  const nowMs = useNow(LOOK_MS);
  const found = useLive(
    async (reader) => {
      const all = await awayHere(reader);
      return Promise.all(all.map(async (one) => ({ ...one, name: await nameOf(reader, one.member) })));
    },
    [nameOf],
  );
  return (found ?? []).flatMap(({ member, name = words('away.someone'), setting }) => {
    const away = awayAt(setting, new Date(nowMs));
    if (away === null || (only !== undefined && member !== only)) return [];
    const { until, text } = away;
    const title =
      until === null ? words('away.now', { name }) : words('away.now.until', { name, time: format.dateTime(until) });
    return [
      <Notice key={member} title={title}>
        <UserText>{text}</UserText>
        <p>{words('away.now.write')}</p>
      </Notice>,
    ];
  });
}
