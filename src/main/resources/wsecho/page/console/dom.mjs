import { element } from '../dom.mjs';

export { element, enable } from '../dom.mjs';

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) {
    throw new Error(`there is no ${type.name} ${id}`);
  }
  return found;
}

/**
 * @param {string} id
 * @param {() => void} action
 */
export function onPress(id, action) {
  const button = byId(id, HTMLButtonElement);
  button.addEventListener('click', () => button.ariaDisabled === 'true' || action());
  return button;
}

/**
 * The submit button of a form runs the action.
 * @param {string} id
 * @param {() => void} action
 */
export function onSubmit(id, action) {
  byId(id, HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    if (event.submitter?.ariaDisabled !== 'true') {
      action();
    }
  });
}

/**
 * Text that is set in each frame, and seldom changes.
 * @param {HTMLElement} host
 * @param {string} text
 */
export function keepText(host, text) {
  if (host.textContent !== text) {
    host.textContent = text;
  }
}

/**
 * @param {Blob} content
 * @param {string} name
 */
export function save(content, name) {
  const url = URL.createObjectURL(content);
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {string} name of a group of radio buttons */
export function chosen(name) {
  const radio = document.querySelector(`input[name="${name}"]:checked`);
  return radio instanceof HTMLInputElement ? radio.value : '';
}
