import Shown from '../../file/parts/photos/media.tsx';
import type { MediaProps as FileProps } from '../../file/parts/photos/media.tsx';
import { GivenUp } from '../../file/parts/photos/late-given-up.ts';
import { chartOf } from '../../space-names.ts';
import { givenUpBy } from '../queries-given-up.ts';

export interface MediaProps extends Omit<FileProps, 'space'> {
  client: string;
}

/** The photos and voice notes of an entry or a comment: they lie in the chart, and the journal knows which of them will not come. */
export default function Media({ client, ...props }: MediaProps) {
  return (
    <GivenUp value={givenUpBy}>
      <Shown space={chartOf(client)} {...props} />
    </GivenUp>
  );
}
