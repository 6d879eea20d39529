/** What no page of this program may do, set once for the session and for every web contents there ever is. */
import { app, type Session } from 'electron';
import { isOwnFile, isReportAddress, parseUrl } from './address.ts';
import { scheme } from './channels.ts';

/** Denies every permission and device, every download but of files that the page itself made, and every request that leaves the app's own scheme. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!isOwnFile(item.getURL())) event.preventDefault(); // the page saves what it made; the dialog asks where
  });
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isLocal(url) }));
  session.setSpellCheckerEnabled(false); // it would download dictionaries
}

/** No navigation, no second window, no <webview>. Only a report's frame may change its address, and only to a report. */
export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame || !isReportAddress(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

function isLocal(address: string): boolean {
  return [`${scheme}:`, 'devtools:', 'data:'].includes(parseUrl(address)?.protocol ?? '') || isOwnFile(address);
}
