import { expect, test } from 'vitest';
import { readSource } from './architecture/source.ts';
import { slowTests } from './quick-tests.ts';

const FILES = {
  'server/testing/postgres.ts': '',
  'server/store/embedded.ts': "import { spawn } from 'node:child_process';",
  'server/house.ts': "import './store/embedded.ts';",
  'server/house.test.ts': "import './house.fixture.ts';",
  'server/house.fixture.ts': "import './testing/postgres.ts';",
  'server/store/embedded.test.ts': "import './embedded.ts';",
  'src/ui/list.browser.test.ts': "import { chromium } from 'playwright';",
  'server/config.test.ts': "import './config.ts'; import type { House } from './house.fixture.ts';",
  'server/routes.test.ts': "import './house.ts';",
};

test('a test is slow by what it reaches through its own fixtures, not by what the code it tests could start', () => {
  const files = Object.entries(FILES).map(([path, text]) => readSource(path, text));
  expect(slowTests(files)).toEqual([
    'server/house.test.ts',
    'server/store/embedded.test.ts',
    'src/ui/list.browser.test.ts',
  ]);
});
