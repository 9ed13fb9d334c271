import { sort } from '@compiled/css';
import { transform } from 'lightningcss';

/**
 * Collects Atlaskit's atomic rules, sorts them once for the whole page and puts them into the style sheet of the entry,
 * before the page's own rules.
 * Atlaskit leaves the order to the bundler; in import order the wrong rule of two wins (labels lose their weight).
 */
export function atomicCss() {
  const sheets = new Map();
  return {
    name: 'atomic-css',
    apply: 'build',
    enforce: 'pre',
    buildStart: () => sheets.clear(),
    transform(code, id) {
      if (!id.endsWith('.compiled.css')) return undefined;
      sheets.set(id, code);
      return { code: '', map: null };
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
        const [name] = entry?.viteMetadata?.importedCss ?? [];
        const own = name === undefined ? undefined : bundle[name];
        if (own === undefined) this.error('The entry of the page has no style sheet to put the atomic rules into.');
        // A sheet counts only when a module that asked for it is still there after dead code was dropped.
        const drawn = new Set(
          Object.values(bundle).flatMap((file) =>
            file.type === 'chunk'
              ? Object.entries(file.modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : []))
              : [],
          ),
        );
        const isUsed = (id) => this.getModuleInfo(id)?.importers.some((importer) => drawn.has(importer)) === true;
        const atomic = [...sheets].filter(([id]) => isUsed(id)).map(([, code]) => code);
        const sorted = sort([...new Set(atomic)].sort().join('\n'), {
          sortAtRulesEnabled: true,
          sortShorthandEnabled: true,
        });
        const { code } = transform({
          filename: 'page.css',
          code: Buffer.from(`${sorted}\n${own.source}`),
          minify: true,
        });
        own.source = code;
      },
    },
  };
}
