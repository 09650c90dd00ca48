/** A module of the browser side, which TypeScript does not check. */
export const loadBrowserModule = (name: string) =>
  import(new URL(`../../../../src/channels/web/browser/${name}`, import.meta.url).href);
