// The browser's offer to install the app, kept until the good moment: it comes before anybody could be asked.

interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

const listeners = new Set<() => void>();
let offered: InstallEvent | null = null;

/** Keeps the offer; to be called before the first screen is drawn. */
export function watchInstall(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event as InstallEvent;
    for (const listener of listeners) listener();
  });
}

export const installOffer = {
  get: (): InstallEvent | null => offered,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
