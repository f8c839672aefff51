const ENDINGS = {
  'image/jpeg': 'jpg',
  'audio/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
} as const;

/** Hands a file to the browser to be kept outside of the app, under a name that says nothing of whose it is. */
export function saveMedium(bytes: Uint8Array<ArrayBuffer>, type: keyof typeof ENDINGS): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `interlude-${new Date().toISOString().slice(0, 10)}.${ENDINGS[type]}`;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
