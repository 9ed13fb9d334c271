import type { Run } from '../../../../src/domain/run';
import { countOf } from '../moments';
import { Badge } from '../parts/message';
import { nameProduct } from '../product-names';

/** How many accounts gain and lose access to each product by the plan. */
export function SeatList({ run: { seats } }: { run: Run }) {
  if (seats === undefined || seats.length === 0) return null;
  return (
    <section className="card run-seats" aria-labelledby="seats-title">
      <div className="card-header">
        <h2 id="seats-title">Product access by this plan</h2>
      </div>
      <ul>
        {seats.map(({ product, gained, lost }) => (
          <li key={product}>
            <span className="strong">{nameProduct(product)}</span>
            {gained > 0 && <Badge tone="information">{`${countOf(gained, 'more seat')} used`}</Badge>}
            {lost > 0 && <Badge tone="warning">{`${countOf(lost, 'account')} without access`}</Badge>}
          </li>
        ))}
      </ul>
    </section>
  );
}
