/**
 * Text that comes from files, commands or other agents, marked as such: it is information, whatever it says. The
 * house rules of the prompt explain the mark. The text cannot close its own mark.
 */
export const material = (from: string, text: string): string =>
	`<material from="${from.replace(/[\s"<>]+/g, ' ').trim()}">\n${text.replaceAll('</material', '<\\/material')}\n</material>`;
