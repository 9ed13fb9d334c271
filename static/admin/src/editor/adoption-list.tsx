import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AdoptableGroup } from '../../../../src/domain/survey';
import { call } from '../app-calls';
import { showDone, showFailed } from '../flags';
import { countOf, formatCount } from '../moments';
import { Action } from '../parts/action';
import { Dialog } from '../parts/dialog';
import { Badge } from '../parts/message';
import { useMissingRight } from '../use-right';
import { useEditor } from './editor-context';

type Mode = 'add-only' | 'take-over' | 'none';

/** Existing Atlassian groups with the name of a Keycloak group. An equal name is no consent: each waits for a click. */
export function AdoptionList() {
  const { survey, connectorId } = useEditor();
  const groups = survey.found?.adoptable ?? [];
  const [chosen, setChosen] = useState<Readonly<Record<string, Mode>>>({});
  const [asked, setAsked] = useState<AdoptableGroup>();
  const adopt = useMutation({
    mutationFn: ({ group, mode }: { group: AdoptableGroup; mode: Mode }) =>
      call('adoptGroup', {
        connectorId: connectorId ?? '',
        sourceGroupId: group.sourceGroupId,
        groupId: group.groupId,
        ...(mode === 'none' ? {} : { mode }),
      }),
    onSuccess: (_, { group, mode }) => {
      setChosen((old) => ({ ...old, [group.groupId]: mode }));
      setAsked(undefined);
      showDone(
        mode === 'none' ? `${group.name} is not adopted` : `${group.name} will be adopted`,
        'It takes effect with the next full sync.',
      );
    },
    onError: (error, { group }) => showFailed(`Could not change ${group.name}`, error),
  });
  return (
    <section aria-labelledby="adoption-title">
      <h3 id="adoption-title">Existing groups</h3>
      <p className="lead">
        These Atlassian groups have the name of a Keycloak group. They are left alone until you adopt them, one by one.
      </p>
      {groups.length === 0 ? (
        <p className="nothing">No Atlassian group has the name of a Keycloak group.</p>
      ) : (
        <ul className="adoptions">
          {groups.map((group) => (
            <Adoption
              key={`${group.sourceGroupId} ${group.groupId}`}
              group={group}
              mode={chosen[group.groupId] ?? group.adopted ?? 'none'}
              busy={adopt.isPending && adopt.variables.group.groupId === group.groupId}
              onChoose={(mode) => (mode === 'take-over' ? setAsked(group) : adopt.mutate({ group, mode }))}
            />
          ))}
        </ul>
      )}
      {asked !== undefined && (
        <TakeOverDialog
          group={asked}
          busy={adopt.isPending}
          onConfirm={() => adopt.mutate({ group: asked, mode: 'take-over' })}
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
    <li className="adoption">
      <div className="adoption-head">
        <h4>{group.name}</h4>
        {mode !== 'none' && <Badge tone="success">{mode === 'take-over' ? 'Taken over' : 'Adopted'}</Badge>}
        {group.protectedBecause !== undefined && <Badge tone="neutral">Protected</Badge>}
      </div>
      <p className="subtle small">Keycloak group {group.path}</p>
      <dl className="member-counts">
        <Figure label="Members on both sides" count={group.onBothSides} />
        <Figure label="Only in Keycloak" count={group.onlyInKeycloak} />
        <Figure label="Only in Atlassian" count={group.onlyInAtlassian} />
      </dl>
      {group.grantsAccess.length > 0 && (
        <p className="small">
          Grants access to <strong>{group.grantsAccess.join(', ')}</strong>
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
            </>
          ) : (
            <Action
              spacing="compact"
              appearance="subtle"
              busy={busy}
              disabledBecause={refused}
              label={`Do not adopt ${group.name}`}
              onClick={() => onChoose('none')}
            >
              Do not adopt
            </Action>
          )}
        </div>
      )}
    </li>
  );
}

function Figure({ label, count }: { label: string; count: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}

interface TakeOverDialogProps {
  readonly group: AdoptableGroup;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

function TakeOverDialog({ group, busy, onConfirm, onClose }: TakeOverDialogProps) {
  return (
    <Dialog
      title={`Take over ${group.name}?`}
      tone="danger"
      onClose={onClose}
      actions={
        <>
          <Action onClick={onClose}>Cancel</Action>
          <Action appearance="danger" busy={busy} onClick={onConfirm}>
            Take over
          </Action>
        </>
      }
    >
      <p>
        The group will have exactly the members that Keycloak names. With the next full sync{' '}
        <strong>{countOf(group.onlyInAtlassian, 'member who is', 'members who are')} only in Atlassian</strong> would be
        removed from it, also those whom people added by hand.
      </p>
      {group.grantsAccess.length > 0 && (
        <p>The group grants access to {group.grantsAccess.join(', ')}: whoever is removed may lose that access.</p>
      )}
      <p>Adopt (add only) never removes anybody it did not add.</p>
    </Dialog>
  );
}
