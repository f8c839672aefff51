// Which addresses are screens of the app, so that the shell answers them, online or not.

const SERVER_PATHS = /^\/(api|sync|relay|healthz)(\/|$)/;

/** Whether the path is a screen: not the server's, and no file (a dot in its last part). */
export function isAppAddress(pathname: string): boolean {
  return !SERVER_PATHS.test(pathname) && !pathname.slice(pathname.lastIndexOf('/')).includes('.');
}
