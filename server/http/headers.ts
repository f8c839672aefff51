// The headers every answer carries, also an error and an unchanged file: what a page of ours may load, whom it may talk
// to, and what may be kept of an answer. Public pages (`/p/`) will bring their own `frame-ancestors`.

const PRIVATE = ['/api', '/sync', '/relay', '/healthz'];

/** Whether a path belongs to the API, the wire or health: never to the app's files or screens. */
export function isServerPath(path: string): boolean {
  return PRIVATE.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
}

/** The headers of every answer of a server whose pages live at `publicUrl`. */
export function securityHeaders(publicUrl: string): ReadonlyMap<string, string> {
  const url = new URL(publicUrl);
  const headers = new Map([
    ['content-security-policy', contentSecurityPolicy(url)],
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', permissionsPolicy()],
  ]);
  if (url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  return headers;
}

/**
 * Gives an answer those headers, and keeps what is private out of every cache, but for what names itself fit for the one of
 * its person: bytes that nobody can read without a key from elsewhere.
 */
export function withHeaders(answer: Response, path: string, headers: ReadonlyMap<string, string>): Response {
  const response = isSealed(answer) ? new Response(answer.body, answer) : answer;
  for (const [name, value] of headers) response.headers.set(name, value);
  const isOwnOnly = response.headers.get('cache-control')?.startsWith('private,') === true;
  if (isServerPath(path) && !isOwnOnly) response.headers.set('cache-control', 'no-store');
  return response;
}

function contentSecurityPolicy(url: URL): string {
  const socket = `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}`;
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${socket}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function permissionsPolicy(): string {
  const none = ['camera', 'display-capture', 'geolocation', 'payment', 'usb', 'serial'];
  // Voice notes are recorded by the app itself; photos come from the device's own camera.
  const own = ['microphone', 'publickey-credentials-get', 'publickey-credentials-create'];
  return [...own.map((name) => `${name}=(self)`), ...none.map((name) => `${name}=()`)].join(', ');
}

/** The platform's own redirects and fetched answers carry headers that cannot be changed. */
function isSealed(answer: Response): boolean {
  try {
    answer.headers.set('x-content-type-options', 'nosniff');
    return false;
  } catch {
    return true;
  }
}
