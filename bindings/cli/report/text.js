// Texts of the report become text of the page, whatever they hold.
"use strict";

// Controls, what has no width, what turns the direction of writing round, what stands for single bytes.
const ODD = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

// Shorter texts stay on one line: numbers, addresses.
const SHORT = 20;

// As the readable output of the command writes it: \xNN or \u{NNNN}.
function nameOf(character) {
  const code = character.codePointAt(0);
  const byte = code >= 0xf780 && code <= 0xf7ff ? code - 0xf700 : code < 0x80 ? code : -1;
  return byte < 0 ? `\\u{${code.toString(16)}}` : `\\x${byte.toString(16).padStart(2, "0")}`;
}

// For places that take a string and no elements.
function plain(text) {
  return Array.from(String(text), (character) => (ODD.test(character) ? nameOf(character) : character)).join("");
}

// An element with attributes and children; strings among them become text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

// A text from outside: isolated from what stands around it, with its odd characters marked.
function foreign(text) {
  const element = make("bdi", { class: text.length <= SHORT && !ODD.test(text) ? "foreign short" : "foreign" });
  let run = "";
  for (const character of String(text)) {
    if (!ODD.test(character)) {
      run += character;
      continue;
    }
    element.append(run, make("span", { class: "odd" }, nameOf(character)));
    run = "";
  }
  element.append(run);
  return element;
}
