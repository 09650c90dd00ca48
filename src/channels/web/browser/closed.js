import { connectHost } from './host.js';

/** The frame of a chat that is closed: nothing but what the website around it has to know. */
const host = connectHost(JSON.parse(document.getElementById('settings').textContent).host);
document.getElementById('close')?.addEventListener('click', () => host.tell('close'));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') host.tell('close');
});
host.on('opened', (byVisitor) => byVisitor && document.querySelector('h1').focus());
host.tell('ready');
