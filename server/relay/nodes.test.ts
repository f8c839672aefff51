import { expect, test } from 'vitest';
import { createHub } from './hub.ts';
import { Relations } from './nodes.ts';

test('all look again where relations have changed unheard, and where that cannot be said', async () => {
  const hub = createHub();
  const looked: string[] = [];
  for (const practiceId of ['p', 'q']) {
    hub.add({
      ...{ practiceId, slug: `slug-${practiceId}`, userId: 'u', memberId: 'm', device: 'd' },
      spaces: async () => new Set(),
      poke: () => undefined,
      look: () => void looked.push(practiceId),
      close: () => undefined,
    });
  }
  let [p, isAway] = [1, false];
  const relations = new Relations(hub, {
    async practice(slug) {
      if (isAway) throw new Error('away');
      const relationsVersion = slug === 'slug-p' ? p : 1;
      return { id: slug, slug, version: 1, relationsVersion, horizon: 0, backedUpThrough: 0, epoch: 'e' };
    },
  });
  const heard = async () => {
    looked.length = 0;
    await relations.look();
    return looked;
  };
  expect(await heard()).toEqual(['p', 'q']);
  expect(await heard()).toEqual([]);
  p = 2;
  expect(await heard()).toEqual(['p']);
  isAway = true;
  expect(await heard()).toEqual(['p', 'q']);
  isAway = false;
  expect(await heard()).toEqual(['p', 'q']);
  expect(await heard()).toEqual([]);
});
