import { ProcessorBuilder, ValidationTypes } from '@forge/manifest';
import { checkModules } from './check-modules';
import { reportFindings, type Finding } from './findings';
import { readManifest } from './manifest';
import { inFolder, projectRoot } from './project';

/**
 * What Atlassian's full validation and our own checks say about the manifest of the project in `folder`.
 * The page must have been built: a missing page folder is an error.
 */
export async function validateManifest(folder: string): Promise<readonly Finding[]> {
  const processor = ProcessorBuilder.instance().withValidation(ValidationTypes.FULL).build();
  const { errors } = await inFolder(folder, () => processor.process());
  // Its verdict `success` is false for mere warnings, so the findings count, each with its level.
  const theirs = (errors ?? []).map(({ level, line, message }): Finding => ({
    level: level === 'error' ? 'error' : 'warning',
    file: 'manifest.yml',
    line: line ?? 1,
    message,
  }));
  return [...theirs, ...checkModules(folder, readManifest(folder))];
}

if (require.main === module) {
  void validateManifest(process.argv[2] ?? projectRoot).then((findings) => reportFindings('manifest', findings));
}
