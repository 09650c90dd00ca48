import { type ConnectorClient, ConnectorFactory } from 'botframework-connector';
import { createBounded } from './bounded.ts';

/** What is reached of a connector's pipeline, which the SDK keeps to itself. */
interface Pipeline {
  removePolicy(options: { name: string }): unknown;
  addPolicy(policy: {
    name: string;
    sendRequest<R>(request: { timeout: number }, next: (request: { timeout: number }) => Promise<R>): Promise<R>;
  }): void;
}

/** Milliseconds for one request to a channel; they answer in well under one second. */
const patience = 15_000;

/**
 * Connectors that go to allowed hosts only, are built once for each address, end a request that hangs, and send it once:
 * the SDK's own repeats every POST up to three times, which a customer sees as the same message up to four times.
 * @param allows which service addresses may get the bot's token
 */
export function guardedConnectors(inner: ConnectorFactory, allows: (serviceUrl: string) => boolean): ConnectorFactory {
  const built = createBounded<Promise<ConnectorClient>>(200);
  return new (class extends ConnectorFactory {
    override async create(serviceUrl: string, audience?: string): Promise<ConnectorClient> {
      if (!allows(serviceUrl))
        throw Object.assign(new Error('the service address is not one of Microsoft’s channels: nothing was sent'), {
          name: 'HostRefused',
        });
      const key = `${audience} ${serviceUrl}`;
      const client = built.get(key) ?? inner.create(serviceUrl, audience).then(tamed);
      built.set(key, client);
      client.catch(() => built.delete(key));
      return client;
    }
  })();
}

function tamed(connector: ConnectorClient): ConnectorClient {
  const { pipeline } = (connector as unknown as { client: { pipeline: Pipeline } }).client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.addPolicy({
    name: 'patience',
    sendRequest(request, next) {
      request.timeout = patience;
      return next(request);
    },
  });
  return connector;
}
