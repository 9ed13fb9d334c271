import type { SourceGroupId } from '../../../../src/domain/identity';
import { Action } from '../parts/action';
import { Badge } from '../parts/message';
import { VirtualList } from '../parts/virtual-list';
import { useEditor } from './editor-context';
import { describePeople, findGroupCount, type ChoicePath } from './group-counts';

interface PickedGroupsProps {
  readonly label: string;
  readonly field: ChoicePath;
  readonly picked: readonly SourceGroupId[];
  readonly onTakeOut: (id: SourceGroupId) => void;
}

const rowHeight = 36;
const mostRows = 6;

/** The groups that were picked, each with the people whom it catches. */
export function PickedGroups({ label, field, picked, onTakeOut }: PickedGroupsProps) {
  const { survey } = useEditor();
  if (picked.length === 0) return null;
  const paths = new Map<string, string>(survey.found?.groups.map(({ id, path }) => [id, path]));
  return (
    <div className="picked-groups">
      <VirtualList
        label={`Picked ${label}`}
        items={picked}
        keyOf={(id) => id}
        estimate={rowHeight}
        height={rowHeight * Math.min(mostRows, picked.length) + 8}
        render={(id) => {
          const path = paths.get(id);
          const count = findGroupCount(survey.found, field, id);
          return (
            <div className="group-row">
              <span className="picked-path">{path ?? id}</span>
              {path === undefined ? (
                <Badge tone="warning">Gone from Keycloak</Badge>
              ) : (
                <span className="subtle small number">
                  {count === undefined ? 'Not counted yet' : describePeople(count.people, field)}
                </span>
              )}
              <Action
                spacing="compact"
                appearance="subtle"
                label={`Take out ${path ?? id} of the ${label}`}
                onClick={() => onTakeOut(id)}
              >
                Take out
              </Action>
            </div>
          );
        }}
      />
    </div>
  );
}
