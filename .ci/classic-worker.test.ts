import { expect, test } from 'vitest';
import { moduleOnlyParts } from './classic-worker.ts';

test('a worker of one classic script passes', () => {
  expect(moduleOnlyParts('self.addEventListener("sync",e=>e.waitUntil(send()));function send(){}')).toEqual([]);
});

test('what only a module may do does not', () => {
  expect(moduleOnlyParts('const load=()=>import("./room.js")')).toEqual(['import(']);
  expect(moduleOnlyParts('const dev=import.meta.env')[0]).toBe('import.meta');
  expect(moduleOnlyParts('import{a}from"./a.js";a()')).toHaveLength(1);
  expect(moduleOnlyParts('export const a=1')).toHaveLength(1);
});
