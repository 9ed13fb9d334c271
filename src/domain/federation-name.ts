/** Display names of user federations by id; those that the client may not read are not in it. */
export type FederationNames = Readonly<Record<string, string>>;

/** How sentences call a user federation: by its name where Keycloak shows it (role view-realm), else by its id. */
export function describeFederation(id: string, names: FederationNames | undefined): string {
  return `user federation ${nameFederation(id, names)}`;
}

/** The same for several. */
export function listFederations(ids: Iterable<string>, names: FederationNames | undefined): string {
  return `user federation ${[...ids].map((id) => nameFederation(id, names)).join(', ')}`;
}

function nameFederation(id: string, names: FederationNames | undefined): string {
  const name = names !== undefined && Object.hasOwn(names, id) ? names[id] : undefined;
  return name === undefined ? id : `"${name}"`;
}
