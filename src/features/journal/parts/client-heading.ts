import type { ReactNode } from 'react';

/** Shows whose record it is, name and birth date together; given by the app, which knows the client's own parts. */
export type ClientHeading = (client: string, look: 'heading' | 'line') => ReactNode;
