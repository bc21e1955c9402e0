import type {Notice} from './ui.ts';

/** What was typed and left is not lost. `again`: what leads back to it. */
export const keptNotice = (again: string): Notice => ({tone: 'info', text: `What you entered is kept: ${again}.`});

export const isBackNotice: Notice = {tone: 'info', text: 'What you entered before stands here again.'};
