import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ExplanationView } from '../../../../src/api';
import type { ConnectorSettings } from '../../../../src/domain/connector';
import type { Explanation } from '../../../../src/domain/explanation';
import { call, messageOf } from '../app-calls';
import { dataKey } from '../page-data';

export interface Explaining {
  readonly reading: boolean;
  readonly progress: ExplanationView['progress'];
  readonly failure: string | undefined;
  readonly result: Explanation | undefined;
  /** With settings that are not saved, where they are given. */
  readonly ask: (user: string, settings?: ConnectorSettings) => void;
}

/** Asks the app to explain somebody and follows the job to its answer. With `user` it asks at once. */
export function useExplanation(connectorId: string, user: string | undefined): Explaining {
  const start = useMutation({
    mutationFn: ({ asked, settings }: { readonly asked: string; readonly settings?: ConnectorSettings }) =>
      call('startExplain', { connectorId, user: asked, ...(settings === undefined ? {} : { settings }) }),
  });
  const { mutate } = start;
  useEffect(() => {
    if (user !== undefined) mutate({ asked: user });
  }, [user, mutate]);
  const explainId = start.data?.explainId;
  const answer = useQuery({
    queryKey: dataKey('getExplanation', explainId ?? ''),
    queryFn: () => call('getExplanation', { explainId: explainId ?? '' }),
    enabled: explainId !== undefined,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'reading' ? 1_000 : false),
  });
  const { data } = answer;
  const failure =
    start.error ?? answer.error ?? (data?.state === 'failed' ? new Error(data.message ?? 'The reading failed.') : null);
  return {
    reading: start.isPending || (explainId !== undefined && failure === null && data?.state !== 'done'),
    progress: data?.progress,
    failure: failure === null ? undefined : messageOf(failure),
    result: start.isPending ? undefined : data?.result,
    ask: (asked, settings) => mutate({ asked, ...(settings === undefined ? {} : { settings }) }),
  };
}
