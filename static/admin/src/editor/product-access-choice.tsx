import type { ProductAccess } from '../../../../src/domain/connector';
import { messageOf } from '../app-calls';
import { useDirectory, useOrganizations } from '../page-data';
import { Check } from '../parts/choice';
import { Message } from '../parts/message';
import { nameSiteProduct } from '../product-names';
import { useMissingRight } from '../use-right';

interface ProductAccessChoiceProps {
  readonly chosen: readonly ProductAccess[];
  readonly onChange: (chosen: readonly ProductAccess[]) => void;
}

/** The role that an invitation gives for a product. */
const userRole = 'atlassian/user';

/** Which products an invited person may use at once. Access through groups comes on top. */
export function ProductAccessChoice({ chosen, onChange }: ProductAccessChoiceProps) {
  const directory = useDirectory().data;
  const refused = useMissingRight();
  const organizations = useOrganizations(directory?.configured === true && refused === undefined);
  const products = organizations.data?.find(({ orgId }) => orgId === directory?.orgId)?.products ?? [];
  const lost = chosen
    .filter(({ resource }) => !products.some((product) => product.resource === resource))
    .map(({ resource }) => ({ resource, name: resource }));
  const rows = [...products, ...lost];
  return (
    <fieldset className="choice">
      <legend className="field-legend">Product access that new accounts get</legend>
      {organizations.isError ? (
        <Message tone="danger" title="The products could not be read">
          {messageOf(organizations.error)}
        </Message>
      ) : organizations.isLoading ? (
        <p className="hint" role="status">
          Loading the products …
        </p>
      ) : rows.length === 0 ? (
        <p className="hint">
          {directory?.configured === true
            ? 'No product can be chosen here. Access can also come through groups.'
            : 'Set up the Atlassian directory to choose products.'}
        </p>
      ) : (
        rows.map(({ resource, name }) => (
          <Check
            key={resource}
            label={nameSiteProduct(name)}
            checked={chosen.some((access) => access.resource === resource)}
            onChange={(on) =>
              onChange(
                on
                  ? [...chosen, { resource, role: userRole }]
                  : chosen.filter((access) => access.resource !== resource),
              )
            }
          />
        ))
      )}
      <p className="hint">None chosen: access comes only through groups that grant it.</p>
    </fieldset>
  );
}
