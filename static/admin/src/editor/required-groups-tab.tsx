import type { Scope } from '../../../../src/domain/connector';
import { countOf, formatCount } from '../moments';
import { Choice, Switch } from '../parts/choice';
import { Message } from '../parts/message';
import { useEditor } from './editor-context';
import { ExceptGroups, GroupSetField } from './group-set-field';
import { SurveyGate } from './survey-state';

const noGroups = { groupIds: [], rules: [] };

/** Which users of the realm the connector provisions: an explicit choice. */
export function RequiredGroupsTab() {
  const { draft, change } = useEditor();
  const { scope } = draft;
  const set = (next: Scope) => change('scope', (old) => ({ ...old, scope: next }));
  return (
    <div className="tab-form">
      <h2>Required Groups</h2>
      <p className="lead">Who is synchronized? Whoever is not in scope gets no account here.</p>
      <Choice
        legend="Users in scope"
        value={scope.kind}
        onChange={(kind) =>
          set(
            kind === 'realm' ? { kind } : { kind, include: noGroups, exclude: noGroups, match: 'any', subGroups: true },
          )
        }
        options={[
          { value: 'realm', label: 'Whole realm', description: 'Every user of the realm.' },
          { value: 'groups', label: 'Groups', description: 'Only members of the groups that you choose below.' },
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
              onChange={(subGroups) => set({ ...scope, subGroups })}
            />
            <Choice
              legend="Members of"
              value={scope.match}
              onChange={(match) => set({ ...scope, match })}
              options={[
                { value: 'any', label: 'Any of the chosen groups' },
                {
                  value: 'all',
                  label: 'All of the chosen groups',
                  description: 'Of every picked one, and of a group of each rule.',
                },
              ]}
            />
            <GroupSetField
              label="required groups"
              field="scope.include"
              groups={scope.include}
              onChange={(include) => set({ ...scope, include })}
            />
            <ExceptGroups
              summary="Except members of some groups"
              label="excepted groups"
              field="scope.exclude"
              groups={scope.exclude}
              onChange={(exclude) => set({ ...scope, exclude })}
            />
          </>
        )}
      </SurveyGate>
    </div>
  );
}

/** How many people the choice provisions, and why a run would stop at it. */
function ScopeCount() {
  const { found, outdated } = useEditor().survey;
  if (found === undefined) return null;
  const { scopeProblems } = found;
  return (
    <>
      <p className={outdated ? 'scope-count outdated' : 'scope-count'} role="status">
        <strong className="number">{formatCount(found.inScope)}</strong>
        <span>of {countOf(found.users, 'user')} in scope</span>
      </p>
      {scopeProblems.length > 0 && !outdated && (
        <Message tone="warning" title="A run with this choice would stop, and change nothing">
          {scopeProblems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Message>
      )}
    </>
  );
}
