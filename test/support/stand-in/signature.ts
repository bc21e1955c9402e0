import {createHash} from 'node:crypto';

/** Stands for the vendor's seal on a thinking block. It depends on the text only, so that it outlives a restart. */
export const signatureOf = (thinking: string): string =>
	createHash('sha512').update(`sealed by the stand-in\n${thinking}`).digest('base64');
