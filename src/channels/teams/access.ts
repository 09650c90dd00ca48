/** Who may act at the desk, and where: members of the configured team, in its channels or in person, in the configured tenant. */
import type { Activity } from 'botbuilder';
import type { Log } from '../../ops/log.ts';
import type { Person } from '../../support/ticket.ts';
import { isPersonal, teamsData } from './incoming.ts';
import type { Places } from './place.ts';
import type { Member, Roster } from './roster.ts';

export interface AccessOptions {
  roster: Roster;
  places: Places;
  log: Log;
  config: { appId: string; appTenantId: string; supportTeamId: string | undefined };
  supportLanguage: string;
}
export type Admitted = { person: Person; member: Member; team: string };
export type Denied = { denied: 'foreignTenant' | 'elsewhere' | 'notMember' | 'noTeam' | 'failed' };

export function createAccess({ roster, places, log, config, supportLanguage }: AccessOptions) {
  /** Without an app id only this machine can speak to the bot, and any team that it shows may be tried out. */
  const teamOf = (activity: Partial<Activity>) =>
    config.supportTeamId ?? places.known()?.team ?? (config.appId === '' ? teamsData(activity).team?.id : undefined);

  return async (activity: Activity): Promise<Admitted | Denied> => {
    const { from, serviceUrl, conversation } = activity;
    const tenant = teamsData(activity).tenant?.id ?? conversation.tenantId ?? '';
    if (config.appId !== '' && config.appTenantId !== '' && tenant !== config.appTenantId) {
      log('warn', 'somebody of another tenant was refused at the desk');
      return { denied: 'foreignTenant' };
    }
    const team = teamOf(activity);
    if (!team) return { denied: 'noTeam' };
    // What is shown in a channel or a group chat is shown to everybody there.
    if (!isPersonal(activity) && teamsData(activity).team?.id !== team) return { denied: 'elsewhere' };
    try {
      const member = await roster.member(serviceUrl, team, from.id);
      if (!member) {
        log('warn', 'somebody who is not in the support team was refused at the desk');
        return { denied: 'notMember' };
      }
      const language = (await places.language(from.id)) ?? supportLanguage;
      return { person: { id: from.id, name: member.name || from.name || '?', language }, member, team };
    } catch (error) {
      const { name } = (error ?? {}) as { name?: string };
      log('warn', 'the roster of the support team could not be read', { error: name });
      return { denied: 'failed' };
    }
  };
}
