import type { ReactNode } from 'react';

/** Shows whose record it is, name and birth date together; given by the app, which knows the client's own parts. */
export type ClientHeading = (client: string, look: 'heading' | 'line') => ReactNode;

/** What to tell who writes these words to this client; given by the app, which knows what else holds of the client. */
export type CommentAdvice = (client: string, body: string) => ReactNode;
