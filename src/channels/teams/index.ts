/** The agents' desk in Teams, put together. */
import type { ConnectorClient } from 'botframework-connector';
import { createDeskTurns } from '../../bot/desk-turns.ts';
import { reminderSender } from '../../bot/reminders.ts';
import type { Desk } from '../../bot/support-bot.ts';
import type { TurnTools } from '../../bot/turn.ts';
import type { Config } from '../../config.ts';
import { errorFacts, type Log } from '../../ops/log.ts';
import type { OutboxRow } from '../../store/port.ts';
import type { Sender, Sent } from '../../support/sender.ts';
import { createDeskBot } from './desk-bot.ts';
import { emptySender } from './empty.ts';
import type { Places } from './place.ts';
import { createRoster } from './roster.ts';
import { createSeal } from './seal.ts';
import { teamsSenders } from './send.ts';
import { settle } from './settle.ts';
import { createViews } from './views.ts';

export interface TeamsOptions {
  tools: TurnTools;
  places: Places;
  config: Pick<Config, 'appId' | 'appTenantId' | 'supportTeamId' | 'tokenSecret' | 'supportTimezone'>;
  connect(serviceUrl: string): Promise<ConnectorClient>;
  log: Log;
  /** Milliseconds until a service that does not answer is given up. */
  patience?: number;
}

export interface TeamsDesk {
  desk: Desk;
  /** By the kind of outbox row. */
  senders: Readonly<Record<string, Sender>>;
  /** To be told what became of each row. */
  settled(row: OutboxRow, sent: Sent): Promise<void>;
}

export function createTeamsDesk({ tools, places, config, connect, log, patience }: TeamsOptions): TeamsDesk {
  const { store, texts, settings, now } = tools;
  const { supportEmail, supportLanguage } = settings;
  const turns = createDeskTurns(tools);
  const seal = createSeal(config.tokenSecret);
  const roster = createRoster(connect, now);
  const views = createViews({ texts, seal, roster, settings, timeZone: config.supportTimezone, now });
  const common = { store, turns, places, views, log, now };
  return {
    desk: createDeskBot({ ...common, roster, seal, texts, config, supportLanguage }),
    senders: {
      ...teamsSenders({ ...common, connect, patience, settings }),
      'teams-empty': emptySender({ places, views, connect, supportLanguage, now, patience }),
      remind: reminderSender({ store, turns, texts, settings: { supportEmail, supportLanguage }, now }),
    },
    settled: (row, sent) =>
      settle(row, sent, { turns, store, now }).catch((error: unknown) =>
        log('warn', 'what became of a message could not be noted', errorFacts(error)),
      ),
  };
}
