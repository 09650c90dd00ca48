import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Refusal } from '../../http/refusal.ts';
import { refuseUpgrade } from '../../http/upgrade.ts';
import { errorFacts, type Log } from '../../ops/log.ts';
import { checkHome } from './access.ts';
import { checkOrigin, type OriginConfig } from './origins.ts';
import type { Sockets } from './sockets.ts';
import type { Tokens } from './tokens.ts';
import { readWatermark } from './transcript.ts';

const path = /^\/v3\/directline\/conversations\/([^/?]{1,300})\/stream(?:\?|$)/;

/** Takes the handshakes for stream addresses; their token lives for a minute, so that a leaked address is soon worth nothing. */
export function createStream({
  tokens,
  sockets,
  config,
  log,
}: {
  tokens: Tokens;
  sockets: Sockets;
  config: OriginConfig;
  log: Log;
}) {
  // Packing would take about 300 kB for each socket; clients have nothing to send but empty texts.
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1024 });

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer, conversation: string): Promise<void> {
    const url = new URL(request.url ?? '', 'http://server');
    const origin = checkOrigin(request, config);
    const grant = await tokens.read('stream', url.searchParams.get('t') ?? '');
    checkHome(grant, origin);
    if (grant.conversation !== conversation)
      throw new Refusal(403, 'TokenRefused', 'The token belongs to another conversation.');
    const after = readWatermark(url.searchParams.get('watermark'));
    server.handleUpgrade(request, socket, head, (webSocket) => sockets.attach(webSocket, conversation, after));
  }

  return (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
    const [, conversation] = path.exec(request.url ?? '') ?? [];
    if (conversation === undefined) return false;
    admit(request, socket, head, conversation).catch((error: unknown) => {
      if (error instanceof Refusal) return refuseUpgrade(socket, error);
      log('error', 'a stream could not be opened', errorFacts(error));
      socket.destroy();
    });
    return true;
  };
}
