import { QueryClient, useQuery } from '@tanstack/react-query';
import type { FunctionKey } from '../../../src/api';
import { AppError, call } from './app-calls';

/** Failures of the bridge are tried once more; what the app said itself is final. */
export function createPageData(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 1 && error instanceof AppError && error.code === 'bridge',
      },
    },
  });
}

/** Keys of the page's data: the function that reads it, then its payload. */
export const dataKey = (key: FunctionKey, payload?: unknown): readonly unknown[] =>
  payload === undefined ? [key] : [key, payload];

export const useMe = () => useQuery({ queryKey: dataKey('getMe'), queryFn: () => call('getMe') });

export const useDirectory = () => useQuery({ queryKey: dataKey('getDirectory'), queryFn: () => call('getDirectory') });

export const useConnectors = () =>
  useQuery({
    queryKey: dataKey('listConnectors'),
    queryFn: () => call('listConnectors'),
    // A run that was watched until its end is the last one now.
    refetchOnMount: 'always',
    refetchInterval: (query) =>
      query.state.data?.some(({ openRun }) => openRun !== undefined && openRun.state !== 'held') === true
        ? 4_000
        : false,
  });

/** Organization, directories and products behind the stored key; asked only when a screen needs them. */
export const useOrganizations = (enabled: boolean) =>
  useQuery({
    queryKey: dataKey('findOrganizations'),
    queryFn: () => call('findOrganizations', {}),
    enabled,
    staleTime: 600_000,
  });
