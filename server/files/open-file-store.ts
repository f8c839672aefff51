// Which store of files this server has.

import type { Config } from '../config.ts';
import { StartError } from '../start-error.ts';
import { createDiskStore } from './disk-store.ts';
import type { FileStore } from './file-store.ts';
import { addressOfBucket, createS3Store, troubleOfBucket } from './s3-store.ts';

/** The bucket that `S3_URL` names, else the data folder's disk. Throws StartError where the bucket does not let us in. */
export async function openFileStore({ s3Url, dataDir }: Pick<Config, 's3Url' | 'dataDir'>): Promise<FileStore> {
  const address = s3Url === null ? null : addressOfBucket(s3Url);
  if (address === null) return createDiskStore(dataDir);
  const trouble = await troubleOfBucket(address);
  if (trouble !== null) throw new StartError(`S3_URL: ${trouble}`);
  return createS3Store(address);
}
