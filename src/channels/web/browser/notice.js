/** Where it is said what goes wrong: over the chat when it cannot be used, above it when it may recover by itself. */

const cover = document.getElementById('notice');
const strip = document.getElementById('trouble');

/** @param {{ sentence: string, address: string }} contact a sentence with {{address}} in it */
function contactLine({ sentence, address }) {
  const link = document.createElement('a');
  link.href = `mailto:${address}`;
  // The policy of the website around the frame may forbid such an address in a frame.
  link.target = '_top';
  link.textContent = address;
  const line = document.createElement('p');
  const [before = '', after = ''] = sentence.split('{{address}}');
  line.append(before, link, after);
  return line;
}

function fill(place, { sentence, wayOn, contact }) {
  const line = document.createElement('p');
  line.textContent = sentence;
  place.replaceChildren(line, ...(contact ? [contactLine(contact)] : []));
  if (!wayOn) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = wayOn.label;
  button.addEventListener('click', wayOn.act);
  place.append(button);
}

/**
 * @typedef {{ sentence: string, wayOn?: { label: string, act(): void }, contact?: { sentence: string, address: string } }} Notice
 * @param {Notice} notice
 */
export function showNotice(notice) {
  fill(cover, notice);
  cover.hidden = false;
}

export function hideNotice() {
  cover.hidden = true;
}

/** @param {Notice | undefined} notice undefined: all is well again */
export function showTrouble(notice) {
  if (notice) fill(strip, notice);
  else strip.replaceChildren();
}
