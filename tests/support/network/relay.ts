// Program: takes connections in the namespace it runs in and passes them on by a Unix socket, which leads out of it.
// One argument, JSON: a list of `Relay`. Says "ready".
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';

export interface Relay {
  readonly host: string;
  readonly port: number;
  /** Files, where TLS ends here. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Answers by UDP, as a name server, that there is no such name. */
  readonly isNameServer?: true;
  /** The Unix socket; without it every request gets a page of a portal: 200, HTML. */
  readonly to?: string;
}

const PORTAL = '<!doctype html><title>Welcome</title><p>Please accept our terms.';

function listen({ host, port, tls, to, isNameServer }: Relay): Promise<void> {
  if (isNameServer === true) return deny(host, port);
  const take = (socket: Socket) => {
    socket.on('error', () => undefined);
    if (to === undefined) greet(socket);
    else passOn(socket, to);
  };
  const server =
    tls === undefined
      ? createServer(take)
      : createSecureServer({ key: readFileSync(tls.key), cert: readFileSync(tls.cert) }, take);
  return new Promise((resolve) => server.listen(port, host, resolve));
}

function deny(host: string, port: number): Promise<void> {
  const server = createSocket('udp4');
  server.on('message', (query, { port: from, address }) => {
    // RFC 1035 section 4.1.1: the query as it came, as an answer (QR, RA) with the code for "no such name".
    query.writeUInt16BE(0x81_83, 2);
    server.send(query, from, address);
  });
  return new Promise((resolve) => server.bind(port, host, resolve));
}

function greet(socket: Socket): void {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${PORTAL.length}\r\n\r\n`;
  socket.on('data', () => socket.end(head + PORTAL));
}

function passOn(socket: Socket, to: string): void {
  const onward = connect(to);
  onward.on('error', () => socket.destroy());
  socket.on('close', () => onward.destroy());
  onward.on('close', () => socket.destroy());
  socket.pipe(onward).pipe(socket);
}

await Promise.all((JSON.parse(process.argv[2] ?? '') as readonly Relay[]).map(listen));
console.log('ready');
