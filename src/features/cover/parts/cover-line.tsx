import { useLive } from '../../../sync/client/react.ts';
import type { Reader } from '../../../sync/client/reader.ts';
import { Notice } from '../../../ui/notice.tsx';
import { useFormat } from '../../../ui/use-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useWords } from '../../../ui/words.ts';
import { noticesHere } from '../queries.ts';
import type { CoverWord } from '../words/catalogue.ts';

const LOOK_MS = 15_000;

/** What a client sees before she sends: who answers meanwhile, by the rows and the clock of this device. */
export function CoverLine({ nameOf }: { nameOf: (reader: Reader, member: string) => Promise<string | undefined> }) {
  const words = useWords<CoverWord>();
  const format = useFormat();
  const now = new Date(useNow(LOOK_MS)).toISOString();
  const found = useLive(
    async (reader) => {
      const all = await noticesHere(reader);
      return Promise.all(all.map(async (one) => ({ ...one, name: await nameOf(reader, one.member) })));
    },
    [nameOf],
  );
  return (found ?? []).flatMap(({ member, start, end, name = words('cover.someone') }) => {
    if (now < start || end <= now) return [];
    return [
      <Notice key={`${member} ${start}`} title={words('cover.answers', { member: name, end: format.dateTime(end) })}>
        {words('cover.answers.reads', { member: name })}
      </Notice>,
    ];
  });
}
