// The bounded share of a long campaign that is run each time: as many rounds as go in its seconds. By hand, all that are asked for.

import { SHARE_OF_TIME } from '../../../.ci/given.ts';

export interface ShareOf {
  /** How many rounds were asked for by hand; undefined where nobody asked. */
  readonly asked: string | undefined;
  readonly most: number;
  /** So many are run however slow the machine is. */
  readonly least: number;
  readonly seconds: number;
}

/** The rounds of one run, counted from 0. What is asked for by hand knows no clock. */
export class Share {
  readonly most: number;
  readonly #least: number;
  readonly #ms: number;
  #done = 0;

  constructor({ asked, most, least, seconds }: ShareOf) {
    this.most = asked === undefined ? most : Number(asked);
    this.#least = Math.min(least, this.most);
    this.#ms = asked === undefined ? seconds * 1000 * Number(process.env[SHARE_OF_TIME] ?? 1) : Infinity;
  }

  *rounds(): Generator<number> {
    const endsAt = performance.now() + this.#ms;
    while (this.#done < this.most && (this.#done < this.#least || performance.now() < endsAt)) {
      yield this.#done;
      this.#done += 1;
    }
  }

  /** How many of them were run. */
  get done(): number {
    return this.#done;
  }

  /** Says it, so that whoever reads the run knows what it proves. */
  say(of: string): void {
    process.stdout.write(`${of}: ${this.#done} of ${this.most}\n`);
  }
}
