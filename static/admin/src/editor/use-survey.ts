import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Survey } from '../../../../src/api';
import type { ConnectorSettings } from '../../../../src/domain/connector';
import type { SurveyResult } from '../../../../src/domain/survey';
import { AppError, call, messageOf } from '../app-calls';
import { dataKey } from '../page-data';
import { isCountable, listChoices } from './group-counts';

/** What the realm holds, as the editor needs it: groups, e-mail domains, people in scope. */
export interface RealmSurvey {
  /** The newest complete survey; it stays while another one is read. */
  readonly found: SurveyResult | undefined;
  readonly reading: boolean;
  /** What is being counted now, while reading. */
  readonly progress: Survey['progress'];
  readonly failure: string | undefined;
  /** Whether it failed because of a setting that the app refuses. */
  readonly refused: boolean;
  /** Whether the settings changed in a way that the survey's counts do not show yet. */
  readonly outdated: boolean;
  readonly start: () => void;
}

/** Realms up to this size are counted again by themselves after each change of a choice of groups. */
const smallRealm = 20_000;
const recountAfterMs = 1_000;

/** Surveys the realm with settings that need not be saved, of a connector that can be read. Nothing is read before `start`. */
export function useSurvey(connectorId: string | undefined, draft: ConnectorSettings): RealmSurvey {
  const [asked, setAsked] = useState<{ readonly surveyId: string; readonly choices: string }>();
  // Each choice is counted once by itself: what fails is not asked for again and again.
  const [tried, setTried] = useState('');
  const [found, setFound] = useState<{ readonly result: SurveyResult; readonly choices: string }>();
  const choices = JSON.stringify(listChoices(draft));

  const start = useMutation({
    mutationFn: (id: string) => call('startSurvey', { connectorId: id, settings: draft }),
    onMutate: () => setTried(choices),
    onSuccess: ({ surveyId }) => setAsked({ surveyId, choices }),
  });
  const survey = useQuery({
    queryKey: dataKey('getSurvey', asked?.surveyId ?? ''),
    queryFn: () => call('getSurvey', { surveyId: asked?.surveyId ?? '' }),
    enabled: asked !== undefined,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'reading' ? 1_000 : false),
  });

  const { data } = survey;
  useEffect(() => {
    if (data?.result !== undefined && asked !== undefined) setFound({ result: data.result, choices: asked.choices });
  }, [data, asked]);

  const failure =
    start.error ?? survey.error ?? (data?.state === 'failed' ? new Error(data.message ?? 'The survey failed.') : null);
  const reading = start.isPending || (asked !== undefined && failure === null && data?.state !== 'done');
  const outdated = found !== undefined && found.choices !== choices;
  const recount = outdated && tried !== choices && !reading && found.result.users <= smallRealm && isCountable(draft);
  useEffect(() => {
    if (!recount || connectorId === undefined) return undefined;
    const timer = setTimeout(() => start.mutate(connectorId), recountAfterMs);
    return () => clearTimeout(timer);
    // A further change of the choice starts the waiting again; `start` itself is a new object each time.
  }, [recount, choices, connectorId]);
  return {
    found: found?.result,
    reading,
    progress: data?.state === 'reading' ? data.progress : undefined,
    failure: failure === null ? undefined : messageOf(failure),
    refused: failure instanceof AppError && failure.field !== undefined,
    outdated,
    start: () => {
      if (connectorId !== undefined) start.mutate(connectorId);
    },
  };
}
