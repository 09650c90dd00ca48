/** restify that parses an activity and answers one: what is under every bot here. */
import restify from 'restify';
import { announce } from './announce.ts';
import { answerTo } from './answer.ts';

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', (request, response, next) => {
  response.send(200, answerTo(request.body));
  next();
});
server.listen(0, '127.0.0.1', () => announce(server));
