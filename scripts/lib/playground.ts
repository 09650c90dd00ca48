/** The world of the Agents Playground: one team with a channel for requests, you and five others (it wants at least so many). */
const people = ['Mari Maasikas', 'Juris Ozols', 'Anna Kask', 'Ilze Liepa', 'Tom Smith', 'Liis Tamm'];

/** A team id for trying out, where none is configured. */
export const trialTeam = '19:support-team@thread.tacv2';

function person(name: string, i: number, indent: string): string {
  const [first = '', last = ''] = name.split(' ');
  const mail = `${first.toLowerCase()}@example.com`;
  const fields = {
    name,
    userPrincipleName: mail,
    aadObjectId: `00000000-0000-0000-0000-00000000002${i}`,
    givenName: first,
  };
  const rest = Object.entries({ ...fields, surname: last, email: mail }).map(([key, value]) => `${key}: ${value}`);
  return [`id: user-id-${i}`, ...rest].join(`\n${indent}`);
}

/** @returns the text of `.m365agentsplayground.yml` */
export function playgroundFile(team = trialTeam): string {
  const [me = '', ...others] = people;
  return `version: "0.1.1"
tenantId: 00000000-0000-0000-0000-000000000001
bot:
  id: 00000000-0000-0000-0000-00000000000011
  name: CPS
currentUser:
  ${person(me, 0, '  ')}
users:
${others.map((name, i) => `  - ${person(name, i + 1, '    ')}`).join('\n')}
personalChat:
  id: personal-chat-id
groupChat:
  id: group-chat-id
  name: Group chat
team:
  id: ${team}
  name: CPS Priority support
  aadGroupId: 00000000-0000-0000-0000-000000000031
  channels:
    - id: 19:requests@thread.tacv2
      name: Requests
`;
}
