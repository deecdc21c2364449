declare const __OFFERED__: { counts: boolean; suggestions: boolean; ownReports: boolean; selfHandled: boolean; devicePosition: boolean }

/** What the server can do; found in its API document when the pages are built. */
export const OFFERED = __OFFERED__
