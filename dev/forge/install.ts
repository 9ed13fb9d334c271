import { installGlobals } from './globals';

// For programs that import the app's sources: this import stands before theirs, since `@forge/api` keeps the `fetch` that it finds.
installGlobals();
