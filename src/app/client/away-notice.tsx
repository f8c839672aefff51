import { AwayLine } from '../../features/away/parts/away-line.tsx';
import { awayCatalogue } from '../../features/away/words/catalogue.ts';
import { CoverLine } from '../../features/cover/parts/cover-line.tsx';
import { coverCatalogue } from '../../features/cover/words/catalogue.ts';
import type { Member } from '../../features/member/schema.ts';
import type { Reader } from '../../sync/client/reader.ts';
import { showAlso } from '../../ui/words.ts';

export const showAwayWords = (): Promise<void> => showAlso([awayCatalogue, coverCatalogue]);

async function nameOfMember(reader: Reader, member: string): Promise<string | undefined> {
  return ((await reader.get('member', member))?.fields as Member | undefined)?.name;
}

/**
 * Over the place where a client writes to her care team: that her provider is away, and who answers meanwhile. `only`: where she writes
 * to that provider alone, which nobody else reads.
 */
export default function AwayNotice({ only }: { only?: string | undefined }) {
  return (
    <>
      <AwayLine nameOf={nameOfMember} only={only} />
      {only === undefined && <CoverLine nameOf={nameOfMember} />}
    </>
  );
}
