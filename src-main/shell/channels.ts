/** The two channels between window and shell, and the addresses that the shell serves. */
export const callChannel = 'auxlab:call';
export const eventChannel = 'auxlab:event';

export const scheme = 'app';
export const windowHost = 'lab';
export const reportHost = 'report';
export const windowOrigin = `${scheme}://${windowHost}`;
export const windowAddress = `${windowOrigin}/index.html`;
