import { nameProduct, nameProducts, nameSiteProduct } from '../../static/admin/src/product-names';

describe('products are called as people know them', () => {
  it.each([
    ['jira-software', 'Jira'],
    ['confluence', 'Confluence'],
    ['a-new-product', 'a-new-product'],
  ])('%s is %s', (key, name) => {
    expect(nameProduct(key)).toBe(name);
  });

  it('in a list, and with their site', () => {
    expect(nameProducts(['confluence', 'jira-servicedesk'])).toBe('Confluence, Jira Service Management');
    expect(nameSiteProduct('jira-software · https://acme.atlassian.net')).toBe('Jira · acme.atlassian.net');
    expect(nameSiteProduct('Confluence (acme.atlassian.net)')).toBe('Confluence (acme.atlassian.net)');
  });
});
