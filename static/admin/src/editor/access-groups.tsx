import type { AccessGroup } from '../../../../src/domain/survey';
import { countOf } from '../moments';
import { Badge } from '../parts/message';
import { VirtualList } from '../parts/virtual-list';
import { nameProduct } from '../product-names';
import { useEditor } from './editor-context';

/** The chosen groups that give access to products, with the seats that their members would use besides those of today. */
export function AccessGroups() {
  const groups = useEditor().survey.found?.access ?? [];
  if (groups.length === 0) return null;
  return (
    <section className="form-part access-groups" aria-labelledby="access-groups-title">
      <h3 id="access-groups-title">Groups that give product access</h3>
      <p className="lead">
        Members of these groups use seats of a product. Counted are people in scope who do not use one yet.
      </p>
      <VirtualList
        label="Seats by group"
        items={groups}
        keyOf={({ sourceGroupId }) => sourceGroupId}
        estimate={64}
        height={320}
        render={(group) => <Access group={group} />}
      />
    </section>
  );
}

function Access({ group: { path, name, synced, people, seats } }: { group: AccessGroup }) {
  return (
    <div className="access-group">
      <div className="adoption-head">
        <span className="strong">{name}</span>
        {!synced && <Badge tone="neutral">Not adopted</Badge>}
      </div>
      <p className="subtle small">
        Keycloak group {path}, {countOf(people, 'user')} in scope
      </p>
      <p className="access-seats">
        {seats.map(({ product, people: more }) => (
          <span key={product}>
            <span>{nameProduct(product)}</span>{' '}
            {more === 0 ? (
              <span className="subtle small">no more seats</span>
            ) : (
              <Badge tone={synced ? 'information' : 'neutral'}>
                {`${countOf(more, 'more seat')}${synced ? '' : ' once adopted'}`}
              </Badge>
            )}
          </span>
        ))}
      </p>
    </div>
  );
}
