import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { GroupMode } from '../../../../src/domain/group-mode';
import type { AdoptableGroup } from '../../../../src/domain/survey';
import { call } from '../app-calls';
import { showDone, showFailed } from '../flags';
import { Action } from '../parts/action';
import { Badge } from '../parts/message';
import { VirtualList } from '../parts/virtual-list';
import { nameProducts } from '../product-names';
import { useMissingRight } from '../use-right';
import { useEditor } from './editor-context';
import { MemberBar } from './member-bar';
import { TakeOverDialog } from './take-over-dialog';

type Mode = GroupMode | 'none';

const badges = { 'add-only': 'Adopted', 'take-over': 'Taken over', exact: 'Exact', none: '' } as const;

/** Existing Atlassian groups with the name of a Keycloak group. An equal name is no consent: each waits for a click. */
export function AdoptionList() {
  const { survey, connectorId } = useEditor();
  const groups = survey.found?.adoptable ?? [];
  const [chosen, setChosen] = useState<Readonly<Record<string, Mode>>>({});
  const [asked, setAsked] = useState<{ readonly group: AdoptableGroup; readonly mode: 'take-over' | 'exact' }>();
  const adopt = useMutation({
    mutationFn: ({ group: { sourceGroupId, groupId }, mode }: { group: AdoptableGroup; mode: Mode }) =>
      mode === 'none'
        ? call('releaseGroup', { connectorId: connectorId ?? '', sourceGroupId })
        : call('adoptGroup', { connectorId: connectorId ?? '', sourceGroupId, groupId, mode }),
    onSuccess: (_, { group, mode }) => {
      setChosen((old) => ({ ...old, [group.groupId]: mode }));
      setAsked(undefined);
      showDone(
        mode === 'none' ? `${group.name} is released` : `${group.name} will be adopted`,
        mode === 'none' ? 'Its members stay as they are.' : 'It takes effect with the next full sync.',
      );
    },
    onError: (error, { group }) => showFailed(`Could not change ${group.name}`, error),
  });
  return (
    <section className="form-part adoptions" aria-labelledby="adoption-title">
      <h3 id="adoption-title">Existing groups</h3>
      <p className="lead">
        These Atlassian groups have the name of a Keycloak group. They are left alone until you adopt them, one by one.
      </p>
      {groups.length === 0 ? (
        <p className="nothing">No Atlassian group has the name of a Keycloak group.</p>
      ) : (
        <VirtualList
          label="Groups that can be adopted"
          items={groups}
          keyOf={({ sourceGroupId, groupId }) => `${sourceGroupId} ${groupId}`}
          estimate={168}
          height={640}
          render={(group) => (
            <Adoption
              group={group}
              mode={chosen[group.groupId] ?? group.adopted ?? 'none'}
              busy={adopt.isPending && adopt.variables.group.groupId === group.groupId}
              onChoose={(mode) =>
                mode === 'exact' || mode === 'take-over' ? setAsked({ group, mode }) : adopt.mutate({ group, mode })
              }
            />
          )}
        />
      )}
      {asked !== undefined && (
        <TakeOverDialog
          group={asked.group}
          mode={asked.mode}
          busy={adopt.isPending}
          onConfirm={() => adopt.mutate(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}

interface AdoptionProps {
  readonly group: AdoptableGroup;
  readonly mode: Mode;
  readonly busy: boolean;
  readonly onChoose: (mode: Mode) => void;
}

function Adoption({ group, mode, busy, onChoose }: AdoptionProps) {
  const refused = useMissingRight();
  return (
    <div className="adoption">
      <div className="adoption-head">
        <h4>{group.name}</h4>
        {mode !== 'none' && <Badge tone="success">{badges[mode]}</Badge>}
        {group.protectedBecause !== undefined && <Badge tone="neutral">Protected</Badge>}
      </div>
      <p className="subtle small">Keycloak group {group.path}</p>
      <MemberBar group={group} />
      {group.grantsAccess.length > 0 && (
        <p className="small">
          Grants access to <strong>{nameProducts(group.grantsAccess)}</strong>
        </p>
      )}
      {group.protectedBecause !== undefined ? (
        <p className="adoption-reason">{group.protectedBecause}</p>
      ) : (
        <div className="buttons">
          {mode === 'none' ? (
            <>
              <Action
                spacing="compact"
                busy={busy}
                disabledBecause={refused}
                label={`Adopt ${group.name} (add only)`}
                onClick={() => onChoose('add-only')}
              >
                Adopt (add only)
              </Action>
              <Action
                spacing="compact"
                appearance="subtle"
                disabledBecause={refused}
                label={`Take over ${group.name}`}
                onClick={() => onChoose('take-over')}
              >
                Take over …
              </Action>
              <Action
                spacing="compact"
                appearance="subtle"
                disabledBecause={refused}
                label={`Make ${group.name} exact`}
                onClick={() => onChoose('exact')}
              >
                Exact …
              </Action>
            </>
          ) : (
            <Action
              spacing="compact"
              appearance="subtle"
              busy={busy}
              disabledBecause={refused}
              label={`Release ${group.name}`}
              onClick={() => onChoose('none')}
            >
              Release
            </Action>
          )}
        </div>
      )}
    </div>
  );
}
