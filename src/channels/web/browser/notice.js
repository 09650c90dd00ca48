/** The one place for what goes wrong: it covers the chat, says so in a sentence and offers one way on. */

const notice = document.getElementById('notice');

/** @param {string} sentence @param {{ label: string, act(): void }} [wayOn] */
export function showNotice(sentence, wayOn) {
  const line = document.createElement('p');
  line.textContent = sentence;
  notice.replaceChildren(line);
  if (wayOn) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = wayOn.label;
    button.addEventListener('click', wayOn.act);
    notice.append(button);
  }
  notice.hidden = false;
}

export function hideNotice() {
  notice.hidden = true;
}
