import { SOCKET_OBSTACLES, type SocketObstacle } from '../domain/failure.ts';
import { errnoOf } from '../vault/files/errno.ts';

export function obstacleOf(error: unknown): SocketObstacle {
  const code = errnoOf(error);
  return SOCKET_OBSTACLES.find((each) => each === code) ?? 'unforeseen';
}
