import type {Rejection} from './command.ts';

export const reject = (code: Rejection['code'], message: string): Rejection => ({code, message});
