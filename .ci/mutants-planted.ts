// The bugs that `npm run mutants` plants: each was made by somebody, in some engine that syncs.

export interface Mutant {
  readonly name: string;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** The tests that have to catch it. */
  readonly tests: readonly string[];
}

const HISTORIES = 'src/sync/testing/converge.fuzz.test.ts';
const GUARD = 'server/relay/guard/judge.test.ts';
const ROOMS = 'server/relay/rooms.test.ts';
const RELEASES = 'src/sync/testing/releases.test.ts';

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'acknowledged before it is committed',
    edits: [
      {
        file: 'server/accept/push-rows.ts',
        from: 'const done = await store.commit(viewer.practice.id, commitOf(judged, { viewer, reads, key }));',
        to: `const done: Awaited<ReturnType<Store['commit']>> = { before: viewer.practice.version };
    void store.commit(viewer.practice.id, commitOf(judged, { viewer, reads, key }));`,
      },
    ],
    tests: ['server/accept/push.test.ts'],
  },
  {
    name: 'cursor by the clock',
    edits: [
      {
        file: 'server/store/memory-store.ts',
        from: 'const before = practice.version;',
        to: 'const before = Math.floor(commit.receivedAt.getTime() / 1000);',
      },
      {
        file: 'server/store/memory-store.ts',
        from: 'practice.version += applied;',
        to: 'practice.version = before + applied;',
      },
    ],
    tests: [HISTORIES],
  },
  {
    name: 'pull over pending work',
    edits: [
      {
        file: 'src/sync/client/apply.ts',
        from: 'if (base === undefined) {',
        to: 'if (base === undefined || row.version > 0) {',
      },
    ],
    tests: [HISTORIES],
  },
  {
    name: 'no epoch',
    edits: [
      {
        file: 'server/accept/pull.ts',
        from: "if (epoch !== null && epoch !== state.epoch) return 'epoch-changed';",
        to: '',
      },
      {
        file: 'server/accept/push-rows.ts',
        from: "if (batch.epoch && batch.epoch !== viewer.practice.epoch) return { kind: 'epoch-changed' };",
        to: '',
      },
    ],
    tests: [HISTORIES],
  },
  {
    name: 'digest without the projection’s hash',
    edits: [{ file: 'src/sync/core/digest.ts', from: '`${space} ${hash}\\n`', to: '`${space} ${hash.length > 0}\\n`' }],
    tests: [HISTORIES],
  },
  {
    name: 'held mutation dropped',
    edits: [
      {
        file: 'src/sync/client/apply.ts',
        from: "const processed = results.filter((result) => result.result !== 'held');",
        to: 'const processed = [...results];',
      },
      {
        file: 'src/sync/client/apply.ts',
        from: "if (result.result !== 'refused') continue;",
        to: "if (result.result === 'held') await tx.outbox.delete([entry.n]);\n      if (result.result !== 'refused') continue;",
      },
    ],
    tests: ['src/sync/testing/releases.test.ts'],
  },
  {
    name: 'ledger without mid',
    edits: [
      {
        file: 'server/accept/push-rows.ts',
        from: 'const [told, before] = [entries.get(mid), ask.reads.known.get(mid)];',
        to: 'const [told, before] = [entries.get(mid), undefined as PushResult | undefined];',
      },
    ],
    tests: [HISTORIES],
  },
  {
    name: 'lock taken after the versions are read',
    edits: [
      {
        file: 'server/store/commit-batch.ts',
        from: 'from practice where id = ${practiceId} for update`',
        to: 'from practice where id = ${practiceId}`',
      },
      {
        file: 'server/store/pg-store.ts',
        // One process takes turns; two would not.
        from: 'turns.take(practiceId, () => commitBatch(database, practiceId, commit))',
        to: 'commitBatch(database, practiceId, commit)',
      },
    ],
    tests: ['server/store/pg-store.test.ts'],
  },
  {
    name: 'fill that skips a page',
    edits: [
      {
        file: 'src/sync/client/pull-loop.ts',
        from: 'const before = answer.fill === undefined ? first?.before : answer.fill.before;',
        to: 'const before = answer.fill?.before ? answer.fill.before - 3 : (answer.fill?.before ?? first?.before);',
      },
    ],
    tests: [HISTORIES],
  },
  {
    name: 'parcel replayed under another session',
    edits: [
      {
        file: 'server/accept/routes.ts',
        from: 'const isOwn = header.user === membership && (item.n !== undefined || header.device === device);',
        to: 'const isOwn = item.n !== undefined || header.device === device || membership !== "";',
      },
    ],
    tests: ['server/accept/push-parcels.test.ts'],
  },
  {
    name: 'unknown act refused',
    edits: [
      {
        file: 'server/accept/push-rows.ts',
        from: "if (isOfLater(declared, mutation, parsed)) return 'newer';",
        to: "if (isOfLater(declared, mutation, parsed)) return { code: 'unknown-mutator' };",
      },
    ],
    tests: [RELEASES],
  },
  {
    name: 'old client cannot push',
    edits: [
      {
        file: 'src/sync/core/versions.ts',
        from: "return said > Math.max(...spoken) ? 'server-too-old' : null;",
        to: 'return cannotPull(said, spoken);',
      },
    ],
    tests: [RELEASES],
  },
  {
    name: 'newer rows sent as they are',
    edits: [
      {
        file: 'src/sync/core/shapes.ts',
        from: 'const shape = Math.min(type.schemaVersion, known[row.type] ?? FIRST);',
        to: 'const shape = Math.max(type.schemaVersion, known[row.type] ?? FIRST);',
      },
    ],
    tests: [RELEASES],
  },
  {
    name: 'arguments narrowed under an old version',
    edits: [
      {
        file: 'src/features/journal/schema.ts',
        from: 'wording: z.optional(id), comment',
        to: 'wording: id, comment',
      },
    ],
    tests: ['src/sync/testing/recorded-shapes.test.ts'],
  },
  {
    name: 'guard: one pass only',
    edits: [
      {
        file: 'server/relay/guard/places.ts',
        from: 'const needed = struct.state === 2 ? null : this.#neededBy(struct);',
        to: 'const needed = null as Struct | null;',
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: received bytes passed on',
    edits: [
      {
        file: 'server/relay/guard/judge.ts',
        from: 'update: writeUpdate(news)',
        to: 'update: ask.update',
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: deletions not trimmed',
    edits: [
      {
        file: 'server/relay/guard/trim.ts',
        from: 'if (!(struct instanceof Y.Item) || struct.deleted) continue;',
        to: 'if (!(struct instanceof Y.Item)) continue;',
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: client ids bound to nobody',
    edits: [
      {
        file: 'server/relay/guard/judge.ts',
        from: "} else if (owner.userId !== writer.userId || owner.session !== writer.session) throw new Refused('client-taken');",
        to: '}',
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: gaps kept for later',
    edits: [
      {
        file: 'server/relay/guard/trim.ts',
        from: "if (fresh.length === 0 && struct.clock !== known) throw new Refused('gap');",
        to: '',
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: place not resolved',
    edits: [
      {
        file: 'server/relay/guard/places.ts',
        from: 'if (origin !== null) this.#takeOver(struct, this.#find(struct, origin));',
        to: 'if (origin !== null) struct.container = this.gone();',
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: size measured after decoding',
    edits: [
      {
        file: 'server/relay/guard/read-update.ts',
        from: "if (bytes.length > MOST_BYTES) throw new Refused('too-large');\n",
        to: '',
      },
      {
        file: 'server/relay/guard/read-update.ts',
        from: 'if (decoder.pos !== bytes.length)',
        to: "if (bytes.length > MOST_BYTES) throw new Refused('too-large');\n  if (decoder.pos !== bytes.length)",
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: author as the item says',
    edits: [
      {
        file: 'server/relay/guard/rules.ts',
        from: 'if (value[rule.author] !== writer.userId)',
        to: "if (typeof value[rule.author] !== 'string')",
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: deletions judged by no place',
    edits: [
      {
        file: 'server/relay/guard/judge.ts',
        from: 'for (const target of news.targets) rules.target(target);',
        to: '',
      },
    ],
    tests: [GUARD],
  },
  {
    name: 'guard: identity as the state says',
    edits: [
      {
        file: 'server/relay/guard/awareness.ts',
        from: '{ ...(state as JsonObject), user: identity }',
        to: '{ user: identity, ...(state as JsonObject) }',
      },
    ],
    tests: ['server/relay/guard/awareness.test.ts'],
  },
  {
    name: 'relay: acknowledged before it is committed',
    edits: [
      {
        file: 'server/relay/room.ts',
        from: 'staged.verdict = verdict;',
        to: `staged.verdict = verdict;
      if (verdict.kind === 'new') waiting.answer({ kind: 'kept', seq: this.#end.seq + 1 });`,
      },
    ],
    tests: [ROOMS],
  },
  {
    name: 'relay: shown before it is committed',
    edits: [
      {
        file: 'server/relay/ticks.ts',
        from: 'let outcome: ReadonlyMap<string, Appended>;',
        to: `let outcome: ReadonlyMap<string, Appended>;
    for (const { room, updates } of writing) {
      this.#parts.tell(room, updates.map(({ update }, i) => ({ seq: room.end.seq + 1 + i, update, origin: null })));
    }`,
      },
    ],
    tests: [ROOMS],
  },
  {
    name: 'relay: another node’s updates written over',
    edits: [
      { file: 'server/store/memory-doc-log.ts', from: 'doc.end.seq !== one.expected.seq', to: 'doc.end.seq < 0' },
    ],
    tests: [ROOMS],
  },
  {
    name: 'relay: what could not be appended stays in the copy',
    edits: [
      {
        file: 'server/relay/ticks.ts',
        from: `room.doubt ??= room.end.seq;
        answerAgain(room.reset());`,
        to: `room.committed(room.end);
        room.tickIsOver();`,
      },
    ],
    tests: [ROOMS],
  },
];
