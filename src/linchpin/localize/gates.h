// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::localize {

/// A tool or input without which a step cannot be done.
struct Tool {
  std::string name;
  double access = 1;     ///< share of what is needed that can be bought abroad, [0, 1]
  double readiness = 0;  ///< of the one made at home, technology readiness level 0 to 9
  double rate = 0;       ///< levels it gains per year at the norm of research
};

/// A rung of the quality ladder and what it takes to stand on it.
struct Step {
  std::string name;
  double level = 1;  ///< quality it gives, above that of the step before; see Maker::ladder
  std::vector<std::string> tools;
};

/// When a tool counts as there.
struct GateRule {
  double access_needed = 0.5;   ///< of what is needed, [0, 1]
  double readiness_needed = 7;  ///< TRL: 7 is a prototype shown in operation, 9 proven
};

/// \error bad_value      numbers out of range, levels that do not rise, a ladder without steps
/// \error unknown_label  a step needs a tool that is not in the list
/// \error duplicate_label  two tools or steps of one name; all problems at once
[[nodiscard]] Result<void> check(std::span<Step const> ladder, std::span<Tool const> tools,
                                 GateRule const& rule, std::string const& where);

/// Whether `tool` is there: bought abroad in sufficient measure, or made at home and ready enough.
[[nodiscard]] bool is_available(Tool const& tool, GateRule const& rule);

/// Mean access to tools, those ready enough at home counted as there; 1 without tools.
[[nodiscard]] double mean_access(std::span<Tool const> tools, GateRule const& rule);

/// How far a ladder can be climbed.
struct Reach {
  std::size_t steps = 0;  ///< reachable from below without a gap
  double ceiling = 0;     ///< level of the highest of them; 0 without any
  /// Tools that the next step lacks, in its order; empty at the top.
  std::vector<std::string> missing;
};

/// A step is reachable if all tools of it and of all steps below it are there.
/// Precondition: checked ladder.
[[nodiscard]] Reach reach(std::span<Step const> ladder, std::span<Tool const> tools,
                          GateRule const& rule);

/// Foreign access that a control leaves: before × [1 - strictness (1 - leakage)]. Leakage 1 is no
/// control, strictness 1 without leakage is none of it left. Precondition: all in [0, 1].
[[nodiscard]] double access_under_control(double before, double strictness, double leakage);

/// Readiness of a home-made tool after `years` of effort: rises by `rate` levels per year up to 9.
/// Preconditions: 0 <= readiness <= 9, rate >= 0, years >= 0.
[[nodiscard]] double next_readiness(double readiness, double rate, double years);

}  // namespace linchpin::localize
