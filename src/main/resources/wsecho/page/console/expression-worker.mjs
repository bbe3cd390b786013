/**
 * Evaluates a regular expression. In a thread of its own, since one that backtracks can only be ended with its thread.
 *
 * @typedef {{source: string, texts: string[]}} Question
 */

/** @param {MessageEvent<Question>} question */
onmessage = ({ data: { source, texts } }) => {
  const pattern = new RegExp(source, 'i');
  postMessage(texts.map((text) => pattern.test(text)));
};
