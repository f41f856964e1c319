// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/study/measures/measure.h"
#include "linchpin/study/placed.h"

namespace linchpin::study {

class TomlReader;

/// One [[depend.measure]] of a study before its labels are looked up.
struct MeasureSpec {
  Placed<std::string> name;
  std::vector<Placed<std::string>> buyers, suppliers;
  std::optional<Placed<std::string>> kind;
  MeasureRequest request;  ///< everything that is no label
};

/// A measure in the numbering of one economy.
struct MeasureQuestion {
  Measure const* measure = nullptr;
  MeasureRequest request;
  std::string where;  ///< in the study
  std::string words;  ///< what was asked, for the origin of results
};

/// Reads one table; problems go to the reader's list.
[[nodiscard]] MeasureSpec read_measure(TomlReader reader);

/// Looks up measure and labels; unknown ones, and measures that take several worlds, are added to
/// `errors`.
[[nodiscard]] MeasureQuestion resolve_measure(MeasureSpec const& spec, IndustrySpace const& space,
                                              ErrorList& errors);

/// How kinds of extraction are written: flows, total, backward, forward.
[[nodiscard]] std::optional<depend::ExtractionKind> extraction_kind(std::string_view name);

}  // namespace linchpin::study
