import { expect, test } from 'vitest';
import { allergySample, conditionSample, medicationSample } from '../samples.ts';
import { asItemDraft, faultsOf, itemOf, newItem, overNow, typedOf } from './typed-item.ts';

test.each([allergySample(), medicationSample({ note: 'With food' }), conditionSample()])(
  'what is typed of %o is what is saved, and what a form had kept comes back',
  (item) => {
    const typed = typedOf(item.type, item);
    expect(faultsOf(item.type, typed)).toEqual({});
    expect(itemOf(item.type, typed)).toMatchObject(item);
    expect(asItemDraft({ typed, seen: { ...item } })).toEqual({ typed, seen: item });
    expect(asItemDraft({ typed: { ...typed, other: 'x' }, seen: null })).toEqual({ typed, seen: null });
  },
);

test('what is missing or does not fit is said, each at its field', () => {
  expect(faultsOf('allergyIntolerance', newItem('allergyIntolerance'))).toEqual({
    name: { word: 'chartSummary.error.empty' },
    criticality: { word: 'chartSummary.error.criticality' },
  });
  const typed = { ...newItem('medicationStatement'), name: 'x'.repeat(203), since: 'spring', dose: ' ' };
  expect(faultsOf('medicationStatement', typed)).toEqual({
    name: { word: 'contact.error.long', values: { count: 3 } },
    since: { word: 'chartSummary.error.since' },
  });
  expect(itemOf('medicationStatement', { ...typed, name: 'a', since: '' })).toMatchObject({ dose: null, since: null });
});

test.each([{}, { typed: [] }, { typed: 'x', seen: null }, { typed: {}, seen: { type: 'weight' } }])(
  'a draft that is none is not shown: %j',
  (content) => expect(asItemDraft(content)).toBeNull(),
);

test('what was typed over what no longer stands goes on over what stands now, and undoes nothing that others did', () => {
  const seen = medicationSample({ note: 'With food' });
  const now = medicationSample({ dose: '75 mg', status: 'stopped', note: 'With food' });
  const typed = { ...typedOf('medicationStatement', seen), dose: '100 mg', since: '2026' };
  const { draft, moved } = overNow({ typed, seen }, now);
  expect([moved, draft.seen]).toEqual([['dose', 'status'], now]);
  expect(draft.typed).toEqual({ ...typed, dose: '100 mg', status: 'stopped' });
  expect(overNow({ typed, seen }, seen)).toEqual({ draft: { typed, seen }, moved: [] });
  expect(overNow({ typed, seen: null }, null)).toEqual({ draft: { typed, seen: null }, moved: [] });
});
