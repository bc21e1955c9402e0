import type {Notice} from './ui.ts';

/** How long the second Ctrl+C may take, ms. */
const armedMs = 2000;

/** Whether a Ctrl+C follows one that soon that both together mean to leave. Both are ms since 1970. */
export const isSecond = (firstAt: number | undefined, now: number): boolean =>
	firstAt !== undefined && now - firstAt <= armedMs;

/** What is said after the first. */
export const onceMore = (now: number): Notice => ({
	tone: 'info',
	text: 'Press Ctrl+C once more to leave at once.',
	until: {kind: 'time', at: now + armedMs},
});
