// The product's page around the app's frame. It alone talks to the platform.
(() => {
  const { appOrigin, account, title } = document.body.dataset;
  const frame = document.querySelector('iframe');
  const flags = document.querySelector('#flags');
  const dialog = document.querySelector('dialog');
  let colorMode = document.documentElement.dataset.colorMode;

  const send = (message) => frame.contentWindow.postMessage(message, appOrigin);

  const platform = async (command, payload) => {
    const response = await fetch('/forge/command', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account, command, payload }),
    });
    const { value, error } = await response.json();
    if (error !== undefined) throw new Error(error);
    return value;
  };

  const theme = () => ({ colorMode });
  document.querySelector('#color').addEventListener('click', () => {
    colorMode = colorMode === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.colorMode = colorMode;
    send({ forge: 'event', event: 'theme', payload: theme() });
  });

  const location_ = () => decodeURI(location.hash.slice(1)) || '/';
  window.addEventListener('popstate', () => send({ forge: 'event', event: 'history', payload: location_() }));

  const element = (name, properties, ...children) => {
    const created = Object.assign(document.createElement(name), properties);
    created.append(...children);
    return created;
  };

  const closeFlag = (id) => {
    for (const flag of flags.children) if (flag.dataset.id === id) flag.remove();
  };
  const showFlag = ({ id, title: heading, description = '', type, actions = [], isAutoDismiss }) => {
    closeFlag(id);
    const buttons = actions.map(({ text }, index) =>
      element('button', {
        type: 'button',
        textContent: text,
        onclick: () => send({ forge: 'event', event: 'flagAction', payload: { id, index } }),
      }),
    );
    const close = element('button', { type: 'button', textContent: 'Dismiss', onclick: () => closeFlag(id) });
    const flag = element(
      'div',
      { className: `flag ${type}` },
      element('strong', { textContent: heading }),
      element('p', { textContent: description }),
      ...buttons,
      close,
    );
    flag.dataset.id = id;
    flags.append(flag);
    if (isAutoDismiss) setTimeout(() => flag.remove(), 8000);
    return true;
  };

  /** The administrator's consent: an address may be called only after a yes. */
  const consent = (egresses) =>
    new Promise((resolve) => {
      const domains = egresses.flatMap(({ configured }) => configured.map(({ domain }) => domain));
      dialog.querySelector('ul').replaceChildren(...domains.map((domain) => element('li', { textContent: domain })));
      dialog.addEventListener('close', () => resolve(dialog.returnValue === 'allow'), { once: true });
      dialog.returnValue = '';
      dialog.showModal();
    });

  const isWeb = (url) => ['http:', 'https:'].includes(new URL(url, location.href).protocol);

  const commands = {
    theme,
    'history.read': () => ({ location: location_(), length: history.length }),
    'history.push': (to) => history.pushState(null, '', `#${encodeURI(to)}`),
    'history.replace': (to) => history.replaceState(null, '', `#${encodeURI(to)}`),
    'history.go': (steps) => history.go(steps),
    showFlag,
    closeFlag: ({ id }) => closeFlag(id),
    navigate: ({ url, type }) => {
      if (typeof url !== 'string' || !isWeb(url)) throw new Error('This address cannot be opened.');
      if (type === 'new-tab') window.open(url, '_blank', 'noopener');
      else location.assign(url);
    },
    getUrl: () => location.href,
    reload: () => location.reload(),
    changeWindowTitle: (text) => {
      document.title = `${text} - ${title}`;
    },
    __permission__egressSet: async (payload) => {
      await platform('may-approve');
      if (!(await consent(payload.egresses))) throw new Error('The administrator declined the request.');
      return platform('__permission__egressSet', payload);
    },
  };
  const atPlatform = new Set([
    'getContext',
    'invoke',
    '__permission__egressGet',
    '__permission__egressDeleteDomain',
    '__permission__egressDeleteGroup',
  ]);

  const answer = async (command, payload) => {
    if (Object.hasOwn(commands, command)) return commands[command](payload);
    if (atPlatform.has(command)) return platform(command, command === 'getContext' ? { colorMode } : payload);
    throw new Error(`The command ${command} is not supported here.`);
  };

  window.addEventListener('message', async ({ origin, source, data }) => {
    if (origin !== appOrigin || source !== frame.contentWindow || data?.forge !== 'call') return;
    const { id, command, payload } = data;
    try {
      send({ forge: 'answer', id, value: await answer(command, payload) });
    } catch (error) {
      send({ forge: 'answer', id, error: error.message });
    }
  });
  frame.src = `${appOrigin}/app/index.html`;
})();
