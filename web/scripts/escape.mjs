// SPDX-License-Identifier: Apache-2.0
// The same escaping as the report writer of the library: JSON that cannot leave its <script>.

const ESCAPES = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** @param {string} json @returns {string} */
export function escapeJson(json) {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (c) => ESCAPES[/** @type {keyof typeof ESCAPES} */ (c)],
  );
}
