import * as v from 'valibot';

const functionModule = v.looseObject({
  key: v.string(),
  handler: v.string(),
  timeoutSeconds: v.optional(v.number()),
});

const attributeType = v.picklist(['string', 'boolean', 'float', 'integer', 'any']);

const entity = v.looseObject({
  name: v.string(),
  attributes: v.record(v.string(), v.looseObject({ type: attributeType })),
  indexes: v.optional(
    v.array(
      v.union([
        v.string(),
        v.looseObject({
          name: v.string(),
          partition: v.optional(v.array(v.string()), []),
          range: v.optional(v.array(v.string()), []),
        }),
      ]),
    ),
    [],
  ),
});

const uiModule = v.looseObject({
  key: v.string(),
  resource: v.optional(v.string()),
  resolver: v.optional(v.looseObject({ function: v.string() })),
  layout: v.optional(v.picklist(['native', 'blank', 'basic'])),
});

const address = v.union([v.string(), v.looseObject({ address: v.optional(v.string()) })]);

const manifestSchema = v.looseObject({
  app: v.looseObject({
    id: v.string(),
    storage: v.optional(v.looseObject({ entities: v.optional(v.array(entity), []) }), { entities: [] }),
  }),
  permissions: v.optional(
    v.looseObject({
      scopes: v.optional(v.array(v.string()), []),
      external: v.optional(
        v.looseObject({
          configurable: v.optional(v.looseObject({ enabled: v.boolean() })),
          fetch: v.optional(v.looseObject({ backend: v.optional(v.array(address), []) })),
        }),
      ),
    }),
    { scopes: [] },
  ),
  modules: v.looseObject({
    'jira:adminPage': v.optional(v.array(uiModule), []),
    'confluence:globalSettings': v.optional(v.array(uiModule), []),
    scheduledTrigger: v.optional(
      v.array(
        v.looseObject({
          key: v.string(),
          function: v.string(),
          interval: v.picklist(['fiveMinute', 'hour', 'day', 'week']),
        }),
      ),
      [],
    ),
    consumer: v.optional(v.array(v.looseObject({ key: v.string(), queue: v.string(), function: v.string() })), []),
    function: v.optional(v.array(functionModule), []),
  }),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;
export type Entity = v.InferOutput<typeof entity>;

/** A module that the platform can invoke, with the function that answers it. */
export interface InvocableModule {
  readonly key: string;
  readonly type: 'jira:adminPage' | 'confluence:globalSettings' | 'scheduledTrigger' | 'consumer';
  readonly functionKey: string;
  /** `file.export`, as in the manifest. */
  readonly handler: string;
  readonly timeoutSeconds: number;
}

/** Reads the parts of a parsed manifest.yml that the platform acts on. */
export function parseManifest(manifest: unknown): Manifest {
  return v.parse(manifestSchema, manifest);
}

/** The module of this key. Pages get 25 s whatever the function says; the others 55 s unless declared. */
export function findModule(manifest: Manifest, moduleKey: string): InvocableModule {
  const { modules } = manifest;
  const found = [
    ...listPages(manifest).map(({ key, type, resolver }) => ({ key, type, functionKey: resolver?.function })),
    ...modules.scheduledTrigger.map((each) => ({
      key: each.key,
      type: 'scheduledTrigger' as const,
      functionKey: each.function,
    })),
    ...modules.consumer.map((each) => ({ key: each.key, type: 'consumer' as const, functionKey: each.function })),
  ].find(({ key }) => key === moduleKey);
  const declared = modules.function.find(({ key }) => key === found?.functionKey);
  if (!found || !declared) throw new Error(`The manifest has no invocable module ${moduleKey}.`);
  const isPage = found.type !== 'scheduledTrigger' && found.type !== 'consumer';
  const timeoutSeconds = isPage ? 25 : (declared.timeoutSeconds ?? 55);
  return { key: found.key, type: found.type, functionKey: declared.key, handler: declared.handler, timeoutSeconds };
}

/** The modules that show the app's page. */
export function listPages(manifest: Manifest) {
  return [
    ...manifest.modules['jira:adminPage'].map((each) => ({ ...each, type: 'jira:adminPage' as const })),
    ...manifest.modules['confluence:globalSettings'].map((each) => ({
      ...each,
      type: 'confluence:globalSettings' as const,
    })),
  ];
}

/** Addresses that every installation may call. */
export function staticHosts(manifest: Manifest): readonly string[] {
  const backend = manifest.permissions.external?.fetch?.backend ?? [];
  return backend.flatMap((each) => (typeof each === 'string' ? each : (each.address ?? [])));
}
