import type { Texts } from '../language/texts.ts';
import type { Json, Store } from '../store/port.ts';
import type { RequestPayload } from './desk-rows.ts';
import { requestMail } from './mail.ts';
import type { Sender } from './sender.ts';
import { readTicket } from './ticket.ts';
import { readTalk } from './transcript.ts';

export interface RequestMailTools {
  store: Pick<Store, 'read' | 'lines'>;
  texts: Texts;
  /** BCP 47 primary tag, one of the offered languages. */
  supportLanguage: string;
  /** Sends rows of the kind `mail`. */
  mail: Sender;
}

/** Sender of `request`: tells support of a request, with its ledger and the talk. One that was erased meanwhile is not told of. */
export function requestMailSender({ store, texts, supportLanguage, mail }: RequestMailTools): Sender {
  return {
    repeatable: true,
    async send(row) {
      const { ticket: id, to, upTo } = row.payload as unknown as RequestPayload;
      const [doc] = await store.read([`ticket/${id}`]);
      if (!doc?.value) return { result: 'done' };
      const { request, conversation } = readTicket(doc.value);
      const talk = await readTalk(store, conversation, upTo);
      const payload: Json = { ...requestMail(request, to, talk, supportLanguage, texts) };
      return mail.send({ ...row, payload });
    },
  };
}
