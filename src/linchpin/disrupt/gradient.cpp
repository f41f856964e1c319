// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/gradient.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/disrupt/day_adjoint.h"
#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/options.h"

namespace linchpin::disrupt {
namespace {

void check_covered(Scenario const& scenario, ModelOptions const& options, ErrorList& errors) {
  auto const refuse = [&](bool refused, char const* where, char const* hint) {
    if (refused) errors.add(ErrorCode::bad_value, "the gradient does not cover this", where, hint);
  };
  refuse(options.production != Production::ario && options.production != Production::leontief,
         "production", "use ario or leontief");
  refuse(options.rationing != Rationing::proportional, "rationing", "use proportional");
  refuse(!options.delays.empty(), "delays", "leave them out");
  refuse(!options.substitutions.empty(), "substitutes", "leave them out");
  refuse(!std::isinf(options.switching_speed), "switching_speed", "leave it out");
  refuse(options.labour.active || !scenario.labour_shocks.empty(), "labour", "leave it out");
  refuse(options.consumption.active, "consumption", "leave it out");
  refuse(!scenario.capital_losses.empty(), "capital_loss", "use a capacity_loss with a recovery");
  refuse(!scenario.reserves.empty(), "reserve", "leave it out");
  refuse(std::any_of(options.resourcing_elasticity.begin(), options.resourcing_elasticity.end(),
                     [](double each) { return each != 1; }),
         "resourcing_elasticity", "leave it out, or 1 for every product");
}

/// What the loss counts of a day, before the sign: derivatives of it by output and final use.
struct Weights {
  DenseVector output;     ///< n
  DenseMatrix final_use;  ///< products x regions, per unit delivered
};

Weights weights_of(Economy const& economy, Baseline const& baseline, LossTarget const& target,
                   int days) {
  auto const& space = economy.space();
  Weights weights{DenseVector(space.size(), 0.0), DenseMatrix(space.sectors(), space.regions())};
  std::vector<bool> counted(space.regions(), target.regions.empty());
  for (auto const region : target.regions) counted[region.index()] = true;
  double whole = 0;
  if (target.kind == LossKind::final_use) {
    for (std::size_t r = 0; r < space.regions(); ++r) {
      if (!counted[r]) continue;
      for (std::size_t row = 0; row < space.size(); ++row) whole += baseline.final_use(row, r);
      for (std::size_t p = 0; p < space.sectors(); ++p) weights.final_use(p, r) = 1;
    }
  } else {
    auto const& base = target.kind == LossKind::output ? baseline.output : baseline.value_added;
    for (std::size_t i = 0; i < space.size(); ++i) {
      if (!counted[space.region_of(IndustryId{i}).index()]) continue;
      weights.output[i] = base[i];
      whole += base[i];
    }
  }
  double const per_cent = whole > 0 ? 100 / (whole * days) : 0.0;
  for (double& each : weights.output) each *= per_cent;
  for (double& each : weights.final_use.values()) each *= per_cent;
  return weights;
}

double loss_of_day(DayModel const& model, Weights const& weights) {
  double loss = 0;
  for (std::size_t i = 0; i < weights.output.size(); ++i) {
    loss += weights.output[i] * (1 - model.output()[i]);
  }
  for (std::size_t k = 0; k < weights.final_use.values().size(); ++k) {
    loss += weights.final_use.values()[k] *
            (model.baseline_final_use().values()[k] - model.delivered().values()[k]);
  }
  return loss;
}

}  // namespace

Result<Gradient> loss_gradient(Economy const& economy, Scenario const& scenario,
                               ModelOptions const& options, LossTarget const& target,
                               RunControl const& control) {
  ErrorList errors;
  if (auto const checked = check_request(economy.space(), scenario, options); !checked) {
    errors.add(checked.error());
  }
  check_covered(scenario, options, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto made = make_baseline(economy);
  if (!made) return fail(made.error());
  auto const baseline = std::make_shared<Baseline const>(*std::move(made));
  Run const run{&scenario, &options};
  auto const weights = weights_of(economy, *baseline, target, options.days);

  // Forward, with a copy of the state every √days; backward, each stretch again from its copy.
  auto const stretch = static_cast<int>(std::ceil(std::sqrt(options.days)));
  std::vector<DayModel> copies;
  Gradient gradient;
  {
    DayModel model(economy, {&run, 1}, baseline);
    for (int day = 0; day < options.days; ++day) {
      if (control.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped on the way forward", scenario.name,
                    "run it again");
      }
      if (day % stretch == 0) copies.push_back(model);
      if (auto const advanced = model.advance(day, control); !advanced) {
        return fail(advanced.error());
      }
      gradient.loss += loss_of_day(model, weights);
      control.report("simulating", static_cast<std::size_t>(day) + 1,
                     2 * static_cast<std::size_t>(options.days));
    }
  }
  if (!std::isfinite(gradient.loss)) {
    return fail(ErrorCode::not_finite, "the loss is not a finite number", scenario.name,
                "simulate the scenario to see on which day and where");
  }
  DayAdjoint adjoint(economy, *baseline, options, weights.output, weights.final_use);
  for (auto copy = copies.size(); copy > 0; --copy) {
    auto& start = copies[copy - 1];
    auto const first = static_cast<int>(copy - 1) * stretch;
    auto const last = std::min(options.days, first + stretch);
    std::vector<DayRecord> records;
    for (int day = first; day < last; ++day) {
      records.push_back(DayRecord::before(start));
      if (auto const advanced = start.advance(day, control); !advanced) {
        return fail(advanced.error());
      }
      records.back().after(start);
    }
    for (int day = last - 1; day >= first; --day) {
      if (control.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped on the way back", scenario.name, "run it again");
      }
      start.show_day(day, records[static_cast<std::size_t>(day - first)].weight);
      adjoint.step_back(start, records[static_cast<std::size_t>(day - first)], control);
      control.report("simulating", static_cast<std::size_t>(2 * options.days - day),
                     2 * static_cast<std::size_t>(options.days));
    }
    copies.pop_back();
  }
  gradient.links = adjoint.take_links();
  gradient.capacity = adjoint.capacity();
  gradient.inventory = adjoint.stock();
  gradient.branches = adjoint.branches();
  return gradient;
}

}  // namespace linchpin::disrupt
