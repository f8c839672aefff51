// Tells apart what passes by itself from a fault of this program or of what it reads.

/** What the database, the network or the disk threw: they name it by a code. */
export function isWeather(error: unknown): boolean {
  return typeof (error as { code?: unknown } | null)?.code === 'string';
}
