import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import YAML from 'yaml';
import { checkCalls } from './check-calls';
import { reportFindings, type Finding } from './findings';
import { readManifest } from './manifest';
import { inFolder, listTypeScript, projectRoot } from './project';

export interface ForgeLint {
  readonly findings: readonly Finding[];
  /** Whether Atlassian's API documents were at hand, so that the linter could compare calls with scopes. */
  readonly scopesChecked: boolean;
}

// Products without a document here are products that the app does not call.
const apiFiles = { JIRA: 'jira', CONF: 'confluence-v1', CONF_V2: 'confluence-v2', JSM: '', JSW: '', BB: '' };

function openApiFolder(): string | undefined {
  const folder = process.env['ATLASSIAN_OPENAPI_DIR'] ?? path.resolve(projectRoot, '../shared/openapi');
  return fs.existsSync(path.join(folder, 'jira.json')) ? folder : undefined;
}

/** The linter downloads the documents unless every one of these variables names a file. */
function nameApiFiles(folder: string | undefined, none: string): void {
  process.env['USE_LOCAL_SWAGGER'] = '1';
  for (const [product, name] of Object.entries(apiFiles)) {
    process.env[`LOCAL_${product}_SWAGGER`] =
      folder === undefined || name === '' ? none : path.join(folder, `${name}.json`);
  }
}

async function atlassianFindings(folder: string): Promise<readonly Finding[]> {
  const { lint } = await import('@forge/lint');
  type LintInputs = Parameters<typeof lint>;
  const silent = { info: () => undefined };
  // The linter asks this service of the command line for one thing only: which runtimes are being retired.
  const service = { getDeprecatedRuntimes: async () => Promise.resolve([]) } as unknown as LintInputs[4];
  // The linter's own manifest validation says whether this is a manifest.
  const manifest = YAML.parse(fs.readFileSync(path.join(folder, 'manifest.yml'), 'utf8')) as LintInputs[1];
  const files = listTypeScript(path.join(folder, 'src')).map((file) => path.relative(folder, file));
  const results = await inFolder(folder, () =>
    lint(files, manifest, 'development', silent, service, { linter: { mode: 'client-side' } }),
  );
  const theirs = results.flatMap(({ file, errors, warnings, approvals }) => [
    ...[...errors, ...approvals].map(({ line, message }): Finding => ({ level: 'error', file, line, message })),
    ...warnings.map(({ line, message }): Finding => ({ level: 'warning', file, line, message })),
  ]);
  return [...theirs, ...unseenFiles(files, new Set(results.map(({ file }) => file)))];
}

/** The linter says "no issues" when tsconfig's `include` matches nothing for it: a folder name instead of a glob. */
function unseenFiles(files: readonly string[], seen: ReadonlySet<string>): readonly Finding[] {
  return files
    .filter((file) => !seen.has(file))
    .map((file) => ({ level: 'error', file, line: 1, message: 'the linter did not read this file' }));
}

/** What Atlassian's linter and our own checks of calls, hosts and scopes say about the project in `folder`. */
export async function lintForge(folder: string): Promise<ForgeLint> {
  const documents = openApiFolder();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'forge-lint-'));
  try {
    const none = path.join(scratch, 'none.json');
    fs.writeFileSync(none, JSON.stringify({ paths: {} }));
    nameApiFiles(documents, none);
    const findings = [...(await atlassianFindings(folder)), ...checkCalls(folder, readManifest(folder))];
    return { findings, scopesChecked: documents !== undefined };
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

if (require.main === module) {
  void lintForge(process.argv[2] ?? projectRoot).then(({ findings, scopesChecked }) => {
    reportFindings('forge lint', findings);
    if (!scopesChecked) {
      console.log("Atlassian's API documents are not here: scopes were compared with our own table only.");
      console.log('Set ATLASSIAN_OPENAPI_DIR to a folder with jira.json, confluence-v1.json, confluence-v2.json.');
    }
  });
}
