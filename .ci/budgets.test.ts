import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { budgets } from './budgets.ts';

const SCREENS = ['client/today-screen', 'client/journal-screen', 'staff/inbox-screen', 'staff/clients-screen'];
function portalWith(who: string): string {
  const own = SCREENS.filter((screen) => screen.startsWith(`${who}/`));
  return `document.write("${who}"); ${own.map((screen) => `import("./${screen}.tsx");`).join('\n')}`;
}

const APP = {
  'index.html':
    '<!doctype html><link rel="icon" href="/icon.svg"><script type="module" src="/src/app/main.tsx"></script>',
  'public/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'public/manifest.webmanifest': '{}',
  'public/sw.js': 'precache([{url:"index.html",revision:"1"},{"revision":null,"url":"icon.svg"}])',
  'src/app/main.tsx': ['client', 'staff'].map((who) => `import("./${who}-portal.tsx");`).join(''),
  'src/app/client-portal.tsx': portalWith('client'),
  'src/app/staff-portal.tsx': portalWith('staff'),
  ...Object.fromEntries(SCREENS.map((screen) => [`src/app/${screen}.tsx`, `document.write("${screen}");`])),
};

/** Text that no compression makes smaller than about three quarters of its length. */
const heavy = (bytes: number) => `document.write("${randomBytes(bytes).toString('base64url')}");`;

/** Builds the small app, with these files changed; what was printed. */
async function built(changed: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'interlude-budget-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ ...APP, ...changed })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => written.mockRestore());
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [budgets()],
    build: { outDir: join(root, 'dist') },
  });
  return written.mock.calls.join('');
}

test('a light app is weighed and passes', async () => {
  const table = await built();
  expect(table).toMatch(/client portal, first usable screen +\d\.\d kB of 215 kB\n/);
  expect(table).toMatch(/fonts and images before first use +0\.\d kB of +30 kB\n/);
});

test('a heavy start fails the build, for clients before it does for staff', async () => {
  await expect(built({ 'src/app/main.tsx': `${APP['src/app/main.tsx']}${heavy(200_000)}` })).rejects.toThrow(
    'over its budget',
  );
});

test('weight that comes with the portal counts, though it is loaded later', async () => {
  await expect(
    built({ 'src/app/client-portal.tsx': `${APP['src/app/client-portal.tsx']}${heavy(200_000)}` }),
  ).rejects.toThrow('over its budget');
});

test('the same weight is fine where only staff go', async () => {
  const table = await built({
    'src/app/staff/inbox-screen.tsx': heavy(100_000),
    'src/app/staff-portal.tsx': `${portalWith('staff')}${heavy(100_000)}`,
  });
  expect(table).toMatch(/provider console, first usable screen +2\d\d\.\d kB of 320 kB\n/);
});

test('a picture before first use is held to its own budget', async () => {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg"><!--${randomBytes(40_000).toString('hex')}--></svg>`;
  await expect(built({ 'public/icon.svg': picture })).rejects.toThrow('over its budget');
});

test('a first screen that is gone, or a worker that precaches nothing, is no light app', async () => {
  await expect(built({ 'src/app/client-portal.tsx': 'export const name = "empty";' })).rejects.toThrow(
    'is not in the app',
  );
  await expect(built({ 'public/sw.js': '' })).rejects.toThrow('precaches no app');
});
