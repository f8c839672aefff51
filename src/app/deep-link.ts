// The address the page was opened at: kept over a sign-in, which has an address of its own.

const opened = location.pathname + location.search;

/** Says in the address bar that one is signing in. */
export function showSignInAddress(): void {
  if (location.pathname !== '/sign-in') history.replaceState(null, '', '/sign-in');
}

/** Where to go after a sign-in: the link that was followed, or home. */
export function afterSignIn(home: string): string {
  return opened === '/' || opened.startsWith('/sign-in') || /^\/(setup|join)/.test(opened) ? home : opened;
}
