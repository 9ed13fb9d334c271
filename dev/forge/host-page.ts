export interface HostPage {
  readonly title: string;
  readonly colorMode: 'light' | 'dark';
  /** Where the frame's content comes from: another origin, as in the product. */
  readonly appOrigin: string;
  readonly accountId: string;
  /** Whether the product draws the page's heading, as it does unless the module's layout is `blank`. */
  readonly drawsHeading: boolean;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string): string => text.replace(/[&<>"]/g, (each) => entities[each] ?? each);

// As Forge sets it: no popups, so that the app opens other pages through the bridge.
const sandbox = 'allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts';

/** The product's administration, reduced to what surrounds the app's frame. */
export function renderHostPage({ title, colorMode, appOrigin, accountId, drawsHeading }: HostPage): string {
  const heading = drawsHeading ? `<h1>${escape(title)}</h1>\n` : '';
  return `<!doctype html>
<html lang="en" data-color-mode="${colorMode}" data-theme="dark:dark light:light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/forge/tokens.css">
<link rel="stylesheet" href="/forge/host.css">
</head>
<body data-app-origin="${escape(appOrigin)}" data-account="${escape(accountId)}" data-title="${escape(title)}">
<header><strong>Jira administration (local)</strong><button type="button" id="color">Light or dark</button></header>
<nav aria-label="Administration"><p>System</p><p>Products</p><p>Manage apps</p><p aria-current="page">${escape(title)}</p></nav>
<main>${heading}<iframe title="${escape(title)}" sandbox="${sandbox}"></iframe></main>
<div id="flags" role="status" aria-label="Messages"></div>
<dialog aria-labelledby="consent"><h2 id="consent">Allow this app to connect?</h2>
<p>The app asks to send data to:</p><ul></ul>
<form method="dialog"><button value="allow">Allow</button><button value="decline">Decline</button></form></dialog>
<script src="/forge/host.js"></script>
</body>
</html>`;
}
