import type {Agent, Letter} from '../../source/domain/agent.ts';

/** What became of a message, in words. */
export const receiptWords: Readonly<Record<Letter['state'], string>> = {
	queued: 'queued',
	delivered: 'delivered',
	acted_on: 'acted on',
};

/** How long a message that was acted on is told of, ms. */
const toldMs = 120_000;

/** What became of the person's latest message; undefined when there was none lately. */
export const latestReceipt = ({mailbox, read}: Agent, now: number): string | undefined => {
	const letter = [...read, ...mailbox].findLast(({from}) => from === 'person');
	if (letter === undefined || (letter.state === 'acted_on' && now - letter.sentAt > toldMs)) return undefined;
	return `message ${receiptWords[letter.state]}`;
};
