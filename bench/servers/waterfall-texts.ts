/** What the waterfall asks, and what a customer answers. */
export const stages = ['Alustan algusest', 'Taotlus on esitatud', 'Konto on olemas'] as const;
export const questions = { stage: 'Kuhu olete jõudnud?', points: 'Mitu punkti teil on?', done: 'Punkte:' };
