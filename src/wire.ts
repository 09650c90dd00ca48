/** Wires everything and starts it; nothing else does. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { initiationSender } from './bot/hub.ts';
import { messagesRoute } from './bot/messages-route.ts';
import { startOutbox } from './bot/outbox.ts';
import { createQueues } from './bot/queues.ts';
import { replySender } from './bot/send-reply.ts';
import { createTurns, type TurnTools } from './bot/turn.ts';
import { azureDirectLineRoutes } from './channels/directline/azure.ts';
import { directLineRoutes } from './channels/directline/routes.ts';
import { createTeamsDesk } from './channels/teams/index.ts';
import { createPlaces } from './channels/teams/place.ts';
import { webRoutes } from './channels/web/routes.ts';
import { ConfigError, loadConfig } from './config.ts';
import { loadTexts, localesFolder } from './language/texts.ts';
import { MODEL_FILE, openUnderstanding } from './language/understand/files.ts';
import { backupRoutes } from './ops/backup.ts';
import { createDataDesk } from './ops/data-desk.ts';
import { dataRoutes } from './ops/data-routes.ts';
import { createEraser } from './ops/erasure.ts';
import { insightRoutes } from './ops/insight/route.ts';
import { logLibraries } from './ops/library-output.ts';
import { createLog, errorFacts } from './ops/log.ts';
import { createOperation } from './ops/operation.ts';
import { standardOutput } from './ops/standard-output.ts';
import { unknownRoutes } from './ops/unknown.ts';
import { createServer } from './server.ts';
import { openStore } from './store/open.ts';
import { StoreUnavailable } from './store/port.ts';
import { mailSender } from './support/send-mail.ts';
import { requestMailSender } from './support/send-request.ts';

async function start(): Promise<void> {
  const config = await loadConfig();
  const now = Date.now;
  const log = createLog({ level: config.logLevel, to: standardOutput(), now });
  for (const reason of config.warnings) log('warn', 'the configuration has a gap', { reason });
  const texts = loadTexts();
  const understanding = once(() =>
    openUnderstanding({ localesDir: localesFolder, modelPath: join(import.meta.dirname, '..', MODEL_FILE) }),
  );
  const store = await openStore(config, (reason) => log('warn', 'the store warns', { reason }));
  const places = createPlaces(store);
  await places.read();
  let openSockets = () => 0;
  let endSocket: (conversation: string) => void = () => undefined;
  const inOrder = createQueues();
  const mailFolder = join(config.dataDir, 'mail');
  const mail = mailSender({ smtpUrl: config.smtpUrl, from: config.mailFrom, folder: mailFolder });
  const { reasons } = mail;
  const support = () => ({ teamId: config.supportTeamId, email: config.supportEmail, desk: places.known() });
  const operation = createOperation({ store, config, log, now, reasons, support, openSockets: () => openSockets() });
  const tools: TurnTools = {
    store,
    texts,
    understand: (text, language) => understanding().understand(text, language),
    settings: {
      get reachable() {
        return Boolean(config.supportEmail || this.desk);
      },
      get desk() {
        const place = places.known();
        return place !== undefined && !place.stopped;
      },
      supportEmail: config.supportEmail,
      unclaimedAfter: config.supportUnclaimedAfter,
      unreadAfter: config.supportUnreadAfter,
      supportLanguage: texts.languages.includes(config.supportLanguage) ? config.supportLanguage : 'en',
      support: {
        hours: config.supportHours,
        timeZone: config.supportTimezone,
        country: config.supportCountry,
        replyWithin: config.supportReplyWithin,
      },
      faqUrl: config.faqUrl,
      privacyUrl: config.privacyUrl,
      dataController: config.dataController,
      retentionDays: config.retentionDays,
      tierThresholds: config.tierThresholds,
    },
    now,
    random: randomBytes,
    onTurn: operation.onTurn,
    onError(error) {
      operation.onFailure();
      log('error', 'the core failed', errorFacts(error));
    },
    inOrder,
  };
  const turns = createTurns(tools);
  const openDoor = once(async () =>
    (await import('./bot/door.ts')).createDoor({ config, turns, now, desk: teams.desk }),
  );
  const connect = async (serviceUrl: string) => (await openDoor()).connect(serviceUrl);
  const teams = createTeamsDesk({ tools, places, config, connect, log });
  // Another process may have set the desk up, or found it closed.
  setInterval(() => places.read().catch(() => undefined), 30_000).unref();
  const reply = replySender({ open: openDoor, appId: config.appId });
  const alone = config.store === 'lowdb';
  const erase = createEraser({
    ...{ store, now, inOrder, mailFolder, alone },
    settled: () => outbox.settled('erase'),
    forget(conversation) {
      turns.forget(conversation);
      endSocket(conversation);
    },
  });
  const outbox = startOutbox({
    store,
    alone,
    senders: {
      mail,
      erase,
      request: requestMailSender({ store, texts, supportLanguage: tools.settings.supportLanguage, mail }),
      reply,
      handoff: initiationSender(store, reply),
      ...teams.senders,
    },
    now,
    random: Math.random,
    onSettled(row, sent) {
      operation.onSettled(row, sent);
      const reason = sent.result === 'done' ? undefined : sent.reason;
      log('info', 'outbox row settled', { id: row.id, attempts: row.attempts, result: sent.result, reason });
      teams.settled(row, sent);
    },
  });
  const messages = messagesRoute({ config, log, now, open: openDoor });
  const directLine = {
    embedded() {
      const { takeExport } = turns;
      const embedded = directLineRoutes({ config, turns, store, log, now, takeExport, random: randomBytes });
      openSockets = embedded.openSockets;
      endSocket = embedded.ended;
      return [embedded];
    },
    azure: () => [azureDirectLineRoutes({ config, log, now })],
    off: () => [],
  }[config.directLine]();
  const server = createServer({
    config,
    routes: [
      webRoutes({ config, texts }),
      ...directLine,
      messages,
      unknownRoutes({ store, operatorToken: config.operatorToken }),
      insightRoutes({ store, texts, config, now }),
      operation.routes,
      backupRoutes({ store, dataDir: config.dataDir, operatorToken: config.operatorToken }),
      dataRoutes({ desk: createDataDesk({ store, now, random: randomBytes }), operatorToken: config.operatorToken }),
    ],
    ready: operation.ready,
    warnings: operation.warnings,
    log,
  });
  const { url } = await server.listen();
  const mailsTo = config.supportEmail
    ? `to ${config.smtpUrl ? 'the mail server of SMTP_URL' : mailFolder}`
    : 'nowhere: SUPPORT_EMAIL is not set';
  console.log(
    [
      '',
      `  Website with the chat   ${url}/`,
      `  Agents' desk            ${url}/api/messages (to try it without Teams: npm run teams)`,
      `  Requests to support     ${mailsTo}`,
      '  Stop with Ctrl+C',
      '',
    ].join('\n'),
  );
  logLibraries({ log, console, process, exit: process.exit });
  // After the first health check can be answered, before the first message comes.
  setImmediate(() => {
    understanding();
    operation.start();
    messages
      .warm()
      .catch((error: unknown) => log('error', 'the Bot Framework SDK could not be loaded', errorFacts(error)));
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    operation.stop();
    await server.close();
    await outbox.stop();
    await store.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

start().catch((error: unknown) => {
  // What an operator has to mend is said in a sentence; only what nobody expected shows where it came from.
  const expected = error instanceof ConfigError || error instanceof StoreUnavailable;
  const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(inUse ? 'PORT is taken by another process: set PORT to a free one.' : expected ? error.message : error);
  // EX_CONFIG of sysexits.h: to be started again would not help (deploy/cps-support-bot.service).
  process.exit(error instanceof ConfigError ? 78 : 1);
});
