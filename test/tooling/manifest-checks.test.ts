import { validateManifest } from '../../dev/tooling/validate-manifest';
import { plantProject, type Planted } from './planted';

interface Fault {
  readonly name: string;
  readonly plant: (project: Planted) => void;
  readonly found: RegExp;
}

const addTrigger = (project: Planted, key: string, rest: string): void =>
  project.replace('manifest.yml', '  scheduledTrigger:\n', `  scheduledTrigger:\n    - { key: ${key}, ${rest} }\n`);

const faults: readonly Fault[] = [
  {
    name: 'the page folder is missing',
    plant: (project) => project.remove('static/admin/dist'),
    found: /missing resource 'static\/admin\/dist'/,
  },
  {
    name: 'the page folder holds no index.html',
    plant: (project) => project.remove('static/admin/dist/index.html'),
    found: /index\.html/,
  },
  {
    name: 'a handler file is missing',
    plant: (project) => project.replace('manifest.yml', 'index.advance', 'nowhere.advance'),
    found: /there is no src\/nowhere\.ts/,
  },
  {
    name: 'a handler is not exported',
    plant: (project) => project.replace('src/index.ts', 'export const advance', 'const advance'),
    found: /src\/index\.ts exports no 'advance'/,
  },
  {
    name: 'the consumer shares the function of the pages',
    plant: (project) => project.replace('manifest.yml', 'function: advance', 'function: resolver'),
    found: /'resolver' is shared by consumer and page/,
  },
  {
    name: 'the trigger shares the function of the consumer',
    plant: (project) => project.replace('manifest.yml', 'function: scheduled', 'function: advance'),
    found: /'advance' is shared by consumer and scheduledTrigger/,
  },
  {
    name: 'a function is used by no module',
    plant: (project) => project.replace('manifest.yml', 'function: scheduled', 'function: advance'),
    found: /function 'scheduled' is used by no module/,
  },
  {
    name: 'a function asks for more memory than the platform gives',
    plant: (project) => project.replace('manifest.yml', 'memoryMB: 1024', 'memoryMB: 2048'),
    found: /more than 1024 MB/,
  },
  {
    name: 'there are two triggers every five minutes',
    plant: (project) => addTrigger(project, 'again', 'function: scheduled, interval: fiveMinute'),
    found: /more than one scheduled trigger every five minutes/,
  },
  {
    name: 'a trigger waits for a licence that the app never has',
    plant: (project) =>
      addTrigger(project, 'paid', 'function: scheduled, interval: day, filter: { appIsLicensed: true }'),
    found: /'paid' waits for a licence/,
  },
  {
    name: 'no product is required',
    plant: (project) => project.replace('manifest.yml', 'required: true', 'required: false'),
    found: /requires 0 products/,
  },
  {
    name: 'a scope does not exist',
    plant: (project) => project.replace('manifest.yml', 'storage:app', 'manage:org'),
    found: /manage:org/,
  },
];

const validate = async (plant: (project: Planted) => void) => {
  const project = plantProject();
  try {
    plant(project);
    return await validateManifest(project.folder);
  } finally {
    project.discard();
  }
};

describe('the manifest check', () => {
  it('finds nothing in a project without a fault', async () => {
    expect(await validate(() => undefined)).toEqual([]);
  });

  it.each(faults)('finds that $name', async ({ plant, found }) => {
    const findings = await validate(plant);
    expect(findings).toContainEqual({
      level: 'error',
      file: 'manifest.yml',
      // Values of these types, from Jest's own matchers.
      line: expect.any(Number) as number,
      message: expect.stringMatching(found) as string,
    });
  });
});
