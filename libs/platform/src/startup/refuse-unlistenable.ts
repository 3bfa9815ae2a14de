import type { ServerEnvironment } from '../configuration/server-environment.js';
import { refuseStart } from './refuse-start.js';

/** Ends the process where the error says that it cannot listen on its address; of other errors it knows nothing. */
export function refuseUnlistenable(error: unknown, { HOST, PORT }: Pick<ServerEnvironment, 'HOST' | 'PORT'>): void {
  const { code, syscall, hostname } = error as NodeJS.ErrnoException & { readonly hostname?: string };
  // An engine's host may be unknown as well.
  const isUnknownHost = syscall === 'getaddrinfo' && hostname === HOST;
  if (syscall !== 'listen' && !isUnknownHost) return;
  const setting = code === 'EADDRINUSE' || code === 'EACCES' ? 'PORT' : 'HOST';
  refuseStart([`It cannot listen on ${HOST}:${PORT} (${code ?? syscall}). Choose another ${setting}.`]);
}
