/** Why a project's node_modules is not what its lock file asks for; undefined when it is. */
export declare function whyStale(folder: string): string | undefined;
