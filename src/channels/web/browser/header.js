/** The bar above the chat: its language and the commands that a customer could also type. */

/**
 * @param {{ texts: Record<string, any>, onCommand(name: string): void, onLanguage(language: string): void }} options
 * @returns {{ enable(): void, show(language: string): void }}
 */
export function createHeader({ texts, onCommand, onLanguage }) {
  const choice = /** @type {HTMLSelectElement} */ (document.getElementById('language'));
  const buttons = [...document.querySelectorAll('button[data-command]')];
  for (const button of buttons) button.addEventListener('click', () => onCommand(button.dataset.command));
  let shown = document.documentElement.lang;
  choice.addEventListener('change', () => {
    const wanted = choice.value;
    // The bot decides: the choice shows its language until it answers in the new one.
    choice.value = shown;
    onLanguage(wanted);
  });

  return {
    enable() {
      for (const control of [choice, ...buttons]) control.disabled = false;
    },
    show(language) {
      shown = language;
      const { frame } = texts[language];
      document.documentElement.lang = language;
      document.title = frame.pageTitle;
      choice.value = language;
      for (const place of document.querySelectorAll('[data-text]')) place.textContent = frame[place.dataset.text];
      for (const place of document.querySelectorAll('[data-label]')) {
        place.setAttribute('aria-label', frame[place.dataset.label]);
        if (place.hasAttribute('title')) place.title = frame[place.dataset.label];
      }
    },
  };
}
