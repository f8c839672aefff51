// Which rows of a long list are drawn: those in sight, and a screen above and below them. Rows come in groups, of which each is as high
// as it was measured, or as the others are; so names of two lines, and large letters, have their room.

export const GROUP = 20;

export interface Span {
  readonly from: number;
  /** Not drawn any more. */
  readonly to: number;
}

export class Heights {
  readonly #known = new Map<number, number>();
  #row = 0;

  /** `row`: how high a row is before any was measured. */
  constructor(row: number) {
    this.#row = row;
  }

  get row(): number {
    return this.#row;
  }

  /** Notes how high a group is; whether that is news. */
  note(group: number, rows: number, height: number): boolean {
    if (rows === 0 || height === 0 || this.#known.get(group) === height) return false;
    this.#known.set(group, height);
    if (rows === GROUP || this.#known.size === 1) this.#row = height / rows;
    return true;
  }

  /** What was measured of other rows, or in a window of another width. */
  forget(): void {
    this.#known.clear();
  }

  /** From the top of the list to this group, where the list has so many rows. */
  before(group: number, count: number): number {
    let sum = 0;
    for (let i = 0; i < group; i += 1) sum += this.of(i, count);
    return sum;
  }

  of(group: number, count: number): number {
    const rows = Math.max(0, Math.min(GROUP, count - group * GROUP));
    return rows === 0 ? 0 : (this.#known.get(group) ?? rows * this.#row);
  }
}

export const groupsIn = (count: number): number => Math.ceil(count / GROUP);

/** The groups between two heights of the list; always one at least where there is any. */
export function spanAt(heights: Heights, count: number, { top, bottom }: { top: number; bottom: number }): Span {
  const groups = groupsIn(count);
  let [from, y] = [0, 0];
  while (from < groups - 1 && y + heights.of(from, count) <= top) {
    y += heights.of(from, count);
    from += 1;
  }
  let to = from;
  while (to < groups && (to === from || y < bottom)) {
    y += heights.of(to, count);
    to += 1;
  }
  return { from, to };
}
