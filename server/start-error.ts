// What stops a start and can be mended by whoever runs the server. Its message is shown to them as it is, so it names
// settings, folders and ports, and never a value that may be secret.

export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
