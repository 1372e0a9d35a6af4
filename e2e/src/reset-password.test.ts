import { expect, onTestFinished, test } from 'vitest';
import { setUp } from './api-client.ts';
import { flotilla } from './flotilla.ts';
import { startServer } from './running-server.ts';

test('an administrator who is alone and forgot the password sets a new one with a link of the command line', async () => {
  const server = await startServer();
  onTestFinished(() => server.stop());
  const api = await setUp(server.httpUrl);
  const { user } = await api.get<{ user: { email: string } }>('/api/v1/fleet/me');
  const link = await flotilla(server.environment, 'reset-password', user.email.toUpperCase());
  const token = link.trim().split('/login/reset#')[1];
  const password = 'another-Passw0rd-of-theirs!';
  const post = (path: string, body: object) =>
    fetch(`${server.httpUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const reset = { new_password: password, new_password_confirmation: password, password_reset_token: token };
  expect((await post('/api/v1/fleet/reset_password', reset)).status).toBe(200);
  expect((await post('/api/v1/fleet/login', { email: user.email, password })).status).toBe(200);
  expect((await post('/api/v1/fleet/reset_password', reset)).status).toBe(401);
  await expect(flotilla(server.environment, 'reset-password', 'nobody@example.com')).rejects.toThrow(
    'Nobody has the address nobody@example.com',
  );
});
