import { parseHex } from './hex.mjs';
import { byId, chosen, onSubmit } from './dom.mjs';

/** @param {(data: string | Uint8Array<ArrayBuffer>) => void} send */
export function compose(send) {
  const note = byId('message-note', HTMLElement);
  const message = byId('message', HTMLTextAreaElement);
  byId('kinds', HTMLElement).addEventListener('change', () => {
    message.hidden = chosen('kind') === 'file';
    byId('file-field', HTMLElement).hidden = !message.hidden;
    note.textContent = '';
  });
  onSubmit('composer', async () => {
    try {
      send(await content());
      note.textContent = '';
    } catch (wrong) {
      note.textContent = /** @type {Error} */ (wrong).message;
    }
  });
  message.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      byId('composer', HTMLFormElement).requestSubmit(byId('send', HTMLButtonElement));
    }
  });
}

/** @returns {Promise<string | Uint8Array<ArrayBuffer>>} */
async function content() {
  const typed = byId('message', HTMLTextAreaElement).value;
  if (chosen('kind') !== 'file') {
    return chosen('kind') === 'hex' ? parseHex(typed) : typed;
  }
  const file = byId('file', HTMLInputElement).files?.[0];
  if (!file) {
    throw new Error('Choose a file first: it is sent as one binary message.');
  }
  return new Uint8Array(await file.arrayBuffer());
}
