// Where the bytes of files lie, as what takes them in and gives them out sees it: finished ones by the digest of their bytes,
// unfinished ones by the name of their upload. Every form of it promises that an offset it tells is kept, that what lies under a
// digest has it, and that a name is there whole or not at all (`file-store-contract.ts`). It knows no person, no space and no
// table. What it cannot do now it throws as an error of no kind of its own: weather, which leaves as `try-again`.

export interface FileStore {
  /** How much of an upload is there, in bytes. */
  arrived(practice: string, upload: string): Promise<number>;
  /** Adds to an upload behind what is there, at most up to `size`; returns how much is there then, also where `bytes` broke off. */
  append(at: UploadPlace, bytes: AsyncIterable<Uint8Array>): Promise<Appended>;
  /** Gives a whole upload its name; false, with its bytes dropped, where they are not what the name says. */
  finish(at: UploadPlace, id: string): Promise<boolean>;
  drop(practice: string, upload: string): Promise<void>;
  /** Length of a finished file in bytes; null where there is none. */
  stored(practice: string, id: string): Promise<number | null>;
  /** The bytes of a file that is there. */
  read(practice: string, id: string): Promise<ReadableStream<Uint8Array>>;
  /** Whether so many bytes more leave enough room for everything else that lies there. */
  hasRoomFor(bytes: number): Promise<boolean>;
}

export interface UploadPlace {
  readonly practice: string;
  readonly upload: string;
  /** In bytes; a whole upload has as many. */
  readonly size: number;
}

export interface Appended {
  readonly offset: number;
  /** More came than the upload is to have. */
  readonly isOver: boolean;
}
