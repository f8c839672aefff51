import { useCallback } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { ask, putBack, takeIn, takeOut } from '../../features/chat/mutators-community.ts';
import { Members } from '../../features/chat/parts/community/members.tsx';
import type { Candidate } from '../../features/chat/parts/community/members.tsx';
import { clientsOfTeam } from '../../features/chat/queries-participants.ts';
import { useBirth } from '../../features/client/parts/use-birth.ts';
import type { Client } from '../../features/client/schema.ts';
import type { Member } from '../../features/member/schema.ts';
import type { Reader } from '../../sync/client/reader.ts';
import type { Row } from '../../sync/core/record.ts';

/** Who takes part in a community, for the staff of it: with their own clients, who can be asked, and their colleagues. */
export function CommunityMembers({ conversation }: { conversation: string }) {
  const birth = useBirth();
  const navigate = useNavigate();
  const onLeft = () => void navigate({ href: '/chat', replace: true });
  const read = useCallback(
    async (reader: Reader): Promise<Candidate[]> => {
      const [mine, clients, staff] = [
        await clientsOfTeam(reader),
        (await reader.all('client')) as Row<Client>[],
        (await reader.all('member')) as Row<Member>[],
      ];
      const asked = clients.flatMap(({ id, fields: { memberId, preferredName, legalName, birthDate, status } }) => {
        if (memberId === undefined || status !== 'active' || !mine.has(id)) return [];
        const label = `${preferredName ?? legalName}, ${birth(birthDate)}`;
        return [{ key: id, label, act: ask.name, args: { client: id, member: memberId } }];
      });
      const colleagues = staff.flatMap(({ id, fields: { name } }) =>
        id === reader.memberId ? [] : [{ key: id, label: name, act: takeIn.name, args: { member: id } }],
      );
      const byLabel = (a: Candidate, b: Candidate) => (a.label < b.label ? -1 : 1);
      return [...asked.sort(byLabel), ...colleagues.sort(byLabel)];
    },
    [birth],
  );
  return <Members {...{ conversation, onLeft }} tools={{ read, takeOut: takeOut.name, putBack: putBack.name }} />;
}
