/** Calls the API as one person. */
export interface ApiClient {
  token: string;
  /** @throws Error with the answer's status and text when it is no success */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  delete(path: string): Promise<void>;
}

export function apiClient(httpUrl: string, token: string): ApiClient {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${httpUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text || '{}') as T;
  }
  return {
    token,
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    delete: (path) => call('DELETE', path),
  };
}

/** Makes the first administrator of a new server, and signs in. */
export async function setUp(httpUrl: string): Promise<ApiClient> {
  const { token } = await apiClient(httpUrl, '').post<{ token: string }>('/api/v1/setup', {
    admin: { name: 'Ada', email: 'ada@example.org', password: 'a-long-passphrase-1' },
    org_info: { org_name: 'Example' },
  });
  return apiClient(httpUrl, token);
}
