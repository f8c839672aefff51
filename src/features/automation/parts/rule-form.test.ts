import { expect, test } from 'vitest';
import { ruleSample } from '../samples.ts';
import { faultsOf, formIn, formOf, NEW_RULE, ruleIn, seenAnew } from './rule-form.ts';

const since = '2026-06-10T12:00:00.000Z';

test('a rule is the same in the form and out of it; one that is changed stays whose it is, and on or off', () => {
  const rule = ruleSample({ member: 'm', isOn: false, delayDays: 3 });
  const form = formOf({ ...rule, id: 'r', since });
  expect(form).toMatchObject({ id: 'r', seen: rule });
  expect(ruleIn({ ...form, body: ' Better. ' }, undefined)).toEqual({ ...rule, body: 'Better.' });
  expect(ruleIn({ ...NEW_RULE, body: 'New.' }, 'm')).toEqual({
    ...{ trigger: 'answer-overdue', delayDays: 0, body: 'New.', isOn: true, member: 'm' },
  });
  expect(formIn(JSON.parse(JSON.stringify(form)))).toEqual(form);
  expect(formIn({ ...NEW_RULE })).toEqual(NEW_RULE);
  expect([formIn({ trigger: 'full-moon', body: '' }), formIn({ trigger: 'handed-over' })]).toEqual([null, null]);
});

test('takes a rule that was changed meanwhile as it stands, keeps the words, and turns nothing on that was turned off', () => {
  const form = { ...formOf({ ...ruleSample(), id: 'r', since }), body: 'Mine.' };
  const now = { ...ruleSample({ body: 'Another’s.', isOn: false }), id: 'r', since };
  const anew = { ...form, ...seenAnew(form, [now]) };
  expect(anew.seen).toEqual(ruleSample({ body: 'Another’s.', isOn: false }));
  expect(ruleIn(anew, undefined)).toMatchObject({ body: 'Mine.', isOn: false });
  expect(seenAnew(form, [])).toEqual({ seen: form.seen });
});

test('says what is missing or cannot be', () => {
  expect(faultsOf(NEW_RULE)).toEqual({ body: 'automation.body.empty' });
  expect(faultsOf({ ...NEW_RULE, body: 'x'.repeat(4001) })).toEqual({ body: 'automation.body.long' });
  for (const delayDays of [null, -1, 91, 1.5])
    expect(faultsOf({ ...NEW_RULE, body: 'x', delayDays })).toEqual({ delayDays: 'automation.delay.fault' });
  expect(faultsOf({ ...NEW_RULE, body: 'x', delayDays: 90 })).toEqual({});
});
