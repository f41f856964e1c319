// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/bargain_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/leverage/bargaining.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/study/leverage_carve.h"
#include "linchpin/study/leverage_draws.h"
#include "linchpin/study/threat_bands.h"

namespace linchpin::study {
namespace {

using equilibrium::TradeBase;
using leverage::Bargain;
using leverage::BargainingCase;
using Places = std::vector<std::size_t>;

constexpr std::size_t resolve_stream = std::size_t{3} << 32;  // apart from draws of elasticities

/// What a full break does to one world.
struct Broken {
  bool trade = false;
  std::vector<double> first_loss, second_loss;  ///< [member] share of real final spending
  std::string no_answer;                        ///< why there are no losses
};

struct Sides {
  Places first, second, sectors;
};

/// One draw, or the central numbers.
struct Split {
  double first_income = 0, second_income = 0;
  Bargain bargain;
};

Result<Broken> broken(TradeBase const& base, equilibrium::Closure const& closure,
                      Sides const& sides, RunControl const& control) {
  Broken result;
  equilibrium::TradePolicy policy;
  equilibrium::fill_pairs(policy.availability, base.grid, 1);
  auto const deny = [&](std::size_t j, std::size_t importer, std::size_t exporter) {
    auto const cell = base.grid.pair(j, importer, exporter);
    if (base.share[cell] <= 0 || base.expenditure[base.grid.good(j, importer)] <= 0) return;
    policy.availability[cell] = 0;
    result.trade = true;
  };
  for (auto const j : sides.sectors) {
    for (auto const a : sides.first) {
      for (auto const b : sides.second) {
        deny(j, a, b);
        deny(j, b, a);
      }
    }
  }
  result.first_loss.assign(sides.first.size(), 0.0);
  result.second_loss.assign(sides.second.size(), 0.0);
  if (!result.trade) return result;
  auto const found = equilibrium::solve(base, policy, closure, {}, nullptr, control);
  if (!found) {
    if (found.error().code == ErrorCode::cancelled) return fail(found.error());
    result.no_answer = found.error().what;
    return result;
  }
  for (std::size_t k = 0; k < sides.first.size(); ++k) {
    result.first_loss[k] = leverage::final_spending_loss(base, *found, sides.first[k]);
  }
  for (std::size_t k = 0; k < sides.second.size(); ++k) {
    result.second_loss[k] = leverage::final_spending_loss(base, *found, sides.second[k]);
  }
  return result;
}

Result<Split> split_of(TradeBase const& base, Sides const& sides, Broken const& after,
                       BargainRequest const& request, Rng* rng) {
  auto const add = [&](Places const& members, std::vector<double> const& losses, double& with,
                       double& without) {
    for (std::size_t k = 0; k < members.size(); ++k) {
      double const income = base.final_spending(members[k]);
      with += income;
      without += income * (1 - losses[k]);
    }
  };
  BargainingCase given;
  add(sides.first, after.first_loss, given.first_with, given.first_without);
  add(sides.second, after.second_loss, given.second_with, given.second_without);
  given.first_weight = request.weight;
  given.first_resolve = drawn(request.first_resolve, rng) / 100 * given.first_with;
  given.second_resolve = drawn(request.second_resolve, rng) / 100 * given.second_with;
  auto const bargain = leverage::nash_bargain(given);
  if (!bargain) return fail(bargain.error());
  return Split{given.first_with, given.second_with, *bargain};
}

/// The numbers of one side from central ones and draws; `pick` reads its own from a bargain.
template <typename Pick>
void fill_side(BargainSide& side, Split const& central, std::vector<Split> const& draws,
               Pick const& pick) {
  auto const over = [&](auto const& value) {
    std::vector<double> column;
    for (auto const& each : draws) column.push_back(value(each));
    return band_over(value(central), std::move(column));
  };
  side.income = over([&](Split const& each) { return pick(each).income; });
  side.at_stake = over([&](Split const& each) { return pick(each).stake; });
  side.loss_pct =
      over([&](Split const& each) { return 100 * pick(each).stake / pick(each).income; });
  auto const now = pick(central);
  side.accepts = std::max(0.0, now.net);
  side.credible = now.credible;
  side.demand = now.demand;
  side.gain_pct = 100 * now.gain / now.income;
  side.costless = now.costless;
  if (now.ratio) {
    std::vector<double> ratios;
    for (auto const& each : draws) {
      if (auto const ratio = pick(each).ratio) ratios.push_back(*ratio);
    }
    side.ratio = band_over(*now.ratio, std::move(ratios));
  }
  if (draws.empty()) return;
  auto const times = std::count_if(draws.begin(), draws.end(),
                                   [&](auto const& each) { return pick(each).credible; });
  side.credible_share = static_cast<double>(times) / static_cast<double>(draws.size());
}

struct Own {
  double income = 0, stake = 0, demand = 0, gain = 0;
  double net = 0;  // of what the break is worth besides
  bool credible = false, costless = false;
  std::optional<double> ratio;
};

Own of_first(Split const& each) {
  auto const& b = each.bargain;
  return {each.first_income,
          b.first_at_stake,
          b.first_demand,
          b.first_payoff - b.first_threat,
          each.first_income - b.first_threat,
          b.first_credible,
          b.first_costless,
          b.first_pain_ratio};
}

Own of_second(Split const& each) {
  auto const& b = each.bargain;
  return {each.second_income,
          b.second_at_stake,
          b.second_demand,
          b.second_payoff - b.second_threat,
          each.second_income - b.second_threat,
          b.second_credible,
          b.second_costless,
          b.second_pain_ratio};
}

void fill(BargainAnswer& answer, Split const& central, std::vector<Split> const& draws) {
  fill_side(answer.first, central, draws, of_first);
  fill_side(answer.second, central, draws, of_second);
  answer.agreement = central.bargain.agreement;
  // Saved by not breaking, with what the break is worth to both besides.
  auto const saved = [](Split const& each) { return of_first(each).net + of_second(each).net; };
  std::vector<double> surplus, transfer;
  std::size_t agreements = 0;
  for (auto const& each : draws) {
    surplus.push_back(saved(each));
    transfer.push_back(each.bargain.transfer);
    agreements += each.bargain.agreement ? 1 : 0;
  }
  if (!draws.empty()) {
    answer.agreement_share = static_cast<double>(agreements) / static_cast<double>(draws.size());
  }
  answer.surplus = band_over(saved(central), std::move(surplus));
  answer.transfer = band_over(central.bargain.transfer, std::move(transfer));
  answer.draws = draws.size();
}

Result<void> add_draws(TradeGround const& ground, LeverageWorld const& world, Sides const& sides,
                       BargainRequest const& request, ParameterSource const& source,
                       BargainAnswer& answer, std::vector<Split>& draws,
                       RunControl const& control) {
  auto const numbers =
      LeverageDraws::make(ground, world, request.model, source, Seed{request.ensemble->seed},
                          request.drawn ? &*request.drawn : nullptr);
  if (!numbers) return fail(numbers.error());
  auto const& ensemble = *request.ensemble;
  std::vector<std::optional<Split>> solved(ensemble.draws);
  std::vector<std::string> failures(ensemble.draws);
  auto const done = parallel_for(ensemble.draws, control, "bargain", [&](std::size_t draw) {
    auto const other = numbers->world(draw);
    auto const after = other ? broken(other->base, other->closure, sides, {})
                             : Result<Broken>{fail(other.error())};
    if (!after || !after->no_answer.empty()) {
      failures[draw] = after ? after->no_answer : after.error().what;
      return;
    }
    Rng rng(Seed{ensemble.seed}, resolve_stream + draw);
    auto found = split_of(other->base, sides, *after, request, &rng);
    if (found) {
      solved[draw] = *std::move(found);
    } else {
      failures[draw] = found.error().what;
    }
  });
  if (!done) return fail(done.error());
  for (std::size_t draw = 0; draw < solved.size(); ++draw) {
    if (solved[draw]) {
      draws.push_back(*std::move(solved[draw]));
    } else if (answer.failed_draws++ == 0) {
      answer.first_failure = failures[draw];
    }
  }
  answer.seed = ensemble.seed;
  answer.warnings.push_back(numbers->words());
  return {};
}

std::vector<Labelled> members_of(TradeBase const& base, Places const& members,
                                 std::vector<double> const& losses) {
  std::vector<Labelled> list;
  for (std::size_t k = 0; k < members.size(); ++k) {
    list.emplace_back(base.regions[members[k]], 100 * losses[k]);
  }
  return list;
}

void check_sides(BargainRequest const& request, ErrorList& errors) {
  if (request.first.empty() || request.second.empty()) {
    errors.add(ErrorCode::missing_value, "a bargain has two sides", "--first, --second",
               "name a region, or several that act together, on each side");
  }
  for (auto const& label : request.first) {
    if (std::find(request.second.begin(), request.second.end(), label) == request.second.end()) {
      continue;
    }
    errors.add(ErrorCode::bad_value, fmt::format("'{}' is on both sides", label), "--second",
               "nobody bargains with itself");
  }
  if (!(request.weight >= 0 && request.weight <= 1)) {
    errors.add(ErrorCode::bad_value, fmt::format("a weight of {}", request.weight), "--weight",
               "between 0 and 1");
  }
}

}  // namespace

Result<void> check_bargain(BargainRequest const& request) {
  ErrorList errors;
  check_sides(request, errors);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Result<BargainAnswer> run_bargain(TradeGround const& ground, BargainRequest const& request,
                                  ParameterSource const& source, RunControl const& control) {
  ErrorList errors;
  Sides const sides{region_places(request.first, "--first", ground.space, errors),
                    region_places(request.second, "--second", ground.space, errors),
                    sector_places(request.sectors, "--sectors", ground.space, errors)};
  if (auto const sound = check_bargain(request); !sound) errors.add(sound.error());
  if (!errors.empty()) return fail(errors.joined());
  auto const world = open_leverage_world(ground, request.model, source);
  if (!world) return fail(world.error());
  BargainAnswer answer;
  answer.first.regions = request.first;
  answer.second.regions = request.second;
  answer.first.resolve_pct = request.first_resolve.value;
  answer.second.resolve_pct = request.second_resolve.value;
  answer.sectors = request.sectors;
  answer.weight = request.weight;
  answer.unit = world->base.unit;
  answer.unit_words = to_string(world->base.unit);
  answer.setting = world->setting;
  answer.warnings = world->warnings;
  auto const after = broken(world->base, world->closure, sides, control);
  if (!after) return fail(after.error());
  answer.trade = after->trade;
  answer.no_answer = after->no_answer;
  if (!answer.no_answer.empty()) return answer;
  auto const central = split_of(world->base, sides, *after, request, nullptr);
  if (!central) return fail(central.error());
  std::vector<Split> draws;
  if (request.ensemble && answer.trade) {
    auto const done = add_draws(ground, *world, sides, request, source, answer, draws, control);
    if (!done) return fail(done.error());
  }
  fill(answer, *central, draws);
  answer.first.members_loss_pct = members_of(world->base, sides.first, after->first_loss);
  answer.second.members_loss_pct = members_of(world->base, sides.second, after->second_loss);
  return answer;
}

Result<BargainAnswer> answer_bargain(BargainFile const& file) {
  if (file.first == file.second) {
    return fail(ErrorCode::bad_value, fmt::format("'{}' is on both sides", file.first),
                "bargain.second", "nobody bargains with itself");
  }
  auto const split = [&](Rng* rng) -> Result<Split> {
    BargainingCase given;
    given.first_with = drawn(file.first_with, rng);
    given.first_without = drawn(file.first_without, rng);
    given.second_with = drawn(file.second_with, rng);
    given.second_without = drawn(file.second_without, rng);
    given.first_weight = file.weight;
    given.first_resolve = drawn(file.first_resolve, rng);
    given.second_resolve = drawn(file.second_resolve, rng);
    auto const bargain = leverage::nash_bargain(given);
    if (!bargain) return fail(bargain.error());
    return Split{given.first_with, given.second_with, *bargain};
  };
  auto const central = split(nullptr);
  if (!central) return fail(central.error());
  BargainAnswer answer;
  answer.title = file.title;
  answer.first.regions = {file.first};
  answer.second.regions = {file.second};
  answer.first.resolve_pct = 100 * file.first_resolve.value / file.first_with.value;
  answer.second.resolve_pct = 100 * file.second_resolve.value / file.second_with.value;
  answer.weight = file.weight;
  answer.unit_words = file.unit;
  std::vector<Split> draws;
  if (file.ensemble) {
    answer.seed = file.ensemble->seed;
    for (std::size_t draw = 0; draw < file.ensemble->draws; ++draw) {
      Rng rng(Seed{file.ensemble->seed}, draw);
      auto found = split(&rng);
      if (found) {
        draws.push_back(*std::move(found));
      } else if (answer.failed_draws++ == 0) {
        answer.first_failure = found.error().what;
      }
    }
  }
  fill(answer, *central, draws);
  return answer;
}

}  // namespace linchpin::study
