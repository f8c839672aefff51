import type { ReactNode } from 'react';
import { useLive, useWorkspace } from '../../../sync/client/react.ts';
import { Notice } from '../../../ui/notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { useWords } from '../../../ui/words.ts';
import { isSentClient } from '../queries.ts';
import type { ClientWord } from '../words/catalogue.ts';
import { ClientHeader } from './client-header.tsx';

export interface OnceSentProps {
  client: string;
  /** Where it stands for a whole page: that page's title, and the way back. */
  page?: { title: string; back: { href: string; label: string } };
  children: ReactNode;
}

/**
 * What a provider does for somebody whom he has taken on without a network: once she is sent. Until then the server knows nothing that
 * he has to do with her, and all of it would come back to him. The office needs nothing of the kind.
 */
export function OnceSent({ client, page, children }: OnceSentProps) {
  const words = useWords<ClientWord>();
  const { roles } = useWorkspace().membership;
  const isOffice = roles.some((role) => role !== 'provider');
  const read = useLive(async (reader) => ({ client, isSent: await isSentClient(reader, client) }), [client]);
  if (isOffice) return children;
  if (read?.client !== client) return null;
  if (read.isSent) return children;
  const notice = <Notice kind="attention">{words('client.unsent')}</Notice>;
  if (page === undefined) return notice;
  return (
    <Page {...page}>
      <ClientHeader client={client} look="line" />
      {notice}
    </Page>
  );
}
