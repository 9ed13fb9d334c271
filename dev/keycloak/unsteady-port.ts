import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A port before another one, which can be taken away and given back while clients are connected. */
export interface UnsteadyPort {
  readonly port: number;
  /** Lets everything through, as at the start. */
  readonly pass: () => void;
  /** Ends every connection at once, as a server that is stopped. */
  readonly refuse: () => void;
  /** Accepts and answers nothing, on open connections too. */
  readonly hang: () => void;
  readonly stop: () => Promise<void>;
}

export async function openUnsteadyPort(target: number): Promise<UnsteadyPort> {
  let state: 'pass' | 'refuse' | 'hang' = 'pass';
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    if (state === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const behind = connect(target, '127.0.0.1');
    keep(behind);
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      from.on('data', (chunk) => {
        if (state === 'pass') to.write(chunk);
      });
      from.once('close', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  const dropAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    pass: () => {
      // Connections that were silent have lost what was said meanwhile.
      if (state !== 'pass') dropAll();
      state = 'pass';
    },
    refuse: () => {
      state = 'refuse';
      dropAll();
    },
    hang: () => {
      state = 'hang';
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      dropAll();
      await closed;
    },
  };
}
