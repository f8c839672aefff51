import { useLive } from '../../sync/client/react.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import { ringOf } from './ring.ts';

/** How private entries stand on this device, and the way to them. */
export default function PrivateSection() {
  const words = useWords<RareWord>();
  const ring = useLive(ringOf, []);
  if (ring === undefined) return null;
  return (
    <section className="ui-stack">
      <h2>{words('app.private')}</h2>
      <p className="ui-muted">
        {words('app.private.section')} {words(`app.private.state.${ring.state}`)}
      </p>
      <div className="ui-actions">
        <ButtonLink icon="lock" href="/private">
          {words('app.private.go')}
        </ButtonLink>
      </div>
    </section>
  );
}
