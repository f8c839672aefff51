// How much one update may hold. Each bounds the work that a single frame can cause, before anything is allocated for it.

/** A frame of the wire. 400 messages written offline are 96 kB. */
export const MOST_BYTES = 1_048_576;
/** Client ids the document has not seen: one for each time a program was started without a connection. */
export const MOST_NEW_CLIENTS = 256;
/** Structs that are new: 5,000 messages with a read mark each are 10,000. */
export const MOST_STRUCTS = 12_000;
/** Items added to lists. 5,000 messages of the usual length are more than one frame. */
export const MOST_ITEMS = 6000;
/** Structs that are read at all: what a copy sends again is known, and stepped over. */
export const MOST_READ = 65_536;
/** Ranges of deletions, known ones among them: a copy sends all of them again whenever it joins. */
export const MOST_RANGES = 65_536;
/** Clock ticks that nobody can read any more, of one struct or of all that were collected. */
export const MOST_GONE = 65_536;
/** Client ids are random numbers of 32 bits. */
export const MOST_CLIENT_ID = 0xffff_ffff;
/** Of plain JSON. */
export const MOST_DEPTH = 32;
/** Steps that putting new items among others' may take: Yjs walks over all that stand behind the origin. */
export const MOST_STEPS = 1_000_000;
/** New values of one key that do not follow the writer's own last one; each costs a walk over the key's history. */
export const MOST_ASIDE = 64;
/** Letters in the key of an entry or in the name of a node. */
export const MOST_KEY = 128;
/** Bytes of an attribute's or a mark's value. */
export const MOST_ATTRIBUTE = 4096;
/** Items of a run that Yjs has not joined. */
export const MOST_RUN = 1000;
