// The kind of entry that was chosen on another screen. Kept in memory only: addresses and history are written to disk in the
// clear, and what somebody is about to write is nobody's business.

let chosen: string | undefined;

export function beginWith(kind: string): void {
  chosen = kind;
}

export function chosenKind(): string | undefined {
  return chosen;
}

/** The form is open, or was left: the next visit chooses anew. */
export function forgetKind(): void {
  chosen = undefined;
}
