// Texts of JSON: escapes read and written, UTF-8 checked. Internal to this folder.
#ifndef SIPWARD_IDENTITY_JSON_TEXT_H_
#define SIPWARD_IDENTITY_JSON_TEXT_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "identity/reason.h"

namespace sipward::identity {

// `*at` is at the opening quote of a text in `json`. Reads it, writes what it means over it where
// it has escapes, and puts *at behind the closing quote. JSON_SYNTAX (no end, a control character
// as such, an unknown escape), JSON_UTF8 (not UTF-8, half a surrogate pair), JSON_CONTROL (a
// control character behind an escape).
Reason ReadJsonText(std::span<char> json, size_t* at, std::string_view* text);

// Writes at `out` with quotes and the fewest escapes; 0 if it does not fit.
size_t WriteJsonText(std::string_view text, std::span<char> out);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_JSON_TEXT_H_
