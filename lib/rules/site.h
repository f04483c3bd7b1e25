// How a site fits rules to itself: overrides and profiles; and the names of files it imports.
#ifndef SIPWARD_RULES_SITE_H_
#define SIPWARD_RULES_SITE_H_

#include <deque>
#include <string>
#include <string_view>

#include "rules/ast.h"
#include "rules/check.h"
#include "rules/diagnostics.h"
#include "rules/program.h"

namespace sipward::rules {

// Puts what `override` statements say in the place of what they name: a const, a list, clauses of a
// rule. All or nothing: after an error nothing was changed.
void ApplyOverrides(std::deque<FileAst>* asts, Diagnostics* diagnostics);

// Adds the profiles to a program whose rules are compiled.
void CompileProfiles(const std::deque<FileAst>& asts, Scope* scope, NodeBuilder* nodes,
                     Program* program, Diagnostics* diagnostics);

// The name of a file that a text names by a path: relative to the folder of the text, with '.' and
// '..' worked out.
std::string JoinPath(std::string_view named_by, std::string_view path);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_SITE_H_
