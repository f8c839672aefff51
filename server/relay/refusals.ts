// What the relay refuses is noted for who has to look into it: ids and codes, never a word of what it was. Gathered for a moment,
// the same counted as one, so that who floods the relay writes no more than who errs.

import type { DocRefusal } from '../store/doc-refusals.ts';

export interface RefusalsParts {
  /** Keeps what was gathered in one practice; what fails is tried again. */
  keep(practiceId: string, refusals: readonly DocRefusal[]): Promise<void>;
  now(): Date;
  readonly everyMs?: number;
}

/** Something that was refused to a member. */
export interface Refused {
  readonly practice: string;
  readonly member: string;
  readonly session: string;
  /** The document's name, where there is one of that name; else empty. */
  readonly document: string;
  readonly code: string;
}

const EVERY_MS = 1000;
/** Lines that wait to be kept, of one practice. */
const MOST_WAITING = 500;

export class Refusals {
  readonly #parts: RefusalsParts;
  #waiting = new Map<string, Map<string, DocRefusal>>();
  #timer: NodeJS.Timeout | null = null;
  #under: Promise<void> = Promise.resolve();

  constructor(parts: RefusalsParts) {
    this.#parts = parts;
  }

  note({ practice, member, session, document, code }: Refused): void {
    const now = this.#parts.now();
    this.#add(practice, { member, session, document, code, count: 1, firstAt: now, lastAt: now });
    this.#soon();
  }

  /** Keeps what waits, once. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#under;
    await this.#keepAll();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#under = this.#keepAll();
    }, this.#parts.everyMs ?? EVERY_MS).unref();
  }

  #add(practice: string, refusal: DocRefusal): void {
    const lines = this.#waiting.get(practice) ?? new Map<string, DocRefusal>();
    this.#waiting.set(practice, lines);
    const own = keyOf(refusal);
    const document = lines.has(own) || lines.size < MOST_WAITING ? refusal.document : '';
    const key = keyOf({ ...refusal, document });
    const before = lines.get(key);
    const { count = 0, firstAt = refusal.firstAt } = before ?? {};
    lines.set(key, { ...refusal, document, count: count + refusal.count, firstAt });
  }

  async #keepAll(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = new Map();
    for (const [practice, lines] of all) {
      try {
        await this.#parts.keep(practice, [...lines.values()]);
      } catch {
        // A store that is away gets them when it is back.
        for (const line of lines.values()) this.#add(practice, line);
        this.#soon();
      }
    }
  }
}

/** A new day is a new line. */
function keyOf({ member, document, code, firstAt }: DocRefusal): string {
  return [firstAt.toISOString().slice(0, 10), member, code, document].join(' ');
}
