/** A dialog of three steps, put together as in the SDK's sample 05.multi-turn-prompt: restify, CloudAdapter, MemoryStorage. */
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  type TurnContext,
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
import { questions, stages } from './waterfall-texts.ts';

const storage = new MemoryStorage();
const conversationState = new ConversationState(storage);
const userState = new UserState(storage);
const dialogState = conversationState.createProperty('DialogState');

class RegisterDialog extends ComponentDialog {
  constructor() {
    super('register');
    this.addDialog(new ChoicePrompt('choice'));
    this.addDialog(new NumberPrompt('number'));
    this.addDialog(
      new WaterfallDialog('steps', [
        (step) => step.prompt('choice', { prompt: questions.stage, choices: ChoiceFactory.toChoices([...stages]) }),
        (step) => step.prompt('number', questions.points),
        async (step) => {
          await step.context.sendActivity(`${questions.done} ${step.result}`);
          return step.endDialog();
        },
      ]),
    );
    this.initialDialogId = 'steps';
  }

  async answer(context: TurnContext): Promise<void> {
    const dialogs = new DialogSet(dialogState);
    dialogs.add(this);
    const dialog = await dialogs.createContext(context);
    const { status } = await dialog.continueDialog();
    if (status === DialogTurnStatus.empty) await dialog.beginDialog(this.id);
  }
}

class DialogBot extends ActivityHandler {
  constructor(dialog: RegisterDialog) {
    super();
    this.onMessage(async (context, next) => {
      await dialog.answer(context);
      await next();
    });
  }

  override async run(context: TurnContext): Promise<void> {
    await super.run(context);
    await conversationState.saveChanges(context, false);
    await userState.saveChanges(context, false);
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const bot = new DialogBot(new RegisterDialog());
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => announce(server));
