import { request } from 'node:http';
import { FailureError, type SocketObstacle } from '../domain/failure.ts';
import { MINUTE, SECOND } from '../domain/instant.ts';
import { errnoOf } from '../vault/files/errno.ts';
import { obstacleOf } from './obstacle.ts';
import { isTooLong } from './socket-path.ts';

/** A person may be asked, and then the service. */
const PATIENCE = 2 * MINUTE;
/** For a mere look at who is there. */
const SHORT_PATIENCE = 5 * SECOND;
const LARGEST_ANSWER = 1024 * 1024;

export interface AgentAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks the agent at a socket; nothing else is touched.
 *
 * @param target path and query
 * @throws FailureError `agent-unreachable`
 */
export async function askAgent(path: string, target: string): Promise<AgentAnswer> {
  if (isTooLong(path, process.platform)) throw unreachable(path, 'path-too-long');
  let answer: Answer;
  try {
    answer = await get(path, target, PATIENCE);
  } catch (error) {
    throw unreachable(path, obstacleOf(error));
  }
  try {
    if (answer.server?.startsWith('Latchkey/') !== true) throw new Error('not ours');
    return { status: answer.status, body: JSON.parse(answer.text) as unknown };
  } catch {
    throw unreachable(path, 'not-an-agent');
  }
}

function unreachable(path: string, reason: SocketObstacle): FailureError {
  return new FailureError({ code: 'agent-unreachable', path, reason });
}

/** Who is at the other end of a socket that lies there. */
export type WhoServes =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'agent'; readonly name: string }
  | { readonly kind: 'other'; readonly reason: SocketObstacle };

export async function whoServes(path: string): Promise<WhoServes> {
  try {
    const { server } = await get(path, '/v1/status', SHORT_PATIENCE);
    const [, name] = /^Latchkey\/\S+ \((.+)\)$/.exec(server ?? '') ?? [];
    return name === undefined ? { kind: 'other', reason: 'not-an-agent' } : { kind: 'agent', name };
  } catch (error) {
    switch (errnoOf(error)) {
      case 'ECONNREFUSED':
      case 'ENOENT':
        return { kind: 'nobody' };
      case 'EACCES':
        return { kind: 'other', reason: 'EACCES' };
      case 'no-answer':
      case 'EAGAIN': // So many wait there that the kernel takes no more.
        return { kind: 'other', reason: 'no-answer' };
      default:
        return { kind: 'other', reason: 'not-an-agent' };
    }
  }
}

interface Answer {
  readonly status: number;
  readonly server: string | undefined;
  readonly text: string;
}

function get(socketPath: string, target: string, patience: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: target, agent: false, headers: { Host: 'localhost' } });
    const timer = setTimeout(
      () => asked.destroy(Object.assign(new Error('no answer in time'), { code: 'no-answer' })),
      patience,
    );
    asked.once('close', () => clearTimeout(timer));
    asked.once('error', reject);
    asked.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > LARGEST_ANSWER) asked.destroy(new Error('too large'));
        else chunks.push(chunk);
      });
      response.once('error', reject);
      response.once('end', () => {
        const { statusCode: status = 0, headers } = response;
        const server = [headers['server']].flat()[0];
        resolve({ status, server, text: Buffer.concat(chunks).toString() });
      });
    });
    asked.end();
  });
}
