import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const [contentType = '', body] = process.argv.slice(2);
const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => response.setHeader('content-type', contentType).end(body));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
