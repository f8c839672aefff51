import { useFormat } from '../../../ui/use-format.ts';
import { UserText } from '../../../ui/user-text.tsx';
import { useWords } from '../../../ui/words.ts';
import type { Outlook } from '../queries.ts';
import { kindOf } from '../schema.ts';
import type { Rule } from '../schema.ts';
import { goesAt } from '../schema-when.ts';
import type { AutomationWord } from '../words/catalogue.ts';

/** What a rule will do, before it is kept: worked out as the server does. */
export function OutlookOf({ rule, outlook }: { rule: Rule; outlook: Outlook }) {
  const words = useWords<AutomationWord>();
  const format = useFormat();
  const { trigger, delayDays, body, member } = rule;
  const now = new Date();
  const of = { delayDays, now: now.getTime(), open: outlook.open, isTaken: () => false };
  const time = goesAt(now.toISOString(), of);
  return (
    <>
      <p>{words(`automation.trigger.${trigger}`)}</p>
      <blockquote>
        <UserText>{body}</UserText>
      </blockquote>
      <p>
        {member === undefined
          ? words('automation.look.who.all', { count: outlook.active })
          : words('automation.look.who.own')}
      </p>
      <p>{words(`automation.look.where.${kindOf(trigger)}`)}</p>
      <p>{words('automation.look.when')}</p>
      <p>{words('automation.look.example', { time: `${format.day(time)}, ${format.time(time)}` })}</p>
      <p>{words('automation.look.limits')}</p>
    </>
  );
}
