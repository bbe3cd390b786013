import { prepareCheck } from './check/panel.mjs';
import { prepareEcho } from './echo.mjs';
import { prepareLedger } from './ledger.mjs';

// the root of the service, wherever a proxy has put it
const base = new URL('.', location.href);

prepareEcho(base);
prepareLedger(base, prepareCheck(base));
