// Photos and voice notes of entries and comments: they lie in the chart, and the journal knows which of them will not come.

import { chartOf } from '../../space-names.ts';
import { Media as FileMedia } from '../../file/parts/photos/late-media.tsx';
import { MediaField as FileMediaField } from '../../file/parts/photos/late-media-field.tsx';
import type { MediaFieldProps } from '../../file/parts/photos/media-field.tsx';
import type { MediaProps } from '../../file/parts/photos/media.tsx';
import { GivenUp } from '../../file/parts/photos/late-given-up.ts';
import { givenUpBy } from '../queries-given-up.ts';

type InChart<P extends { space: string }> = Omit<P, 'space'> & { client: string };

export const Media = ({ client, ...props }: InChart<MediaProps>) => (
  <GivenUp value={givenUpBy}>
    <FileMedia space={chartOf(client)} {...props} />
  </GivenUp>
);

export const MediaField = ({ client, ...props }: InChart<MediaFieldProps>) => (
  <GivenUp value={givenUpBy}>
    <FileMediaField space={chartOf(client)} {...props} />
  </GivenUp>
);
