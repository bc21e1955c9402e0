/** Who puts drawn screens on the terminal: our own canvas, or Ink, which costs ten times as much. */
export const renderers = ['canvas', 'ink'] as const;
export type Renderer = (typeof renderers)[number];
