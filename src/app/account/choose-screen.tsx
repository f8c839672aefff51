import { Button } from '../../ui/button.tsx';
import { UserName } from '../../ui/user-text.tsx';
import { useWords } from '../../ui/words.ts';
import type { RareWord } from '../rare/words/catalogue.ts';
import type { AppWord } from '../words/catalogue.ts';
import type { Me } from './auth-api.ts';
import { FrontShell } from './front-shell.tsx';

/** One person, several practices: one store a membership. */
export default function ChooseScreen({ me, choose }: { me: Me; choose: (membershipId: string) => Promise<void> }) {
  const words = useWords<AppWord | RareWord>();
  return (
    <FrontShell title={words('app.choose.title')}>
      <p>{words('app.choose.intro')}</p>
      <div className="ui-actions">
        {me.memberships.map(({ membershipId, practice, practiceName }) => (
          <Button key={membershipId} onClick={() => void choose(membershipId)}>
            <UserName>{practiceName ?? practice}</UserName>
          </Button>
        ))}
      </div>
    </FrontShell>
  );
}
