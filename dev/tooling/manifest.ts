import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import YAML from 'yaml';

const reference = v.optional(v.looseObject({ function: v.optional(v.string()) }));

const entry = v.looseObject({
  key: v.string(),
  function: v.optional(v.string()),
  resolver: reference,
  handler: v.optional(v.string()),
  interval: v.optional(v.string()),
  filter: v.optional(v.looseObject({ appIsLicensed: v.optional(v.boolean()) })),
  runtime: v.optional(v.looseObject({ memoryMB: v.optional(v.number()) })),
});

const schema = v.looseObject({
  app: v.looseObject({
    runtime: v.looseObject({ memoryMB: v.optional(v.number()) }),
    licensing: v.optional(v.looseObject({ enabled: v.boolean() })),
    compatibility: v.optional(v.record(v.string(), v.looseObject({ required: v.boolean() }))),
  }),
  permissions: v.looseObject({
    scopes: v.array(v.string()),
    external: v.optional(
      v.looseObject({
        fetch: v.optional(v.looseObject({ backend: v.optional(v.array(v.looseObject({ address: v.string() }))) })),
      }),
    ),
  }),
  modules: v.record(v.string(), v.array(entry)),
});

export type Manifest = v.InferOutput<typeof schema>;
export type ManifestModule = v.InferOutput<typeof entry>;

export interface ManifestFile {
  readonly text: string;
  readonly manifest: Manifest;
}

/** Reads the parts of a project's manifest.yml that our own checks look at. Throws when these are malformed. */
export function readManifest(folder: string): ManifestFile {
  const text = fs.readFileSync(path.join(folder, 'manifest.yml'), 'utf8');
  return { text, manifest: v.parse(schema, YAML.parse(text)) };
}

/** The static addresses that the backend may call. */
export function backendAddresses(manifest: Manifest): readonly string[] {
  return (manifest.permissions.external?.fetch?.backend ?? []).map(({ address }) => address);
}
