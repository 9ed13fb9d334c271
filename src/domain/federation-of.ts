import type { SourceUserId } from './identity';

/** The federation that holds a person; ids of federations that do not import name it (`f:<provider>:<name>`). */
export function federationOf(id: SourceUserId, federationLink: string | undefined): string | undefined {
  if (federationLink !== undefined) return federationLink;
  const [prefix, provider] = id.split(':');
  return prefix === 'f' ? provider : undefined;
}
