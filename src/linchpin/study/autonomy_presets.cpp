// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_presets.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/study/autonomy_market.h"
#include "linchpin/study/autonomy_remarks.h"
#include "linchpin/study/autonomy_threshold.h"

namespace linchpin::study {
namespace {

using parameters::Side;

/// Which way a preset goes from the value: −1 to the sceptic's end, 1 to the other.
int direction_of(std::string_view preset) {
  if (preset == "sceptic") return -1;
  return preset == "optimist" ? 1 : 0;
}

double at_end(AutonomyNumber const& number, int direction) {
  if (direction == 0 || number.sceptic == Side::none) return number.value;
  bool const low = (number.sceptic == Side::low) == (direction < 0);
  return low ? number.low : number.high;
}

/// Where the values of a preset stand in the ranges of the numbers `name`, −1 to 1:
/// the mean over those that have a range.
double position_of(parameters::Technology const& technology, std::vector<double> const& values,
                   std::string_view name) {
  double sum = 0, count = 0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    auto const& number = technology.numbers[k];
    if (std::string_view{number.key}.substr(0, number.key.find('.')) != name) continue;
    auto const step = values[k] - number.value;
    auto const end = step < 0 ? number.value - number.low : number.high - number.value;
    if (!(number.low < number.high)) continue;
    count += 1;
    if (end > 0) sum += std::clamp(step / end, -1.0, 1.0);
  }
  return count > 0 ? sum / count : 0;
}

}  // namespace

Result<void> check_sides(AutonomyTechnology const& technology, AutonomyAsks const& asks) {
  auto const& numbers = technology.numbers;
  bool const sided = std::any_of(numbers.begin(), numbers.end(), [](AutonomyNumber const& each) {
    return each.sceptic != Side::none;
  });
  if (sided || (!asks.presets && direction_of(asks.preset) == 0)) return {};
  return fail(
      ErrorCode::missing_value,
      fmt::format("no number of {} says which end is the sceptic's, so there are no presets",
                  technology.name.value),
      technology.name.where, "add sceptic = \"low\" or \"high\" to its numbers");
}

Result<std::vector<AutonomyParameter>> preset_parameters(AutonomyGround const& ground,
                                                         std::string_view preset) {
  auto list = autonomy_parameters(ground);
  auto const direction = direction_of(preset);
  auto const& numbers = ground.asked->numbers;
  auto const values = ground.technology.preset(preset);
  if (!values) return fail(values.error());
  for (std::size_t k = 0; k < numbers.size(); ++k) list[k].value = at_end(numbers[k], direction);
  // Then those of the file, named "learning_rate (all stages)"; theta and diffusion, which follow,
  // have no sceptic's end.
  for (std::size_t k = numbers.size(); k < numbers.size() + position_kinds.size(); ++k) {
    auto const name = std::string_view{list[k].name}.substr(0, list[k].name.find(' '));
    list[k].value = position_of(ground.technology, *values, name);
  }
  return list;
}

Result<std::vector<PresetPath>> run_presets(AutonomyGround const& ground,
                                            RunControl const& control) {
  constexpr auto count = std::size(parameters::needed_presets);
  std::vector<Result<PresetPath>> paths(count, Result<PresetPath>{PresetPath{}});
  auto const run = [&](std::string_view preset) -> Result<PresetPath> {
    auto const list = preset_parameters(ground, preset);
    if (!list) return fail(list.error());
    std::vector<double> values;
    for (auto const& each : *list) values.push_back(each.value);
    auto const each = autonomy_case(ground, values);
    if (!each) return fail(each.error());
    auto curve = localize::autonomy_curve(*each, {.threads = 1, .cancel = control.cancel},
                                          localize::PathDetail::own);
    if (!curve) return fail(curve.error());
    PresetPath path{std::string{preset}, *std::move(curve), {}, {}};
    path.manageable = manageable_in(path.curve, *ground.study, *ground.asked);
    path.insurance = localize::insurance_of(path.curve, ground.study->cut_off.discount);
    path.remarks = curve_remarks(each->technology, path.curve, whose_numbers(preset));
    return path;
  };
  auto const done = parallel_for(count, control, "presets", [&](std::size_t k) {
    paths[k] = run(parameters::needed_presets[k]);
  });
  if (!done) return fail(done.error());
  std::vector<PresetPath> result;
  for (std::size_t k = 0; k < count; ++k) {
    if (!paths[k]) {
      auto error = paths[k].error();
      error.where = fmt::format("preset {}: {}", parameters::needed_presets[k], error.where);
      return fail(std::move(error));
    }
    result.push_back(*std::move(paths[k]));
  }
  return result;
}

}  // namespace linchpin::study
