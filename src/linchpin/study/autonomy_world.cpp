// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/nearest.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/localize/carve.h"
#include "linchpin/study/autonomy_maker.h"
#include "linchpin/study/autonomy_market.h"

namespace linchpin::study {
namespace {

/// Whether any number of that parameter has a range.
bool has_range(parameters::Technology const& technology, std::string_view parameter) {
  return std::any_of(technology.numbers.begin(), technology.numbers.end(), [&](auto const& each) {
    return std::string_view{each.key}.substr(0, each.key.find('.')) == parameter &&
           each.low < each.high;
  });
}

/// What the technology does for the sectors of a world; itself it does not help.
Result<localize::ComputeUse> compute_use(AutonomyDiffusion const& diffusion,
                                         std::span<double const> values,
                                         std::vector<std::string> const& sectors) {
  auto const of = [&](std::string_view name) {
    for (std::size_t k = 0; k < diffusion_number_kinds.size(); ++k) {
      if (diffusion_number_kinds[k].name == name) return values[k];
    }
    LINCHPIN_EXPECTS(false);
    return 0.0;
  };
  localize::ComputeUse use;
  use.gain = {.most = of("most"), .half_compute = of("half_stock"), .lag = of("lag")};
  use.lifetime = of("lifetime");
  use.adoption = of("adoption");
  use.adoption_speed = of("adoption_speed");
  use.exposure.assign(sectors.size() + 1, of("exposure_of_others"));
  use.exposure.back() = 0;
  ErrorList errors;
  for (auto const& each : diffusion.exposed) {
    auto const found = std::find(sectors.begin(), sectors.end(), each.value);
    if (found != sectors.end()) {
      use.exposure[static_cast<std::size_t>(found - sectors.begin())] = 1;
      continue;
    }
    errors.add(ErrorCode::unknown_label, fmt::format("the world has no sector '{}'", each.value),
               each.where, did_you_mean(each.value, sectors, "name a sector of the world"));
  }
  if (!errors.empty()) return fail(errors.joined());
  return use;
}

}  // namespace

std::vector<AutonomyParameter> autonomy_parameters(AutonomyGround const& ground) {
  std::vector<AutonomyParameter> list;
  for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
    auto const& number = ground.asked->numbers[k];
    list.push_back(
        {std::string{autonomy_number_kinds[k].name}, number.value, number.low, number.high});
  }
  for (auto const& kind : position_kinds) {
    bool const ranged = has_range(ground.technology, kind.name);
    list.push_back({fmt::format("{} (all {})", kind.name, kind.of), 0, ranged ? -1.0 : 0.0,
                    ranged ? 1.0 : 0.0});
  }
  auto const host =
      static_cast<std::size_t>(std::find(ground.accounts.sectors.begin(),
                                         ground.accounts.sectors.end(), ground.technology.sector) -
                               ground.accounts.sectors.begin());
  list.push_back({"theta", ground.theta[host], ground.theta_low, ground.theta_high});
  if (auto const& diffusion = ground.asked->diffusion) {
    for (std::size_t k = 0; k < diffusion_number_kinds.size(); ++k) {
      auto const& number = diffusion->numbers[k];
      list.push_back({fmt::format("diffusion.{}", diffusion_number_kinds[k].name), number.value,
                      number.low, number.high});
    }
  }
  return list;
}

Result<localize::AutonomyCase> autonomy_case(AutonomyGround const& ground,
                                             std::span<double const> values) {
  constexpr auto own = autonomy_number_kinds.size();
  constexpr auto theta = own + position_kinds.size();
  LINCHPIN_EXPECTS(values.size() ==
                   theta + 1 + (ground.asked->diffusion ? diffusion_number_kinds.size() : 0));
  auto const of_file = file_values(ground.technology, values.subspan(own));
  auto const flows = localize::line_flows(ground.accounts, ground.technology.sector,
                                          market_of(ground, values, of_file));
  if (!flows) return fail(flows.error());
  auto accounts = ground.accounts;
  accounts.theta = ground.theta;
  auto const carved = localize::carve(accounts, {.host = ground.technology.sector,
                                                 .line = autonomy_line,
                                                 .flows = flows->flows,
                                                 .theta = values[theta],
                                                 .final_use_only = ground.asked->final_use_only()});
  if (!carved) return fail(carved.error());
  auto const raw = equilibrium::calibrate(*carved);
  if (!raw) return fail(raw.error());
  auto base = equilibrium::consistent_base(*raw, equilibrium::DeficitRule::zero);
  if (!base) return fail(base.error());
  localize::CoupledCase technology;
  technology.base = *std::move(base);
  technology.line = technology.base.sectors.size() - 1;
  technology.home = ground.home;
  put_makers(ground.technology, ground.study->region.value, values, of_file,
             ground.study->investor_rate, technology);
  technology.demand_growth = values[number_place("demand_growth")];
  if (ground.asked->diffusion) {
    auto use =
        compute_use(*ground.asked->diffusion, values.subspan(theta + 1), ground.accounts.sectors);
    if (!use) return fail(use.error());
    technology.compute = *std::move(use);
  }
  auto ready = localize::calibrated(std::move(technology), values[number_place("relative_quality")],
                                    values[number_place("years_of_experience")]);
  if (!ready) return fail(ready.error());
  localize::AutonomyCase result;
  result.technology = *std::move(ready);
  auto const& study = *ground.study;
  result.first_year = study.first_year;
  result.years = study.years;
  result.cut_off = study.cut_off;
  result.cut_off.horizon = ground.profile;
  if (!ground.first_year.share.empty()) {
    // The table is that of the central market; what is lost grows with what is bought.
    auto const bought = [](auto const& number_at) {
      return number_at(number_place("world_sales")) * number_at(number_place("home_buys"));
    };
    auto const size = bought([&](std::size_t k) { return values[k]; }) /
                      bought([&](std::size_t k) { return ground.asked->numbers[k].value; });
    result.cut_off.first_year_loss = [&table = ground.first_year, size](double share) {
      return size * table.at(share);
    };
  }
  for (auto const& policy : study.policies) {
    if (!policy.technology.empty() && policy.technology != ground.asked->name.value) continue;
    (policy.programme ? result.programme : result.baseline).push_back(policy.instrument);
  }
  return result;
}

}  // namespace linchpin::study
