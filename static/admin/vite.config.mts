import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { atomicCss } from './build/atomic-css.mjs';
import { featureGatesOff } from './build/feature-gates.mjs';

const onEveryScreen =
  /node_modules.(react|react-dom|scheduler|@tanstack.(query-core|react-query)|@forge.bridge).|src.parts.(message|action|loading|dialog)|src.(moments|use-right|access|flags|app-calls|page-data|navigation|routes|run.run-words)\.ts/;

/** The page of the app. Sizes and order of styles depend on every line here. */
export default defineConfig({
  root: import.meta.dirname,
  // Forge serves the folder under a path that is not known before.
  base: './',
  plugins: [featureGatesOff(), atomicCss(), react()],
  resolve: {
    mainFields: ['module:es2019', 'browser', 'module', 'jsnext:main', 'jsnext'],
    dedupe: ['react', 'react-dom'],
  },
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // A screen brings its own rules; those of Atlaskit come all at once, sorted (build/atomic-css.mjs).
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rollupOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        // What every screen needs is one file: several compress worse.
        codeSplitting: { groups: [{ name: 'base', test: onEveryScreen }] },
      },
    },
  },
});
