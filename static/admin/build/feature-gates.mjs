/**
 * Answers `false` to every feature gate of Atlaskit at build time.
 * Outside Atlassian all of them are off; without this each component pulls in a gate client of some 30 KiB.
 */
export function featureGatesOff() {
  const stub = '\0feature-gates-off';
  const gates = /^@atlaskit\/(platform-feature-flags|tmp-editor-statsig)(\/|$)/;
  return {
    name: 'feature-gates-off',
    enforce: 'pre',
    resolveId: (source) => (gates.test(source) ? stub : undefined),
    load: (id) =>
      id === stub
        ? 'const off = () => false;\nexport { off as fg, off as getBooleanFF, off as expValEqualsNoExposure, off as editorExperiment };'
        : undefined,
    // Replacing the calls themselves lets dead branches, and what only they import, drop out.
    transform(code, id) {
      if (!id.includes('/@atlaskit/') || !/\bfg\(/.test(code)) return undefined;
      return { code: code.replace(/\bfg\((['"])[\w.-]+\1\)/g, 'false'), map: null };
    },
  };
}
