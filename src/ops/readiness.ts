/** Whether this process should be given work, in sentences that say what to do. */
import type { Store } from '../store/port.ts';
import type { OutboxLook } from './outbox-watch.ts';

export interface Readiness {
  /** Why not; empty: it can serve. */
  reasons: string[];
  /** Wants somebody's attention, but keeps nobody from being served. */
  warnings: string[];
}

export interface Disk {
  /** Bytes left for this process. */
  free: number;
  path: string;
}

/** Who hears of a request. */
export interface SupportLook {
  teamId: string | undefined;
  email: string | undefined;
  /** As it was set up in Teams; `stopped`: Teams does not let the bot in any more. */
  desk: { stopped?: { reason: string } | undefined } | undefined;
}

const lateAfterSeconds = 15 * 60;
/** The journal of the embedded store alone may take 64 MB. */
const leastBytes = 256 * 2 ** 20;
const fewBytes = 2 ** 30;

const megabytes = (bytes: number) => `${Math.floor(bytes / 2 ** 20)} MB`;
const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

/** @param disk of the data folder; undefined when it cannot be told */
export async function readinessOf({
  status,
  outbox,
  disk,
  support,
}: {
  status: ReturnType<Store['status']>;
  outbox: () => Promise<OutboxLook>;
  disk: () => Promise<Disk | undefined>;
  support?: SupportLook | undefined;
}): Promise<Readiness> {
  const reasons: string[] = [];
  const warnings: string[] = support ? unheard(support) : [];
  if (!status.ok) reasons.push(`The store cannot be written: ${status.reason}`);
  // Whoever it is about is told to try again; all others are served.
  warnings.push(...(status.damaged ?? []));
  const [look, left] = await Promise.all([outbox().catch(() => undefined), disk().catch(() => undefined)]);
  if (!look && status.ok) reasons.push('The outbox cannot be read: see the log for what the store says.');
  if (look) readOutbox(look, reasons, warnings);
  if (left && left.free < leastBytes) {
    reasons.push(`Only ${megabytes(left.free)} are left on the disk of ${left.path}: make room, or move DATA_DIR.`);
  } else if (left && left.free < fewBytes) {
    warnings.push(`${megabytes(left.free)} are left on the disk of ${left.path}: make room soon.`);
  }
  return { reasons, warnings };
}

function unheard({ teamId, email, desk }: SupportLook): string[] {
  const waiting = email ? '' : '; SUPPORT_EMAIL is empty, so requests wait until then and customers are told so';
  if (desk?.stopped) {
    const { reason } = desk.stopped;
    return [`Teams refuses the bot (${reason}): add it to the team again, then set up the desk${waiting}.`];
  }
  if (desk || email || !teamId) return [];
  return [
    'No agents’ desk is set up yet and SUPPORT_EMAIL is empty: requests are kept, reach nobody, and customers are told so. Write "@CPS set up desk" in the channel of the support team (docs/teams.md), or set SUPPORT_EMAIL.',
  ];
}

function readOutbox(look: OutboxLook, reasons: string[], warnings: string[]): void {
  if (look.oldestSeconds > lateAfterSeconds) {
    const minutes = Math.floor(look.oldestSeconds / 60);
    reasons.push(
      `${rows(look.late)} of the outbox could not be sent, the oldest for ${minutes} minutes: see "outbox row settled" in the log and whether the mail server and the Bot Framework answer.`,
    );
  }
  if (look.uncertain > 0) {
    warnings.push(
      `${rows(look.uncertain)} of the outbox may or may not have arrived: ask those concerned, nothing is sent twice by itself.`,
    );
  }
  if (look.parked > 0) {
    warnings.push(
      `${rows(look.parked)} of the outbox were refused for good: see "outbox row settled" with result park in the log.`,
    );
  }
}
