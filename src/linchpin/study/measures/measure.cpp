// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/measures/measure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "linchpin/core/nearest.h"
#include "linchpin/study/measures/list.h"

namespace linchpin::study {

std::span<Measure const* const> measures() {
  static Measure const* const all[] = {
      &reliance_measure,    &market_reliance_measure, &footprint_measure,     &change_measure,
      &position_measure,    &kww_measure,             &bm_source_measure,     &bm_sink_measure,
      &bm_perspectives_measure, &leontief_measure,    &wwz_measure,           &concentration_measure,
      &propagation_measure, &extraction_measure,      &paths_measure,         &prices_measure};
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

Result<void> check_request(std::span<Measure const* const> measures,
                           MeasureRequest const& request) {
  MeasureRequest const defaults;
  struct Option {
    Asks bit;
    char const* name;
    bool given;
  };
  Option const options[] = {
      {Asks::buyers, "--buyer", !request.buyers.empty()},
      {Asks::suppliers, "--supplier", !request.suppliers.empty()},
      {Asks::detail, "--detail", request.detail},
      {Asks::third_country, "--third-country", request.by_third_country},
      {Asks::share, "--share", request.share != defaults.share},
      {Asks::kind, "--kind", request.kind != defaults.kind},
      {Asks::resourced, "--resourced", request.resourced},
      {Asks::rise, "--rise", request.rise != defaults.rise},
  };
  unsigned accepted = 0;
  std::vector<std::string_view> names;
  for (auto const* measure : measures) {
    accepted |= measure->accepts;
    names.push_back(measure->name);
  }
  ErrorList errors;
  for (auto const& option : options) {
    if (!option.given || (accepted & bits(option.bit)) != 0) continue;
    errors.add(ErrorCode::bad_value,
               names.empty() ? fmt::format("{} needs a measure", option.name)
                             : fmt::format("{} says nothing to {}", option.name,
                                           fmt::join(names, ", ")),
               option.name, "leave it out, or ask for a measure that takes it");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace linchpin::study
