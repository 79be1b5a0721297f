import type { Socket } from 'node:net';

/**
 * Waits for what `begin` calls back with. Where the socket fails, closes or the signal comes first it is destroyed.
 *
 * @throws the socket's error, an ECONNRESET where it closed without one, the signal's reason, or what `begin` reports
 */
export async function awaitSocket<T>(
  socket: Socket,
  signal: AbortSignal,
  begin: (done: (result: T) => void, failed: (error: unknown) => void) => void,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onClose = () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
  const onAbort = () => reject(signal.reason as Error);
  socket.on('error', reject);
  socket.on('close', onClose);
  signal.addEventListener('abort', onAbort);
  try {
    signal.throwIfAborted();
    begin(resolve, reject);
    return await promise;
  } catch (error) {
    // Whatever it still has to say comes too late.
    socket.on('error', () => undefined);
    socket.destroy();
    throw error;
  } finally {
    socket.off('error', reject);
    socket.off('close', onClose);
    signal.removeEventListener('abort', onAbort);
  }
}
