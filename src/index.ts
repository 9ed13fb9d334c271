import { createApp } from './app';
import { bindHandlers } from './handlers/bind';

const handlers = bindHandlers(createApp());

// One by one, as Forge's linter looks for them: the handlers that the manifest names, bound to the app.
export const resolver = handlers.resolver;
export const scheduled = handlers.scheduled;
export const advance = handlers.advance;
