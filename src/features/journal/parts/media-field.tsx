import Field from '../../file/parts/photos/media-field.tsx';
import type { MediaFieldProps as FileProps } from '../../file/parts/photos/media-field.tsx';
import { GivenUp } from '../../file/parts/photos/late-given-up.ts';
import { chartOf } from '../../space-names.ts';
import { givenUpBy } from '../queries-given-up.ts';

export interface MediaFieldProps extends Omit<FileProps, 'space'> {
  client: string;
}

export default function MediaField({ client, ...props }: MediaFieldProps) {
  return (
    <GivenUp value={givenUpBy}>
      <Field space={chartOf(client)} {...props} />
    </GivenUp>
  );
}
