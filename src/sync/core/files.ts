// Files that travel beside rows: what both sides know of one. Its id is the SHA-256 of its ciphertext; what opens it is in the
// row that names it, so that the server keeps bytes which it cannot read.

/** What a server takes of one file, ciphertext. */
export const FILE_MAX_BYTES = 8 * 1024 * 1024;

/** The type of resource as which policies judge files: who may `create` and `read` them in a space. */
export const FILE_RESOURCE = 'file';

/** Whether it is the id of a file: SHA-256 in hex. */
export const isFileId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
