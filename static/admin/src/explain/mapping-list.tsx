import ArrowRightIcon from '@atlaskit/icon/core/arrow-right';
import type { MappedAttribute } from '../../../../src/domain/explanation';
import { TransformationSteps } from './transformation-steps';

/** Each row of the mapping as a way from Keycloak's value to Atlassian's. */
export function MappingList({ attributes }: { attributes: readonly MappedAttribute[] }) {
  return (
    <ul className="mapping">
      {attributes.map((row, index) => (
        // Several rows may fill the same attribute.
        <li key={index}>{row.from.length === 0 ? <Unused row={row} /> : <Way row={row} />}</li>
      ))}
    </ul>
  );
}

/** A row that nothing of Keycloak goes into: in one line. */
function Unused({ row: { attribute, sentence, to, now } }: { row: MappedAttribute }) {
  return (
    <p className="mapping-whole">
      <span className="subtle">{attribute}</span> {to} {sentence}
      <Now now={now} to={to} kept={to === undefined && sentence !== undefined} />
    </p>
  );
}

function Way({ row: { attribute, from, before, steps, sentence, to, now } }: { row: MappedAttribute }) {
  return (
    <>
      <span className="mapping-side">
        {from.map(({ label, value }) => (
          <span key={label} className="block">
            <span className="subtle">{label}</span> {value === '' ? <em className="subtle">empty</em> : value}
          </span>
        ))}
      </span>
      <span className="mapping-arrow" aria-hidden="true">
        <ArrowRightIcon label="" color="var(--ds-icon-subtle)" />
      </span>
      <span className="visually-hidden"> becomes </span>
      <span className="mapping-side">
        <span className="subtle">{attribute}</span> {to ?? <em className="subtle">nothing</em>}
        <Now now={now} to={to} kept={false} />
      </span>
      {sentence !== undefined && <p className="mapping-whole subtle">{sentence}</p>}
      <TransformationSteps before={before} steps={steps} />
    </>
  );
}

/** What Atlassian has now, where that is another value. */
function Now({ now, to, kept }: { now: string | undefined; to: string | undefined; kept: boolean }) {
  if (now === undefined || now === to || kept) return null;
  return <span className="subtle block">Now in Atlassian: {now}</span>;
}
