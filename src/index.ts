import { createApp } from './app';
import { bindHandlers } from './handlers/bind';

/** The handlers that the manifest names, bound to the app. */
export const { resolver, scheduled, advance } = bindHandlers(createApp());
