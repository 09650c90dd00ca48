/** Where the desk stands, who may have put the bot there, and in which language each agent reads. */
import { z } from 'zod';
import { storeId } from '../../bot/store-id.ts';
import type { DocKey, Json, Store } from '../../store/port.ts';
import { retrying } from '../../store/retrying.ts';

const placeSchema = z.object({
  serviceUrl: z.string(),
  tenant: z.string().optional(),
  team: z.string(),
  channel: z.string(),
  bot: z.object({ id: z.string(), name: z.string().optional() }),
  setBy: z.string(),
  at: z.number(),
  /** Teams does not let the bot in any more: requests go by mail until the desk is set up again. */
  stopped: z.object({ at: z.number(), reason: z.string() }).optional(),
});
export type Place = z.output<typeof placeSchema>;

const placeKey: DocKey = 'desk/main';
const installerKey: DocKey = 'desk/installer';
const agentKey = (id: string): DocKey => `agent/${storeId(id)}`;

export interface Places {
  /** As last read; refreshed by every call of `read`, and by `refresh` for what another instance wrote. */
  known(): Place | undefined;
  read(): Promise<Place | undefined>;
  write(place: Place): Promise<void>;
  stop(reason: string, now: number): Promise<void>;
  /** Takes over a changed service address; it comes from authenticated traffic only. */
  moved(serviceUrl: string): Promise<void>;
  installer(): Promise<string | undefined>;
  installed(by: string): Promise<void>;
  language(agent: string): Promise<string | undefined>;
  setLanguage(agent: string, language: string): Promise<void>;
}

export function createPlaces(store: Pick<Store, 'read' | 'commit'>): Places {
  let last: Place | undefined;

  const readDoc = async (key: DocKey) => (await store.read([key]))[0]!;
  /** Whoever wrote in between is overwritten: these are settings, and the last word counts. */
  async function put(key: DocKey, value: Json): Promise<void> {
    await retrying(async () => {
      const { version } = await readDoc(key);
      await store.commit({ docs: [{ key, version, value }] });
    });
  }
  async function read(): Promise<Place | undefined> {
    const { value } = await readDoc(placeKey);
    last = value === undefined ? undefined : placeSchema.parse(value);
    return last;
  }
  const write = async (place: Place) => {
    await put(placeKey, JSON.parse(JSON.stringify(place)) as Json);
    last = place;
  };
  return {
    known: () => last,
    read,
    write,
    async stop(reason, now) {
      const place = await read();
      if (place && !place.stopped) await write({ ...place, stopped: { at: now, reason } });
    },
    async moved(serviceUrl) {
      if (!last || last.serviceUrl === serviceUrl) return;
      const place = await read();
      if (place && place.serviceUrl !== serviceUrl) await write({ ...place, serviceUrl });
    },
    async installer() {
      const { value } = await readDoc(installerKey);
      return typeof value === 'string' ? value : undefined;
    },
    installed: (by) => put(installerKey, by),
    async language(agent) {
      const { value } = await readDoc(agentKey(agent));
      return typeof value === 'string' ? value : undefined;
    },
    setLanguage: (agent, language) => put(agentKey(agent), language),
  };
}
