// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "linchpin/disrupt/baseline.h"
#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/disrupt/options.h"
#include "linchpin/disrupt/path_recorder.h"

namespace linchpin::disrupt {
namespace {

Result<void> check_finite(Economy const& economy, DayModel const& model, int day) {
  for (std::size_t i = 0; i < economy.size(); ++i) {
    if (std::isfinite(model.output()[i]) && std::isfinite(model.demand()[i])) continue;
    return fail(ErrorCode::not_finite,
                fmt::format("output or demand is not a finite number on day {}", day),
                economy.space().label(IndustryId{i}),
                "look for extreme values in the table (`linchpin table check`), or for a scenario "
                "under which everything breaks down");
  }
  return {};
}

EventReach reach_of(Scenario const& scenario, DayModel const& model) {
  EventReach reach;
  auto const cuts = model.cut_reach();
  reach.cuts.assign(cuts.begin(), cuts.end());
  for (auto const& loss : scenario.capacity_losses) {
    double output = 0;
    for (auto const industry : loss.industries) output += model.baseline().output[industry.index()];
    reach.capacity_losses.push_back(output);
  }
  return reach;
}

tl::unexpected<Error> stopped(Scenario const& scenario, int day) {
  return fail(ErrorCode::cancelled, fmt::format("stopped before day {}", day), scenario.name,
              "run it again");
}

}  // namespace

DenseVector default_inventory_days(IndustrySpace const& space, double goods, double services) {
  DenseVector days;
  for (auto const& sector : space.labels().sectors) {
    days.push_back(sector.service ? services : goods);
  }
  return days;
}

Result<Path> simulate(Economy const& economy, Scenario const& scenario, ModelOptions const& options,
                      RunControl const& control) {
  if (auto const checked = check_request(economy.space(), scenario, options); !checked) {
    return fail(checked.error());
  }
  auto baseline = make_baseline(economy);
  if (!baseline) return fail(baseline.error());
  DayModel model(economy, scenario, options, *std::move(baseline));
  auto reach = reach_of(scenario, model);
  // The recorder takes gigabytes for long runs of large worlds: look before.
  if (control.cancel.cancelled()) return stopped(scenario, 0);
  PathRecorder recorder(economy, model, options);
  for (int day = 0; day < options.days; ++day) {
    if (control.cancel.cancelled()) return stopped(scenario, day);
    recorder.before_day(model, day);
    if (auto const advanced = model.advance(day, control); !advanced) {
      return fail(advanced.error());
    }
    if (auto const finite = check_finite(economy, model, day); !finite) {
      return fail(finite.error());
    }
    recorder.after_day(model, day);
    control.report("simulate", static_cast<std::size_t>(day) + 1,
                   static_cast<std::size_t>(options.days));
  }
  auto path = recorder.finish();
  path.reach = std::move(reach);
  return path;
}

}  // namespace linchpin::disrupt
