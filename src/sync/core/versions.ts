// Which release this is, and how two releases find out what they can say to each other. A number is a protocol: the shapes of
// `protocol.ts` as one release has them. They widen under the same number; a new number is for what an older side could not read.
// Pure, the same on both sides.

/** The release that this program is, as `package.json` says it; a test holds the two together. */
export const RELEASE = '0.1.0';

/** The protocols that this program speaks, the lowest first. */
export const PROTOCOLS: readonly number[] = [1];

/** What a request says that names none: the first release's. */
const UNSAID = 1;

/** Which side has to be brought up to date before the two can speak. */
export type TooOld = 'client-too-old' | 'server-too-old';

/** The highest number that both speak, or who is too old. The server decides by it; a client offers all that it speaks. */
export function agreeOn(offered: readonly number[], spoken: readonly number[] = PROTOCOLS): number | TooOld {
  const both = offered.filter((one) => spoken.includes(one));
  if (both.length > 0) return Math.max(...both);
  return Math.max(...offered) > Math.max(...spoken) ? 'server-too-old' : 'client-too-old';
}

/** Why a request for rows under this number is not answered; null where it is. */
export function cannotPull(said: number = UNSAID, spoken: readonly number[] = PROTOCOLS): TooOld | null {
  const agreed = agreeOn([said], spoken);
  return typeof agreed === 'number' ? null : agreed;
}

/** The same for what is sent: words of an older protocol are taken for as long as there may be a device that holds some. */
export function cannotPush(said: number = UNSAID, spoken: readonly number[] = PROTOCOLS): TooOld | null {
  return said > Math.max(...spoken) ? 'server-too-old' : null;
}

/** What is sent before anything was agreed, and by those who never greet: every server that can be met takes it. */
export function lowestOf(spoken: readonly number[] = PROTOCOLS): number {
  return Math.min(...spoken);
}
