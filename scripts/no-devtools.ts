/** Stands in the bundle for `react-devtools-core`, which is not part of the published program. */
// biome-ignore lint/style/noDefaultExport: Ink imports the default.
export default {initialize: () => undefined, connectToDevTools: () => undefined};
