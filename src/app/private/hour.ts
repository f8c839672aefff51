/** The beginning of the hour of an instant: as much of a time as stands beside what is sealed. */
export const hourOf = (at: string): string => `${at.slice(0, at.indexOf('T') + 3)}:00:00.000Z`;
