import type { Plugin } from 'vite';

export function atomicCss(): Plugin;
