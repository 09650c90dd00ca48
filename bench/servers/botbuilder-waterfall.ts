/** A dialog of three steps as the SDK's sample 05.multi-turn-prompt has it: restify, CloudAdapter, MemoryStorage. */
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  UserState,
} from 'botbuilder';
import {
  ChoiceFactory,
  ChoicePrompt,
  ComponentDialog,
  DialogSet,
  DialogTurnStatus,
  NumberPrompt,
  WaterfallDialog,
} from 'botbuilder-dialogs';
import restify from 'restify';
import { announce } from './announce.ts';

const choices = ChoiceFactory.toChoices(['Alustan algusest', 'Taotlus on esitatud', 'Konto on olemas']);

class RegisterDialog extends ComponentDialog {
  constructor() {
    super('register');
    this.addDialog(new ChoicePrompt('choice'));
    this.addDialog(new NumberPrompt('number'));
    this.addDialog(
      new WaterfallDialog('steps', [
        (step) => step.prompt('choice', { prompt: 'Kuhu olete jõudnud?', choices }),
        (step) => step.prompt('number', 'Mitu punkti teil on?'),
        async (step) => {
          await step.context.sendActivity(`Punkte: ${step.result}`);
          return step.endDialog();
        },
      ]),
    );
    this.initialDialogId = 'steps';
  }
}

const storage = new MemoryStorage();
const conversationState = new ConversationState(storage);
const userState = new UserState(storage);
const dialogState = conversationState.createProperty('DialogState');

class DialogBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      const dialogs = new DialogSet(dialogState);
      dialogs.add(new RegisterDialog());
      const dialogContext = await dialogs.createContext(context);
      const { status } = await dialogContext.continueDialog();
      if (status === DialogTurnStatus.empty) await dialogContext.beginDialog('register');
      await next();
    });
    this.onDialog(async (context, next) => {
      await conversationState.saveChanges(context, false);
      await userState.saveChanges(context, false);
      await next();
    });
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new DialogBot();
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => announce(server));
