/** Electron prints one page to PDF: `electron printPage.cjs PAGE.html FILE.pdf`. Started by the command line; plain CommonJS, because Electron runs it as it
 *  is. */
const { writeFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const { app, BrowserWindow } = require('electron');

const [page, pdf] = process.argv.filter((word) => /\.(html|pdf)$/.test(word)).slice(-2);
app.disableHardwareAcceleration();
app
  .whenReady()
  .then(async () => {
    const window = new BrowserWindow({ show: false, webPreferences: { javascript: false, sandbox: true } });
    await window.loadURL(pathToFileURL(page).href);
    writeFileSync(pdf, await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true }));
    app.exit(0);
  })
  .catch((error) => {
    process.stderr.write(`${error.message}\n`);
    app.exit(1);
  });
