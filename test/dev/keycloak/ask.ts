/** An answer in full; `json` is undefined when the text is none. */
export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly json: unknown;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), text, json: parsed(text) };
}

export function askToken(url: string, realm: string, form: Readonly<Record<string, string>>): Promise<Answer> {
  const body = new URLSearchParams(form);
  return ask(`${url}/realms/${realm}/protocol/openid-connect/token`, { method: 'POST', body });
}

/** Asks for a token as a client and reads below `/admin/realms/` with it. */
export async function askAs(
  url: string,
  realm: string,
  clientId: string,
  secret: string,
  path: string,
): Promise<Answer> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
  const { json } = await askToken(url, realm, form);
  const token = typeof json === 'object' && json !== null && 'access_token' in json ? String(json.access_token) : '';
  return ask(`${url}/admin/realms/${path}`, { headers: { authorization: `Bearer ${token}` } });
}
