// Where a bug ends: the person is told that nothing written is lost, and can go on by loading the page again.

import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useWords } from '../ui/words.ts';
import type { AppWord } from './words/catalogue.ts';

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

/** Also what the router shows where a screen fails. */
export function Failed() {
  const words = useWords<AppWord>();
  const again = (
    <Button variant="primary" onClick={() => location.reload()}>
      {words('app.error.reload')}
    </Button>
  );
  return (
    <Notice kind="danger" title={words('app.error.title')} action={again} announce>
      {words('app.error.text')}
    </Notice>
  );
}
