// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/measures/measure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>

#include "linchpin/core/nearest.h"
#include "linchpin/study/measures/list.h"

namespace linchpin::study {

std::span<Measure const* const> measures() {
  static Measure const* const all[] = {&reliance_measure, &market_reliance_measure, &footprint_measure, &change_measure, &kww_measure, &bm_source_measure, &bm_sink_measure, &bm_perspectives_measure,
                                       &wwz_measure, &position_measure, &concentration_measure,
                                       &propagation_measure, &extraction_measure, &paths_measure,
                                       &prices_measure};
  return all;
}

Result<Measure const*> find_measure(std::string_view name) {
  auto const all = measures();
  auto const found =
      std::find_if(all.begin(), all.end(), [&](Measure const* each) { return each->name == name; });
  if (found != all.end()) return *found;
  std::vector<std::string> names;
  for (auto const* each : all) names.emplace_back(each->name);
  return fail(ErrorCode::unknown_label, fmt::format("there is no measure '{}'", name), "--measure",
              did_you_mean(name, names, fmt::format("measures are {}", fmt::join(names, ", "))));
}

}  // namespace linchpin::study
