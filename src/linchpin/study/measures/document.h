// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/results/result_set.h"
#include "linchpin/study/measures/panel.h"

namespace linchpin::study {

/// Names of the ways to solve and of the kinds of extraction, as users write them.
[[nodiscard]] std::map<std::string, depend::SolveMethod> const& method_names();
[[nodiscard]] std::map<std::string, depend::ExtractionKind> const& extraction_names();
[[nodiscard]] std::string name_of(depend::SolveMethod method);

/// What was asked, in the words of the user.
struct MeasureWords {
  std::vector<std::string> measures, buyers, suppliers, groups;
  std::vector<std::string> worlds;  ///< names
  std::vector<std::string> titles;  ///< of the worlds
};

/// Name of the worlds and options of an answer; everything else of `origin` stays.
void describe(Origin& origin, MeasureWords const& words, MeasureRequest const& request,
              std::vector<SolvedWorld> const& solved);

/// The document "linchpin.depend-measures", version 1 (docs/formats/json.md).
[[nodiscard]] Json measures_to_json(std::span<Measure const* const> measures,
                                    MeasureAnswers const& answers, Origin const& origin);

}  // namespace linchpin::study
