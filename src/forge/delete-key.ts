import { ForgeKvsAPIError, kvs } from '@forge/kvs';

/** Deletes a value. Whether deleting what is not there is an error is not documented; here it is none. */
export async function deleteKey(key: string): Promise<void> {
  await ignoreAbsent(() => kvs.delete(key));
}

/** Runs a deletion, content when there was nothing to delete. */
export async function ignoreAbsent(deletion: () => Promise<void>): Promise<void> {
  try {
    await deletion();
  } catch (error) {
    if (!(error instanceof ForgeKvsAPIError && error.responseDetails.status === 404)) throw error;
  }
}
