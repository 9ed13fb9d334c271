// Runs inside the app's frame, before the app: `@forge/bridge` finds `__bridge` here.
(() => {
  const hostOrigin = document.currentScript.dataset.hostOrigin;
  const calls = new Map();
  const listeners = new Map();
  const flagActions = new Map();
  let count = 0;

  /** Only data crosses to the host; what JSON cannot carry is lost, as in the product. */
  const ask = (command, payload) =>
    new Promise((resolve, reject) => {
      const id = (count += 1);
      calls.set(id, { resolve, reject });
      const copy = payload === undefined ? undefined : JSON.parse(JSON.stringify(payload));
      window.parent.postMessage({ forge: 'call', id, command, payload: copy }, hostOrigin);
    });

  window.addEventListener('message', ({ origin, source, data }) => {
    if (origin !== hostOrigin || source !== window.parent) return;
    if (data?.forge === 'answer') {
      const call = calls.get(data.id);
      calls.delete(data.id);
      if (data.error === undefined) call?.resolve(data.value);
      else call?.reject(new Error(data.error));
    }
    if (data?.forge === 'event') fromHost[data.event]?.(data.payload);
  });

  const on = (event, callback) => {
    const callbacks = listeners.get(event) ?? new Set();
    listeners.set(event, callbacks.add(callback));
    return { unsubscribe: () => callbacks.delete(callback) };
  };
  const emit = (event, payload) => {
    for (const callback of listeners.get(event) ?? []) callback(payload);
  };

  let themed = false;
  const applyTheme = ({ colorMode }) => {
    document.documentElement.dataset.colorMode = colorMode;
    document.documentElement.dataset.theme =
      'dark:dark light:light motion:motion shape:shape spacing:spacing typography:typography';
  };
  const enableTheming = async () => {
    applyTheme(await ask('theme'));
    if (themed) return;
    themed = true;
    await new Promise((resolve, reject) => {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/forge/tokens.css' });
      link.addEventListener('load', resolve);
      link.addEventListener('error', () => reject(new Error('The theme could not be loaded.')));
      document.head.append(link);
    });
  };

  const historyListeners = new Set();
  const histories = new Set();
  const parse = (to, key) => {
    const url =
      typeof to === 'string' ? new URL(to, 'https://app.test') : { pathname: '/', search: '', hash: '', ...to };
    return { pathname: url.pathname, search: url.search, hash: url.hash, state: to.state, key };
  };
  const textOf = ({ pathname, search, hash }) => pathname + search + hash;
  const moved = (to, action) => {
    const location = parse(to, String((count += 1)));
    for (const history of histories) Object.assign(history, { location, action });
    for (const listener of historyListeners) listener(location, action);
    return location;
  };
  const createHistory = async () => {
    const { location, length } = await ask('history.read');
    const change = (action, command) => (to) => void ask(command, textOf(moved(to, action)));
    const go = (steps) => void ask('history.go', steps);
    const history = {
      action: 'POP',
      location: parse(location, 'initial'),
      length,
      push: change('PUSH', 'history.push'),
      replace: change('REPLACE', 'history.replace'),
      go,
      goBack: () => go(-1),
      goForward: () => go(1),
      createHref: (to) => (typeof to === 'string' ? to : textOf(parse(to, ''))),
      listen: (callback) => {
        historyListeners.add(callback);
        return () => historyListeners.delete(callback);
      },
      block: () => () => undefined,
    };
    histories.add(history);
    return history;
  };

  const showFlag = ({ actions = [], ...flag }) => {
    flagActions.set(flag.id, actions);
    return ask('showFlag', { ...flag, actions: actions.map(({ text }) => ({ text })) });
  };

  const fromHost = {
    theme: (payload) => themed && applyTheme(payload),
    history: (location) => moved(location, 'POP'),
    flagAction: ({ id, index }) => flagActions.get(id)?.[index]?.onClick?.(),
  };

  // An admin page is neither a dialog nor closable: `false` says "not possible".
  const inside = {
    on: ({ event, callback }) => on(event, callback),
    onPublic: ({ event, callback }) => on(event, callback),
    emit: ({ event, payload }) => emit(event, payload),
    emitPublic: ({ event, payload }) => emit(event, payload),
    enableTheming,
    createHistory,
    showFlag,
    onClose: () => false,
    close: () => false,
    submit: () => false,
    refresh: () => false,
    open: () => false,
  };
  const outside = new Set([
    'getContext',
    'invoke',
    'closeFlag',
    'navigate',
    'getUrl',
    'reload',
    'changeWindowTitle',
    '__permission__egressGet',
    '__permission__egressSet',
    '__permission__egressDeleteDomain',
    '__permission__egressDeleteGroup',
  ]);

  globalThis.__bridge = {
    callBridge: async (command, payload) => {
      if (Object.hasOwn(inside, command)) return inside[command](payload);
      if (outside.has(command)) return ask(command, payload);
      throw new Error(`The command ${command} is not supported here.`);
    },
  };
})();
