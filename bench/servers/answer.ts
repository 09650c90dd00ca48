/** What servers without a bot answer: one activity of an usual size. */
export const answerTo = (activity: { text?: string }) => ({
  activities: [
    {
      type: 'message',
      text: `Echo: ${activity.text}`,
      textFormat: 'markdown',
      locale: 'et',
      inputHint: 'expectingInput',
      suggestedActions: {
        to: [],
        actions: ['Jah', 'Ei', 'Tagasi', 'Korda', 'Alusta otsast'].map((title) => ({
          type: 'imBack',
          title,
          value: title,
        })),
      },
      channelData: { support: { language: 'et', flow: 'register', node: 'authorised' } },
    },
  ],
});
