import { lintForge, type ForgeLint } from '../../dev/tooling/lint-forge';
import { unexpected } from '../../dev/tooling/findings';
import { plantProject, type Planted } from './planted';

const lintPlanted = async (plant: (project: Planted) => void): Promise<ForgeLint> => {
  const project = plantProject();
  try {
    plant(project);
    return await lintForge(project.folder);
  } finally {
    project.discard();
  }
};

const messages = ({ findings }: ForgeLint): readonly string[] => unexpected(findings).map(({ message }) => message);

const call = `import api, { fetch, route } from '@forge/api';
export const members = async () => api.asApp().requestJira(route\`/rest/api/3/group/member\`);
export const outside = async () => fetch('https://undeclared.example.com/people');
`;

// The linter takes ten seconds a run, so one project carries all the faults that only it looks for.
describe("Atlassian's linter", () => {
  let planted: ForgeLint;

  beforeAll(async () => {
    planted = await lintPlanted((project) => {
      project.write('src/planted.ts', call);
      project.replace('manifest.yml', 'index.advance', 'index.nowhere');
    });
  }, 120_000);

  it('finds a handler that is not exported', () => {
    expect(messages(planted)).toContainEqual(expect.stringMatching(/nowhere/));
  });

  it('finds a host that the manifest does not declare', () => {
    const theirs = planted.findings.filter(({ level }) => level === 'warning');
    expect(theirs.map(({ message }) => message)).toContainEqual(expect.stringMatching(/undeclared\.example\.com/));
  });

  it("finds a missing scope where Atlassian's API documents are at hand", () => {
    const found = messages(planted).some((message) => message.includes('manage:jira-configuration'));
    expect(found).toBe(planted.scopesChecked);
  });

  it('is not believed where tsconfig hides the files from it', async () => {
    const blind = await lintPlanted((project) => project.replace('tsconfig.json', '"src/**/*"', '"src"'));
    expect(messages(blind)).toContain('the linter did not read this file');
  }, 120_000);

  it('finds nothing in a project without a fault', async () => {
    expect(messages(await lintPlanted(() => undefined))).toEqual([]);
  }, 120_000);
});
