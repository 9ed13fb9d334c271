import type { Plugin } from 'vite';

export function featureGatesOff(): Plugin;
