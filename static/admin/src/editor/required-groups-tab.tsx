import { useEffect } from 'react';
import { countOf, formatCount } from '../moments';
import { Choice, Switch } from '../parts/choice';
import { useEditor } from './editor-context';
import { GroupPicker } from './group-picker';
import { errorAt } from './settings-fields';
import { SurveyGate } from './survey-state';

/** Realms up to this size are counted again by themselves after each change of the choice. */
const smallRealm = 20_000;

const noGroups = { groupIds: [], rules: [] };

/** Which users of the realm the connector provisions: an explicit choice. */
export function RequiredGroupsTab() {
  const { draft, change, errors } = useEditor();
  const { scope } = draft;
  return (
    <div className="tab-form">
      <h2>Required Groups</h2>
      <p className="lead">Who is synchronized? Whoever is not in scope gets no account here.</p>
      <Choice
        legend="Users in scope"
        value={scope.kind}
        onChange={(kind) =>
          change('scope', (old) => ({
            ...old,
            scope:
              kind === 'realm'
                ? { kind }
                : { kind, include: noGroups, exclude: noGroups, match: 'any', subGroups: true },
          }))
        }
        options={[
          { value: 'realm', label: 'Whole realm', description: 'Every user of the realm.' },
          { value: 'groups', label: 'Groups', description: 'Only members of at least one of the chosen groups.' },
        ]}
      />
      <SurveyGate>
        <ScopeCount />
        {scope.kind === 'groups' && (
          <>
            <Switch
              label="With sub-groups"
              description="Members of the groups below a chosen one are in scope too."
              checked={scope.subGroups}
              onChange={(subGroups) => change('scope', (old) => ({ ...old, scope: { ...scope, subGroups } }))}
            />
            <GroupPicker
              label="required groups"
              chosen={scope.include.groupIds}
              error={errorAt(errors, 'scope.include')}
              onChange={(groupIds) =>
                change('scope', (old) => ({ ...old, scope: { ...scope, include: { ...scope.include, groupIds } } }))
              }
            />
          </>
        )}
      </SurveyGate>
    </div>
  );
}

function ScopeCount() {
  const { survey, draft } = useEditor();
  const { found, outdated, reading, start } = survey;
  const scope = JSON.stringify(draft.scope);
  const chosen =
    draft.scope.kind === 'realm' || draft.scope.include.groupIds.length + draft.scope.include.rules.length > 0;
  const recount = outdated && !reading && chosen && (found?.users ?? Infinity) <= smallRealm;
  useEffect(() => {
    if (!recount) return undefined;
    const timer = setTimeout(start, 1_000);
    return () => clearTimeout(timer);
    // A further change of the choice starts the waiting again; `start` itself is a new function each time.
  }, [recount, scope]);
  if (found === undefined) return null;
  return (
    <p className={outdated ? 'scope-count outdated' : 'scope-count'} role="status">
      <strong className="number">{formatCount(found.inScope)}</strong>
      <span>of {countOf(found.users, 'user')} in scope</span>
    </p>
  );
}
