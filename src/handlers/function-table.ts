import type * as v from 'valibot';
import type { Api, FunctionKey } from '../api';
import type { Caller, Need } from './access';
import type { AdminWorld } from './admin-world';

/** One function of the page: who may call it, what it takes, what it does. */
export interface AdminFunction<Key extends FunctionKey> {
  /** A function where it depends on the payload; a product administrator is needed in any case. */
  readonly needs: Need | ((admin: AdminWorld, payload: Api[Key]['payload']) => Need | Promise<Need>);
  readonly payload: v.GenericSchema<unknown, Api[Key]['payload']>;
  readonly run: (admin: AdminWorld, payload: Api[Key]['payload'], caller: Caller) => Promise<Api[Key]['value']>;
}

export type FunctionTable<Keys extends FunctionKey = FunctionKey> = { readonly [Key in Keys]: AdminFunction<Key> };

/** Something named by the page does not exist (any more). */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}
