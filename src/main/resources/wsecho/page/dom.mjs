/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`no element ${id}`);
  }
  return element;
}

/**
 * An element. What is in it is text, never markup, whoever it came from.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} content
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...content);
  return made;
}

/**
 * A button that is really disabled loses the focus of the keyboard.
 * @param {HTMLElement} button
 * @param {boolean} isEnabled
 */
export function enable(button, isEnabled) {
  button.ariaDisabled = String(!isEnabled);
}

/**
 * @param {HTMLElement} button
 * @param {() => void} action
 */
export function whenEnabled(button, action) {
  if (button.ariaDisabled !== 'true') {
    action();
  }
}
