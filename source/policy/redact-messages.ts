import type {Message} from '../domain/decide.ts';
import type {Redactor} from './redact.ts';

/**
 * A message to the engine without secrets. The settings of a run stay as they are: they name folders, which would not
 * be found again under another name, and hold no key.
 */
export const redactMessage = ({text, value}: Redactor, message: Message): Message =>
	message.type === 'run.create' ? {...message, goal: text(message.goal)} : value(message);
