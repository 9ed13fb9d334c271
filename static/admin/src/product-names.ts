const names: Readonly<Record<string, string>> = {
  jira: 'Jira',
  'jira-software': 'Jira',
  'jira-servicedesk': 'Jira Service Management',
  'jira-product-discovery': 'Jira Product Discovery',
  confluence: 'Confluence',
};

/** What people call a product that Atlassian names by a key; a key that is unknown here stays as it is. */
export function nameProduct(key: string): string {
  return names[key] ?? key;
}

export const nameProducts = (keys: readonly string[]) => keys.map(nameProduct).join(', ');

/** The product of a site as the directory lists it, for example `jira-software · https://acme.atlassian.net`. */
export function nameSiteProduct(listed: string): string {
  const [key = '', ...site] = listed.split(' · ');
  return [nameProduct(key), ...site.map((address) => address.replace(/^https:\/\//, ''))].join(' · ');
}
