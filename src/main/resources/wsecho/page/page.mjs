// one message, echoed in fragments of 6 bytes; then the server closes
const address = new URL('websocket?messages=1&fragment=6', location.href.replace(/^http/, 'ws'));
const exchange = document.getElementById('exchange');
const again = document.getElementById('again');

function show(text, kind) {
  const line = document.createElement('li');
  line.className = kind;
  line.textContent = text;
  exchange.append(line);
}

function run() {
  exchange.replaceChildren();
  again.ariaDisabled = 'true';
  const socket = new WebSocket(address, ['echo', 'chat']);

  socket.onopen = () => {
    show(`CONNECTED (subprotocol: ${socket.protocol || 'none'})`, 'state');
    const message = 'WebSocket rocks';
    socket.send(message);
    show(`SENT: ${message}`, 'sent');
  };
  socket.onmessage = ({ data }) => show(`RESPONSE: ${data}`, 'response');
  // a browser keeps the cause from the page, so that no page can probe a network
  socket.onerror = () => show('ERROR: the connection failed; the console of the browser says why', 'error');
  socket.onclose = ({ code, reason, wasClean }) => {
    const close = [code, reason].join(' ').trim();
    show(`DISCONNECTED (${close}, ${wasClean ? 'clean' : 'not clean'})`, wasClean ? 'state' : 'error');
    again.ariaDisabled = 'false';
  };
}

document.getElementById('address').textContent = address;
// a button that is really disabled loses the focus of the keyboard
again.onclick = () => {
  if (again.ariaDisabled === 'false') {
    run();
  }
};
run();
