/** The policies of the desktop's pages: those of serve/headers.ts under the addresses of the app's own scheme. */
import { pagePolicy, reportPolicy as policyOfReports } from '../serve/headers.ts';
import { reportHost, scheme, windowOrigin } from './channels.ts';

/** Calls go over the bridge, so the page connects to nothing. */
export const windowPolicy = pagePolicy({ frames: `${scheme}://${reportHost}`, connections: [] });
export const reportPolicy = policyOfReports(windowOrigin);
