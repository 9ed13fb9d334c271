/** Answers the page. */
export const resolver = async (): Promise<void> => Promise.resolve();

/** Starts what is due. */
export const scheduled = async (): Promise<void> => Promise.resolve();

/** Does one step of a run. */
export const advance = async (): Promise<void> => Promise.resolve();
