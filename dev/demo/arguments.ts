import { parseArgs } from 'node:util';

export interface DemoArguments {
  /** 0: the system chooses. */
  readonly port: number;
  /** Atlassian's CSV exports of users and of group members. */
  readonly users?: string;
  readonly groups?: string;
  /** Without the connector and the directory that the demo fills in. */
  readonly empty: boolean;
  /** Forgets what earlier demos left. */
  readonly fresh: boolean;
  /** The Keycloak double even where the real server can be had. */
  readonly double: boolean;
}

/** What stands behind `npm start --`. Throws a sentence for what it does not know. */
export function parseDemoArguments(args: readonly string[]): DemoArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      users: { type: 'string' },
      groups: { type: 'string' },
      empty: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
      double: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${values.port} is no port.`);
  if (values.groups !== undefined && values.users === undefined) {
    throw new Error('--groups needs --users: the export of the people goes with it.');
  }
  const { users, groups, empty, fresh, double } = values;
  return {
    port,
    empty,
    fresh,
    double,
    ...(users === undefined ? {} : { users }),
    ...(groups === undefined ? {} : { groups }),
  };
}
