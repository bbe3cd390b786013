import { byId, element, enable, whenEnabled } from './dom.mjs';

const MESSAGE = 'WebSocket rocks';

// one message is asked for; a server that sends more, or longer ones, gets no more of the page
const MAX_RESPONSES = 20;
const MAX_SHOWN = 1000;

/**
 * One message, echoed in fragments of 6 bytes; then the server closes.
 * @param {URL} base
 */
export function prepareEcho(base) {
  const address = new URL('websocket?messages=1&fragment=6', base);
  address.protocol = base.protocol.replace('http', 'ws');
  byId('address').textContent = address.href;
  const again = byId('again');
  again.onclick = () => whenEnabled(again, () => run(address));
  run(address);
}

/**
 * @param {string} text
 * @param {string} kind
 */
function show(text, kind) {
  byId('exchange').append(element('li', { class: kind }, text));
}

/** @param {string | Blob} data */
function shown(data) {
  if (typeof data !== 'string') {
    return `${data.size} bytes of binary`;
  }
  return data.length > MAX_SHOWN ? `${data.slice(0, MAX_SHOWN)}… (${data.length} characters)` : data;
}

/** @param {URL} address */
function run(address) {
  byId('exchange').replaceChildren();
  enable(byId('again'), false);
  const socket = new WebSocket(address, ['echo', 'chat']);

  socket.onopen = () => {
    show(`CONNECTED (subprotocol: ${socket.protocol || 'none'})`, 'state');
    socket.send(MESSAGE);
    show(`SENT: ${MESSAGE}`, 'sent');
  };
  let responses = 0;
  socket.onmessage = ({ data }) => {
    responses++;
    if (responses <= MAX_RESPONSES) {
      show(`RESPONSE: ${shown(data)}`, 'response');
    }
    if (responses === MAX_RESPONSES + 1) {
      show(`ERROR: more than ${MAX_RESPONSES} messages have come for one: this page closes the session`, 'error');
      socket.close();
    }
  };
  // a browser keeps the cause from the page, so that no page can probe a network
  socket.onerror = () => show('ERROR: the connection failed; the path check below finds out why', 'error');
  socket.onclose = ({ code, reason, wasClean }) => {
    const close = [code, reason].join(' ').trim();
    show(`DISCONNECTED (${close}, ${wasClean ? 'clean' : 'not clean'})`, wasClean ? 'state' : 'error');
    enable(byId('again'), true);
  };
}
